import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Coherence } from '#lib/customer';
import { AppError, CLOCK, type Clock } from '#lib/kernel';
import type { Channel } from '../channels/channel.js';
import { SessionSecrets } from '../secrets/session-secrets.js';
import type { SignedIn } from '../sign-in/signed-in.js';
import { takeOnce } from './once.js';
import { SessionRefresh } from './session-refresh.js';
import {
  deleteAtProvider,
  deleteOver,
  deleteSession,
  insertSession,
  sessionKey,
  SessionRows,
  strengthen,
  type EndedAtProvider,
  type NewSession,
} from './session-rows.js';
import { endOf, hashToken, isToken, LONGEST_MS, makeToken, STEP_UP_MS, WRITE_USE_MS, type Session } from './session.js';

/** What a valid logout token orders. */
export interface LogoutOrder extends EndedAtProvider {
  /** The token's own id, by which it counts once. */
  readonly jti: string;
  /** Until when it could be sent again, in clock milliseconds. */
  readonly expiresAt: number;
}

/**
 * Browser sessions: kept in Postgres, remembered under the coherence lease. Whatever ends a session or changes its token
 * answers only when no instance can take the state before for true.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly rows: SessionRows,
    private readonly coherence: Coherence,
    private readonly secrets: SessionSecrets,
    private readonly refresh: SessionRefresh,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The living session of a cookie's token.
   * @throws AppError UPSTREAM_* when nobody can say
   */
  async find(token: string, { name }: Channel): Promise<Session | undefined> {
    if (!isToken(token)) return undefined;
    const hash = hashToken(token);
    const session = await this.coherence.get(sessionKey(hash), () => this.rows.load(hash));
    return session?.channel === name && (await this.isAlive(session)) ? session : undefined;
  }

  /** Notes that the session is in use, and renews what the identity provider gave for it when it is time. */
  use(session: Session): void {
    const now = this.clock.now();
    const { lastUsedAt, refreshDueAt } = session;
    if (now - lastUsedAt >= WRITE_USE_MS) {
      session.lastUsedAt = now;
      this.rows.touch(session.id, now).catch(() => {
        // Not written: the next use tries again.
        session.lastUsedAt = lastUsedAt;
      });
    }
    if (refreshDueAt !== null && now >= refreshDueAt) this.refresh.start(session);
  }

  /** Whether what is known of the session still holds. @throws AppError UPSTREAM_* when nobody can say */
  async stillHolds({ id, tokenHash }: Session): Promise<boolean> {
    const current = await this.coherence.get(sessionKey(tokenHash), () => this.rows.load(tokenHash));
    return current?.id === id;
  }

  /**
   * Begins a session; one that the same browser had before ends with it.
   * @returns the token for the cookie, which is known here for the last time
   */
  async open(channel: Channel, person: SignedIn, replaces: string | null): Promise<string> {
    const now = this.clock.now();
    const token = makeToken();
    const id = randomUUID();
    const session: NewSession = {
      id,
      tokenHash: hashToken(token),
      channel: channel.name,
      audience: channel.audience,
      clientId: channel.clientId,
      subject: person.subject,
      agent: person.agent,
      createdAt: now,
      expiresAt: now + LONGEST_MS[channel.audience],
      stepUpUntil: null,
      ...(await this.providerFacts(id, person)),
    };
    const replaced = await this.rows.change(async (transaction) => {
      await deleteOver(transaction, now);
      await insertSession(transaction, session);
      return replaces !== null && (await deleteSession(transaction, replaces));
    });
    if (replaced) await this.coherence.afterCommit();
    return token;
  }

  /**
   * The second factor was shown: for five minutes the session may do more, under another token.
   * @returns the token for the cookie
   * @throws AppError UNAUTHENTICATED when the session is over or someone else's
   */
  async stepUp(id: string, channel: Channel, person: SignedIn): Promise<string> {
    const now = this.clock.now();
    const token = makeToken();
    const facts = await this.providerFacts(id, person);
    const done = await this.rows.change((transaction) =>
      strengthen(
        transaction,
        { id, channel: channel.name, subject: person.subject },
        { ...facts, tokenHash: hashToken(token), stepUpUntil: now + STEP_UP_MS },
        now,
      ),
    );
    if (!done) {
      const reason = 'the session that asked for the second factor is over';
      throw new AppError('UNAUTHENTICATED', reason, { reason });
    }
    await this.coherence.afterCommit();
    return token;
  }

  async end({ id }: Session): Promise<void> {
    await this.rows.change((transaction) => deleteSession(transaction, id));
    await this.coherence.afterCommit();
  }

  /**
   * Ends the sessions that a logout token names, once per token.
   * @returns false when the token was used before
   */
  async endAtProvider({ jti, expiresAt, ...which }: LogoutOrder): Promise<boolean> {
    const times = { now: this.clock.now(), expiresAt };
    const taken = await this.rows.change(async (transaction) => {
      if (!(await takeOnce(transaction, 'logout-token', jti, times))) return false;
      await deleteAtProvider(transaction, which);
      return true;
    });
    if (taken) await this.coherence.afterCommit();
    return taken;
  }

  /** Uses noted by other instances are asked for only when, without them, the session would be over. */
  private async isAlive(session: Session): Promise<boolean> {
    const now = this.clock.now();
    if (now < endOf(session)) return true;
    if (now >= session.expiresAt) return false;
    const current = await this.rows.load(session.tokenHash);
    if (current !== undefined) session.lastUsedAt = current.lastUsedAt;
    return current !== undefined && now < endOf(current);
  }

  private async providerFacts(
    id: string,
    { sid, refreshToken, refreshInMs }: SignedIn,
  ): Promise<Pick<NewSession, 'idpSid' | 'refreshToken' | 'refreshDueAt'>> {
    const idpSid = sid ?? null;
    if (refreshToken === undefined) return { idpSid, refreshToken: null, refreshDueAt: null };
    const box = await this.secrets.box('refresh-token');
    return { idpSid, refreshToken: box.seal(refreshToken, id), refreshDueAt: this.clock.now() + refreshInMs };
  }
}
