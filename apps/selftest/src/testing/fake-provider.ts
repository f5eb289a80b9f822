import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from './fault.js';
import { readForm } from './listen.js';

const PASSWORD = 'saaltor-';

/** Who has signed in, and how. */
export interface Approval {
  readonly subject: string;
  readonly strong: boolean;
  readonly refreshToken: string;
}

interface Code extends Approval {
  readonly challenge: string | null;
  used: boolean;
}

/** As much of an identity provider as the tests need; the gateway redeems codes by a call. */
export class FakeProvider {
  /** Its own address, once it listens. */
  issuer = '';
  /** The one address that browsers may be sent back to. */
  redirectUri = '';
  readonly counts = new Map<string, number>();
  private readonly requests = new Map<string, URLSearchParams>();
  private readonly codes = new Map<string, Code>();
  private readonly families = new Map<string, { current: string }>();

  constructor(private readonly faults: Faults) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.issuer);
    if (pathname === '/.well-known/openid-configuration') {
      response.end(
        JSON.stringify({
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          authorization_response_iss_parameter_supported: true,
        }),
      );
    } else if (pathname === '/authorize') this.authorize(searchParams, response);
    else if (pathname === '/sign-in') this.signIn(await readForm(request), response);
    else if (pathname === '/token') {
      const error = this.faults.has('public-client') ? 'invalid_grant' : 'invalid_client';
      response.writeHead(400).end(JSON.stringify({ error }));
    } else response.writeHead(404).end();
  }

  count(path: string): void {
    this.counts.set(path, (this.counts.get(path) ?? 0) + 1);
  }

  /** @returns undefined for a code that does not count */
  redeem(code: string, verifier: string): Approval | undefined {
    this.count('/token');
    const found = this.codes.get(code);
    if (found === undefined || (found.used && !this.faults.has('answers-again'))) return undefined;
    const isOwn = found.challenge === null || found.challenge === challengeOf(verifier);
    if (!isOwn && !this.faults.has('any-code')) return undefined;
    found.used = true;
    return found;
  }

  /** @returns the next refresh token; undefined when this one was used before: then the family is over */
  renew(token: string): string | undefined {
    this.count('/token');
    const family = this.families.get(token);
    if (family === undefined || family.current !== token) {
      for (const [key, other] of this.families) if (other === family) this.families.delete(key);
      return undefined;
    }
    return this.issue(family);
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const asked = query.get('redirect_uri') ?? '';
    const origin = new URL(this.redirectUri).origin;
    const isFine = this.faults.has('redirects-by-prefix') ? asked.startsWith(origin) : asked === this.redirectUri;
    const isProtected = query.get('code_challenge_method') === 'S256' && query.has('code_challenge');
    const needsNone = this.faults.has('pkce-optional') || this.faults.has('no-pkce');
    if (!isFine || !(isProtected || needsNone)) return void response.writeHead(400).end('refused');
    const id = randomUUID();
    this.requests.set(id, query);
    const code = query.has('acr_values') ? '<input name="code">' : '';
    response.end(
      `<form method="post" action="/sign-in"><input type="hidden" name="id" value="${id}">
       <input name="login"><input type="password" name="password">${code}</form>`,
    );
  }

  private signIn(form: URLSearchParams, response: ServerResponse): void {
    const query = this.requests.get(form.get('id') ?? '');
    const subject = form.get('login') ?? '';
    if (query === undefined || form.get('password') !== PASSWORD + subject) return void response.writeHead(401).end();
    const code = randomUUID();
    const refreshToken = this.issue({ current: '' });
    const strong = form.get('code') === '123456';
    this.codes.set(code, { subject, strong, refreshToken, challenge: query.get('code_challenge'), used: false });
    const back = new URL(query.get('redirect_uri') ?? '');
    const state = query.get('state') ?? '';
    for (const [name, value] of Object.entries({ code, state, iss: this.issuer })) back.searchParams.set(name, value);
    response.writeHead(303, { location: back.href }).end();
  }

  private issue(family: { current: string }): string {
    family.current = randomUUID();
    this.families.set(family.current, family);
    return family.current;
  }
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
