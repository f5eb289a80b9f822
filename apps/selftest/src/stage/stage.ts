import { Browser } from '../browser/browser.js';
import type { Answer, Ask } from '../browser/exchange.js';
import { isRemoval, type SetCookie } from '../browser/set-cookie.js';
import { findProvider, type Provider } from './provider.js';
import type { Sandbox } from './sandbox.js';

/** What a channel's own script sends with every request. */
export const OWN: Readonly<Record<string, string>> = { 'x-saaltor': '1' };
/** A question that tells whether a session counts, and nothing else. */
export const WHO = '{ viewer { kind } }';
/** Where sign-ins come back to; nothing has to be there. */
const RETURN_TO = '/auth-selftest';

/** The answer of the session endpoint, as far as it is looked at. */
export interface SessionState {
  readonly signedIn: boolean;
  readonly channel: string | null;
  readonly stepUpUntil: string | null;
}

/** Someone who can sign in at the identity provider. */
export interface Actor {
  readonly persona: string;
  readonly form: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
}

/** The gateway under test, as browsers see it, and what all checks do with it. */
export class Stage {
  /** All that the gateway has sent to browsers. */
  readonly answers: Answer[] = [];
  private shared: Promise<Browser> | undefined;
  private provider: Promise<Provider> | undefined;

  /**
   * @param origin of the channel
   * @param actor undefined where nobody can sign in: then only what is open to everybody is looked at
   */
  constructor(
    readonly origin: string,
    readonly actor: Actor | undefined,
    /** How long to wait for what goes on behind requests. */
    readonly patienceMs: number,
  ) {}

  newBrowser(): Browser {
    return new Browser((answer) => {
      if (answer.url.origin === this.origin) this.answers.push(answer);
    });
  }

  url(path: string): URL {
    return new URL(path, this.origin);
  }

  /** @returns the authorization request: where the gateway sends a browser that is to sign in */
  async begin(browser = this.newBrowser(), path = '/auth/login'): Promise<URL> {
    const url = this.url(path);
    url.searchParams.set('returnTo', RETURN_TO);
    const { location, status } = await browser.send(url);
    if (location === undefined || location.origin === this.origin) throw new Error(`${path} leads nowhere (${status})`);
    return location;
  }

  /** Signs in at the identity provider. @returns where it sends the browser back to, not visited yet */
  async approve(browser: Browser, authorization: URL): Promise<URL> {
    return browser.fillIn(authorization, this.player.form, ({ origin }) => origin === this.origin);
  }

  /** The whole sign-in. @returns the answer of the callback */
  async signIn(browser: Browser, path = '/auth/login'): Promise<Answer> {
    const answer = await browser.send(await this.approve(browser, await this.begin(browser, path)));
    if (!(await this.state(browser)).signedIn) throw new Error(`the sign-in leads into no session (${answer.status})`);
    return answer;
  }

  /** A browser that is signed in, for checks that leave it so. */
  async guest(): Promise<Browser> {
    const browser = await (this.shared ??= this.signedIn());
    if ((await this.state(browser)).signedIn) return browser;
    this.shared = this.signedIn();
    return this.shared;
  }

  /** A browser of its own that is signed in. */
  async signedIn(): Promise<Browser> {
    const browser = this.newBrowser();
    await this.signIn(browser);
    return browser;
  }

  /** What the channel's script is told of the session. */
  async state(browser: Browser): Promise<SessionState> {
    const { status, body } = await browser.send(this.url('/auth/session'), { headers: OWN });
    if (status !== 200) throw new Error(`the session endpoint answers ${status}`);
    return JSON.parse(body) as SessionState;
  }

  /** Asks the graph. */
  graph(browser: Browser, headers: Readonly<Record<string, string>> = OWN, ask: Ask = {}): Promise<Answer> {
    return browser.send(this.url('/graphql'), {
      method: 'POST',
      body: JSON.stringify({ query: WHO }),
      ...ask,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** The cookies by which the gateway knows the session, as it has set them. */
  async sessionCookies(): Promise<readonly SetCookie[]> {
    const browser = this.newBrowser();
    const { cookies } = await this.signIn(browser);
    return cookies.filter((cookie) => !isRemoval(cookie));
  }

  /** The identity provider as it describes itself. */
  describeProvider(): Promise<Provider> {
    return (this.provider ??= this.begin().then(findProvider));
  }

  /** @throws Error for checks that forgot to say that they need someone */
  get player(): Actor {
    if (this.actor === undefined) throw new Error('nobody can sign in here');
    return this.actor;
  }
}

/** Whether the graph has answered somebody whom it knows. */
export function isKnown({ body }: Answer): boolean {
  return /"kind":\s*"(?:CUSTOMER|AGENT)"/.test(body);
}

/** Whether the request was turned away. */
export function isRefused(answer: Answer): boolean {
  return answer.status >= 400 && answer.status < 500 && !isKnown(answer);
}
