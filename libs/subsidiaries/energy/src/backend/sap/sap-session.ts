import { AppError, type Clock } from '#lib/kernel';
import type { Connection, HttpRequest, HttpResponse, UpstreamCall } from '#lib/upstream';
import { CookieJar } from './cookie-jar.js';
import { asksToSignIn, isTurnedAway } from './gateway-answer.js';
import { asUnsent } from './unsent.js';
import { ERP } from '../umc.wire.js';

/** Technical user of the SAP Gateway. */
export interface SapCredentials {
  readonly user: string;
  readonly password: string;
}

const SIGN_IN_DEADLINE_MS = 4000;
/** SAP locks a user after a few wrong passwords; a refused sign-in is therefore not repeated before this has passed. */
const PAUSE_AFTER_REFUSAL_MS = 60_000;

/** SAP gives a CSRF token when a session is opened; it lives as long as the session (domain.md section 1). */
interface OpenSession {
  readonly jar: CookieJar;
  readonly token: string | null;
}

/**
 * The session of the technical user, shared by all requests. It is opened with Basic authentication at the first
 * request and then carried by cookies; when SAP has let it expire, it is opened once more, by one request for all.
 */
export class SapSession {
  private current: Promise<OpenSession> | undefined;
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
    const answer = await this.sendIn(await abortable(session, call.signal), request, call);
    if (!asksToSignIn(answer)) return answer;
    this.drop(session);
    const renewed = this.open();
    const second = await this.sendIn(await abortable(renewed, call.signal), request, call);
    if (asksToSignIn(second)) this.drop(renewed);
    return second;
  }

  /**
   * Sends what is no GET, changes and batches, with the session's CSRF token. A logon page and a refused token both say
   * that SAP has not looked at the request: then it is sent once more, and only once, in a fresh session with a fresh
   * token.
   * @returns the answer; it is turned away only when the fresh session was refused as well
   * @throws AppError as {@link send}; with `unsent` when the request has surely not left
   */
  async write(request: HttpRequest, call: UpstreamCall): Promise<HttpResponse> {
    const session = this.open();
    const answer = await this.writeIn(session, request, call);
    if (!isTurnedAway(answer)) return answer;
    this.drop(session);
    const renewed = this.open();
    const second = await this.writeIn(renewed, request, call);
    if (isTurnedAway(second)) this.drop(renewed);
    return second;
  }

  private async writeIn(
    session: Promise<OpenSession>,
    request: HttpRequest,
    call: UpstreamCall,
  ): Promise<HttpResponse> {
    const open = await abortable(session, call.signal).catch((error: unknown) => {
      throw asUnsent(error);
    });
    const headers = open.token === null ? request.headers : { ...request.headers, 'x-csrf-token': open.token };
    return this.sendIn(open, { ...request, headers }, call);
  }

  private async sendIn({ jar }: OpenSession, request: HttpRequest, call: UpstreamCall): Promise<HttpResponse> {
    const answer = await this.connection.send(
      { ...request, headers: { ...request.headers, cookie: jar.header } },
      call,
    );
    jar.keep(answer);
    return answer;
  }

  private open(): Promise<OpenSession> {
    if (this.current !== undefined) return this.current;
    const session = this.signIn();
    this.current = session;
    session.catch(() => this.drop(session));
    return session;
  }

  /** Leaves a session alone that another request has opened meanwhile. */
  private drop(session: Promise<OpenSession>): void {
    if (this.current === session) this.current = undefined;
  }

  /** Has a deadline of its own: it serves all who wait, not only the request that happened to need it first. */
  private async signIn(): Promise<OpenSession> {
    const wait = Math.ceil((this.refusedUntil - this.clock.now()) / 1000);
    if (wait > 0)
      throw new AppError('UPSTREAM_UNAVAILABLE', 'SAP refused the technical user', { retryAfterSeconds: wait });
    const deadline = new AbortController();
    const cancel = this.clock.after(SIGN_IN_DEADLINE_MS, () =>
      deadline.abort(new AppError('UPSTREAM_TIMEOUT', 'signing in to SAP took too long')),
    );
    try {
      return this.sessionOf(await this.connection.send(this.signInRequest(), { signal: deadline.signal }));
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

  private sessionOf(answer: HttpResponse): OpenSession {
    const jar = new CookieJar();
    jar.keep(answer);
    if (answer.status === 200 && !asksToSignIn(answer) && jar.header !== '') return { jar, token: tokenOf(answer) };
    if (asksToSignIn(answer)) this.refusedUntil = this.clock.now() + PAUSE_AFTER_REFUSAL_MS;
    throw new AppError('UPSTREAM_UNAVAILABLE', `signing in to SAP failed with ${answer.status}`);
  }
}

/** Null when there is none that a header could carry; then SAP refuses what changes something. */
function tokenOf({ headers }: HttpResponse): string | null {
  const token = headers['x-csrf-token'];
  return typeof token === 'string' && /^[\x21-\x7e]{1,200}$/.test(token) ? token : null;
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
