import { DASHBOARD } from './queries.js';
import type { GraphClient } from './graph-client.js';
import type { Outcome } from './tally.js';

/** What a channel's own script sends besides the cookie. */
const OWN = { 'x-saaltor': '1' };
const STEPS = 15;
const PATIENCE_MS = 15_000;

/** Signs in with a password, looks at the dashboard with the session, and signs out, all in one browser. */
export class Visitor {
  private readonly jars = new Map<string, Map<string, string>>();

  constructor(
    private readonly gateway: string,
    private readonly graph: GraphClient,
  ) {}

  /** @param household key of a household with a sign-in */
  async visit(household: string): Promise<readonly Outcome[]> {
    try {
      const landed = await this.signIn({ login: household, password: `saaltor-${household}` });
      if (!landed) return ['the sign-in ended elsewhere'];
      const { outcomes } = await this.graph.send(
        this.gateway,
        { ...OWN, cookie: this.cookies(this.gateway) },
        DASHBOARD,
      );
      const left = await this.send(new URL('/auth/logout', this.gateway), 'POST', undefined, OWN);
      return left.ok ? outcomes : [...outcomes, `sign-out HTTP ${left.status}`];
    } catch {
      return ['no answer'];
    }
  }

  /** @returns whether the browser has come back to where it wanted to go */
  private async signIn(form: Record<string, string>): Promise<boolean> {
    const until = `${this.gateway}/start`;
    const page = await this.follow(new URL('/auth/login?returnTo=/start', this.gateway), until);
    if (page.href === until) return false;
    const answer = await this.send(page, 'POST', new URLSearchParams(form));
    const location = answer.headers.get('location');
    if (location === null) return false;
    return (await this.follow(new URL(location, page), until)).href === until;
  }

  /** Follows redirects. @returns the page at their end, or `until` without opening it */
  private async follow(start: URL, until: string): Promise<URL> {
    let url = start;
    for (let step = 0; step < STEPS; step += 1) {
      if (url.href === until) return url;
      const response = await this.send(url);
      const location = response.headers.get('location');
      await response.arrayBuffer();
      if (location === null) return url;
      url = new URL(location, url);
    }
    throw new Error('the redirects do not end');
  }

  private async send(url: URL, method = 'GET', body?: URLSearchParams, headers: object = {}): Promise<Response> {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...headers, cookie: this.cookies(url.origin) },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body && { body }),
    });
    const jar = this.jars.get(url.origin) ?? new Map<string, string>();
    this.jars.set(url.origin, jar);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  private cookies(origin: string): string {
    return [...(this.jars.get(new URL(origin).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
