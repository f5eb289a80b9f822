import { AppError, type Clock } from '#lib/kernel';
import type { Connection, HttpRequest, HttpResponse, UpstreamCall } from '#lib/upstream';
import { CookieJar } from './cookie-jar.js';
import { asksToSignIn } from './gateway-answer.js';
import { ERP } from './umc.wire.js';

/** Technical user of the SAP Gateway. */
export interface SapCredentials {
  readonly user: string;
  readonly password: string;
}

const SIGN_IN_DEADLINE_MS = 4000;
/** SAP locks a user after a few wrong passwords; a refused sign-in is therefore not repeated before this has passed. */
const PAUSE_AFTER_REFUSAL_MS = 60_000;

/**
 * The session of the technical user, shared by all requests. It is opened with Basic authentication at the first
 * request and then carried by cookies; when SAP has let it expire, it is opened once more, by one request for all.
 */
export class SapSession {
  private current: Promise<CookieJar> | undefined;
  private refusedUntil = 0;

  constructor(
    private readonly connection: Connection,
    private readonly credentials: SapCredentials,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends within the session.
   * @returns the answer; it asks to sign in only when a fresh session was refused as well
   * @throws AppError UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE
   */
  async send(request: HttpRequest, call: UpstreamCall): Promise<HttpResponse> {
    const session = this.open();
    const answer = await this.sendIn(session, request, call);
    if (!asksToSignIn(answer)) return answer;
    this.drop(session);
    const renewed = this.open();
    const second = await this.sendIn(renewed, request, call);
    if (asksToSignIn(second)) this.drop(renewed);
    return second;
  }

  private async sendIn(session: Promise<CookieJar>, request: HttpRequest, call: UpstreamCall): Promise<HttpResponse> {
    const jar = await abortable(session, call.signal);
    const answer = await this.connection.send(
      { ...request, headers: { ...request.headers, cookie: jar.header } },
      call,
    );
    jar.keep(answer);
    return answer;
  }

  private open(): Promise<CookieJar> {
    if (this.current !== undefined) return this.current;
    const session = this.signIn();
    this.current = session;
    session.catch(() => this.drop(session));
    return session;
  }

  /** Leaves a session alone that another request has opened meanwhile. */
  private drop(session: Promise<CookieJar>): void {
    if (this.current === session) this.current = undefined;
  }

  /** Has a deadline of its own: it serves all who wait, not only the request that happened to need it first. */
  private async signIn(): Promise<CookieJar> {
    const wait = Math.ceil((this.refusedUntil - this.clock.now()) / 1000);
    if (wait > 0)
      throw new AppError('UPSTREAM_UNAVAILABLE', 'SAP refused the technical user', { retryAfterSeconds: wait });
    const deadline = new AbortController();
    const cancel = this.clock.after(SIGN_IN_DEADLINE_MS, () =>
      deadline.abort(new AppError('UPSTREAM_TIMEOUT', 'signing in to SAP took too long')),
    );
    try {
      return this.jarOf(await this.connection.send(this.signInRequest(), { signal: deadline.signal }));
    } finally {
      cancel();
    }
  }

  private signInRequest(): HttpRequest {
    const { user, password } = this.credentials;
    const basic = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
    const headers = { accept: 'application/json', authorization: `Basic ${basic}`, 'x-csrf-token': 'Fetch' };
    return { method: 'GET', path: `${ERP}/`, headers };
  }

  private jarOf(answer: HttpResponse): CookieJar {
    const jar = new CookieJar();
    jar.keep(answer);
    if (answer.status === 200 && !asksToSignIn(answer) && jar.header !== '') return jar;
    if (asksToSignIn(answer)) this.refusedUntil = this.clock.now() + PAUSE_AFTER_REFUSAL_MS;
    throw new AppError('UPSTREAM_UNAVAILABLE', `signing in to SAP failed with ${answer.status}`);
  }
}

/** Lets one waiter go at its own deadline while the sign-in goes on for the others. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      const { reason } = signal;
      reject(
        reason instanceof AppError ? reason : new AppError('UPSTREAM_TIMEOUT', 'given up while signing in to SAP'),
      );
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
