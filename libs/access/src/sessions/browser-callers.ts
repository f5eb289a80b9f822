import { Inject, Injectable, Optional } from '@nestjs/common';
import { ANONYMOUS, AppError, type Principal } from '#lib/kernel';
import { SessionCallers, type Edge, type IncomingRequest } from '../callers.js';
import type { Channel } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { Mandates } from '../mandates/mandates.js';
import { cookieOf, SESSION_COOKIE } from './cookies.js';
import { isForeign, requireOwnRequest } from './own-request.js';
import { endOf, type Session } from './session.js';
import { Sessions } from './sessions.js';

/** A request of a channel's browser, with the session it brings. */
export interface BrowserSession {
  readonly channel: Channel;
  readonly session: Session | undefined;
}

/** Callers with the session cookie of a channel. On a host that is no channel's the cookie is not even read. */
@Injectable()
export class BrowserCallers extends SessionCallers {
  private readonly sessionOf = new WeakMap<Principal, Session>();

  constructor(
    private readonly channels: Channels,
    private readonly sessions: Sessions,
    @Optional() @Inject(Mandates) private readonly mandates?: Mandates,
  ) {
    super();
  }

  async principalOf(request: IncomingRequest, edge: Edge): Promise<Principal> {
    const channel = this.channels.of(request);
    const token = channel && cookieOf(request, SESSION_COOKIE);
    if (channel === undefined || token === undefined) return ANONYMOUS;
    if (edge === 'browser') return this.atBrowserRoute(request, channel, token);
    requireOwnRequest(request, channel);
    const session = await this.sessions.find(token, channel);
    if (session === undefined) {
      const reason = 'the session is over';
      throw new AppError('UNAUTHENTICATED', reason, { reason });
    }
    this.sessions.use(session);
    return this.toPrincipal(session);
  }

  async stillHolds(principal: Principal): Promise<boolean> {
    const session = this.sessionOf.get(principal);
    return session === undefined || this.sessions.stillHolds(session);
  }

  /**
   * The channel of a request and its living session, for the routes of sign-in itself. Does not count as use.
   * @returns undefined on a host that is no channel's
   */
  async find(request: IncomingRequest): Promise<BrowserSession | undefined> {
    const channel = this.channels.of(request);
    if (channel === undefined) return undefined;
    const token = isForeign(request, channel) ? undefined : cookieOf(request, SESSION_COOKIE);
    return { channel, session: token === undefined ? undefined : await this.sessions.find(token, channel) };
  }

  /**
   * Whoever opens a page or signs in cannot send the header, and a session that is over must not keep anyone from
   * signing in anew. What another site's page has caused is done without the session, or not at all if it writes.
   */
  private async atBrowserRoute(request: IncomingRequest, channel: Channel, token: string): Promise<Principal> {
    if (isForeign(request, channel)) {
      if (request.method === 'GET' || request.method === 'HEAD') return ANONYMOUS;
      const reason = 'the request comes from another site';
      throw new AppError('FORBIDDEN', reason, { reason });
    }
    const session = await this.sessions.find(token, channel);
    return session === undefined ? ANONYMOUS : this.toPrincipal(session);
  }

  private async toPrincipal(session: Session): Promise<Principal> {
    const { id: sessionId, subject, agent, stepUpUntil } = session;
    const person = { subject, sessionId, stepUpUntil, expiresAt: endOf(session) };
    const principal: Principal =
      agent === null
        ? { kind: 'customer', ...person }
        : { kind: 'agent', ...person, ...agent, mandate: (await this.mandates?.find(subject, sessionId)) ?? null };
    this.sessionOf.set(principal, session);
    return principal;
  }
}
