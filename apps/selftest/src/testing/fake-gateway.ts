import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exchange } from '../browser/exchange.js';
import { challengeOf, type FakeProvider } from './fake-provider.js';
import type { FakeSessions } from './fake-sessions.js';
import type { Fault, Faults } from './fault.js';
import { readForm, readText } from './listen.js';

const SESSION = '__Host-saaltor';
const LOGIN = '__Host-saaltor-login';

interface Login {
  readonly state: string;
  readonly verifier: string;
  readonly returnTo: string;
  /** The session that asked for a second factor. */
  readonly stepUpOf: string | undefined;
}

/** One request as the gateway understands it. */
interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly header: (name: string) => string | undefined;
}

/** A gateway that does what it should, but for its faults. */
export class FakeGateway {
  /** Its own address, once it listens. */
  origin = '';
  private readonly logins = new Map<string, Login>();

  constructor(
    private readonly provider: FakeProvider,
    private readonly sessions: FakeSessions,
    private readonly faults: Faults,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '/';
    if (this.has('proxies') && target.startsWith('http')) await exchange(new URL(target)).catch(() => undefined);
    const path = target.startsWith('/') && !target.startsWith('//') ? target : '/nowhere';
    const header = (name: string): string | undefined => [request.headers[name]].flat()[0];
    this.dress(response, header);
    const visit = { request, response, url: new URL(path, this.origin), header };
    const isOwn = header('host') === new URL(this.origin).host || this.has('session-on-any-host');
    if (!isOwn) return this.answer(visit, 403, { error: 'nobody is here' });
    await this.route(visit);
  }

  private async route(visit: Visit): Promise<void> {
    const { pathname } = visit.url;
    const { method } = visit.request;
    if (method === 'OPTIONS') this.answer(visit, 204);
    else if (pathname === '/auth/login' || pathname === '/auth/step-up') this.begin(visit);
    else if (pathname === '/auth/callback') await this.finish(visit);
    else if (pathname === '/auth/session') this.tell(visit);
    else if (pathname === '/auth/logout' && (method === 'POST' || this.has('changes-by-get'))) this.leave(visit);
    else if (pathname === '/auth/backchannel-logout') await this.hear(visit);
    else if (pathname === '/graphql') await this.ask(visit);
    else this.answer(visit, 404, this.has('tells-traces') ? { stack: 'Error\n    at x (/app/a.js:1:1)' } : {});
  }

  private has(fault: Fault): boolean {
    return this.faults.has(fault);
  }

  private dress(response: ServerResponse, header: (name: string) => string | undefined): void {
    const frames = this.has('pages-framed') ? '' : "; frame-ancestors 'none'";
    const scripts = this.has('scripts-run') ? "default-src 'self'; script-src 'unsafe-inline'" : "default-src 'none'";
    response.setHeader('content-security-policy', scripts + frames);
    if (!this.has('answers-stored')) response.setHeader('cache-control', 'no-store');
    if (!this.has('referrer-told')) response.setHeader('referrer-policy', 'no-referrer');
    if (!this.has('types-guessed')) response.setHeader('x-content-type-options', 'nosniff');
    const origin = header('origin');
    if (this.has('cors-for-all') && origin !== undefined) response.setHeader('access-control-allow-origin', origin);
  }

  private begin(visit: Visit): void {
    const { searchParams: query, pathname } = visit.url;
    const returnTo = query.get('returnTo') ?? '/';
    if (!/^\/(?![/\\])[\w-]*$/.test(returnTo) && !this.has('open-redirect')) return this.answer(visit, 400);
    const current = this.cookieOf(visit, SESSION);
    const isStepUp = pathname === '/auth/step-up';
    if (isStepUp && this.sessions.find(current) === undefined) return this.answer(visit, 401);
    const id = random();
    const state = this.has('fixed-state') ? 'S'.repeat(43) : random();
    this.logins.set(id, { state, verifier: random(), returnTo, stepUpOf: isStepUp ? current : undefined });
    this.setCookie(visit, LOGIN, this.has('readable-sign-in') ? `${id}.${state}` : id, 'Lax');
    const location = this.authorizationRequest(visit, this.logins.get(id)!).href;
    visit.response.writeHead(303, { location }).end();
  }

  private authorizationRequest({ header }: Visit, { state, verifier, stepUpOf }: Login): URL {
    const forwarded = header('x-forwarded-host');
    const origin = this.has('believes-forwarded-host') && forwarded ? `https://${forwarded}` : this.origin;
    const url = new URL('/authorize', this.provider.issuer);
    url.search = new URLSearchParams({
      client_id: 'portal',
      response_type: this.has('implicit-grant') ? 'token' : 'code',
      redirect_uri: `${origin}/auth/callback${this.has('redirect-by-query') ? '?channel=1' : ''}`,
      state,
      nonce: random(),
      ...(!this.has('no-pkce') && { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }),
      ...(stepUpOf !== undefined && { acr_values: 'strong', max_age: '0' }),
      ...(this.has('secret-in-address') && { client_secret: 'secret' }),
    }).toString();
    return url;
  }

  private async finish(visit: Visit): Promise<void> {
    const { searchParams: query } = visit.url;
    const issuer = query.get('iss');
    if (this.has('visits-issuers') && issuer !== null) await exchange(new URL(issuer)).catch(() => undefined);
    const id = this.cookieOf(visit, LOGIN)?.split('.')[0] ?? '';
    const byState = [...this.logins.values()].find(({ state }) => state === query.get('state'));
    const login = this.logins.get(id) ?? (this.has('any-browser') ? byState : undefined);
    if (login === undefined) return this.answer(visit, 401);
    if (query.get('state') !== login.state && !this.has('any-state')) return this.answer(visit, 401);
    if (issuer !== this.provider.issuer && !this.has('any-issuer')) return this.answer(visit, 401);
    if (!this.has('answers-again')) this.logins.delete(id);
    const approval = this.provider.redeem(query.get('code') ?? '', login.verifier);
    if (approval === undefined) return this.answer(visit, 401);
    const former = this.cookieOf(visit, SESSION);
    const session =
      login.stepUpOf === undefined
        ? this.sessions.begin(approval, former)
        : this.sessions.stepUp(login.stepUpOf, approval);
    if (!this.has('no-session')) this.setCookie(visit, SESSION, session, 'Strict');
    const location = new URL(login.returnTo, this.origin);
    if (this.has('address-keeps-code')) location.search = query.toString();
    visit.response.writeHead(303, { location: location.href }).end();
  }

  private tell(visit: Visit): void {
    const id = this.cookieOf(visit, SESSION);
    const session = this.isForeign(visit) ? undefined : this.sessions.find(id);
    if (session !== undefined && !this.hasHeader(visit)) return this.answer(visit, 403);
    const token = this.has('token-in-body') && session !== undefined ? { access_token: 'x' } : {};
    const stepUpUntil = session?.strong ? new Date().toISOString() : null;
    this.answer(visit, 200, { signedIn: session !== undefined, channel: 'portal', stepUpUntil, ...token });
  }

  private leave(visit: Visit): void {
    if (this.isForeign(visit) || !this.hasHeader(visit)) return this.answer(visit, 403);
    if (!this.has('cookie-gone-only')) this.sessions.end(this.cookieOf(visit, SESSION));
    this.setCookie(visit, SESSION, '', 'Strict; Max-Age=0');
    const back = encodeURIComponent(`${this.origin}/`);
    const endSessionUrl = `${this.provider.issuer}/end?post_logout_redirect_uri=${back}`;
    this.answer(visit, 200, { endSessionUrl: this.has('no-provider-sign-out') ? null : endSessionUrl });
  }

  private async hear(visit: Visit): Promise<void> {
    const payload = (await readForm(visit.request)).get('logout_token')?.split('.')[1];
    if (!this.has('believes-logout-tokens') || payload === undefined) return this.answer(visit, 400);
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string };
    this.sessions.endAll(sub);
    this.answer(visit, 200);
  }

  private async ask(visit: Visit): Promise<void> {
    const text = (await readText(visit.request)) + visit.url.search;
    if (text === '{"query":') return this.answer(visit, 400);
    if (visit.request.method === 'GET' && text.includes('mutation') && !this.has('changes-by-get')) {
      return this.answer(visit, 405);
    }
    const bearer = visit.header('authorization')?.slice('Bearer '.length);
    if (bearer !== undefined) return this.answer(visit, this.takes(bearer) ? 200 : 401, viewer(this.takes(bearer)));
    const id = this.cookieOf(visit, SESSION);
    if (id === undefined) return this.answer(visit, 200, viewer(false));
    const isRefused = this.isForeign(visit) || !this.hasHeader(visit) || this.has('refuses-everybody');
    if (isRefused) return this.answer(visit, 403);
    this.sessions.use(id);
    const isKnown = this.sessions.find(id) !== undefined;
    this.answer(visit, isKnown ? 200 : 401, viewer(isKnown));
  }

  private takes(token: string): boolean {
    if (token === 'wrong jku' && this.has('fetches-named-keys')) this.provider.count('/foreign-keys');
    return token === 'right' || (token === 'wrong none' && this.has('takes-unsigned-tokens'));
  }

  private hasHeader({ header, request }: Visit): boolean {
    return header('x-saaltor') === '1' || (this.has('header-on-writes-only') && request.method === 'GET');
  }

  private isForeign({ header }: Visit): boolean {
    const [origin, site] = [header('origin'), header('sec-fetch-site')];
    const isElsewhere = origin !== undefined && origin !== this.origin && !this.has('any-origin');
    return isElsewhere || (!this.has('ignores-fetch-metadata') && /^(?:cross|same)-site$/.test(site ?? ''));
  }

  private cookieOf({ header }: Visit, name: string): string | undefined {
    const own = this.has('plain-name') ? name.slice('__Host-'.length) : name;
    const pairs = (header('cookie') ?? '').split('; ');
    return pairs.find((pair) => pair.startsWith(`${own}=`))?.slice(own.length + 1);
  }

  private setCookie({ response }: Visit, name: string, value: string, sameSite: string): void {
    const parts = [
      `${this.has('plain-name') ? name.slice('__Host-'.length) : name}=${value}`,
      `Path=${this.has('deep-path') ? '/auth' : '/'}`,
      `SameSite=${this.has('lax-session') ? sameSite.replace('Strict', 'Lax') : sameSite}`,
      ...(this.has('not-secure') ? [] : ['Secure']),
      ...(this.has('not-http-only') ? [] : ['HttpOnly']),
      ...(this.has('with-domain') ? ['Domain=example'] : []),
      ...(name === LOGIN && !this.has('endless-sign-in') ? ['Max-Age=600'] : []),
    ];
    response.appendHeader('set-cookie', parts.join('; '));
  }

  private answer({ response }: Visit, status: number, body: object = {}): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(status === 204 ? '' : JSON.stringify(body));
  }
}

function viewer(known: boolean): object {
  return { data: { viewer: { kind: known ? 'CUSTOMER' : 'ANONYMOUS' } } };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
