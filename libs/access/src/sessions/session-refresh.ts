import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, instantOf, type Clock } from '#lib/kernel';
import { sql, Store } from '#lib/store';
import { Channels } from '../channels/channels.js';
import { SessionSecrets } from '../secrets/session-secrets.js';
import { IdentityProvider } from '../sign-in/identity-provider.js';
import type { Renewed } from '../sign-in/signed-in.js';
import { deleteSession, SessionRows, tell, type SessionTransaction } from './session-rows.js';
import type { Session } from './session.js';
import type { SessionTables } from './session.tables.js';

/** Longer than any answer of the identity provider may take, so that no two instances send the same token. */
const CLAIM_SECONDS = 30;
/** After a failure, or while another instance is at it. */
const AGAIN_MS = 30_000;
/** Renewals under way per instance; further sessions come with their next use. */
const MOST = 32;

/** A session whose refresh token this instance alone may send right now. */
interface Claimed {
  readonly id: string;
  readonly claim: string;
  readonly tokenHash: string;
  readonly channel: string;
  readonly subject: string;
  /** Encrypted. */
  readonly refreshToken: string;
}

/**
 * Renews what the identity provider gave for a session, behind the backs of its requests: so a person who may not sign
 * in any more does not stay for hours. Refresh tokens are used once each; one instance at a time claims a session's.
 */
@Injectable()
export class SessionRefresh {
  private readonly running = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly rows: SessionRows,
    private readonly provider: IdentityProvider,
    private readonly channels: Channels,
    private readonly secrets: SessionSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Starts a renewal unless one is under way here. An identity provider that is away ends no session. */
  start(session: Session): void {
    if (this.running.size >= MOST || this.running.has(session.id)) return;
    this.running.add(session.id);
    session.refreshDueAt = this.clock.now() + AGAIN_MS;
    this.renew(session.id)
      .catch(() => undefined)
      .finally(() => this.running.delete(session.id));
  }

  private async renew(id: string): Promise<void> {
    const claimed = await this.claim(id);
    if (claimed === undefined) return;
    const renewed = await this.ask(claimed);
    if (renewed === 'away') return this.release(claimed);
    await this.rows.change(async (transaction) => {
      // A second factor shown meanwhile brought other tokens: then this answer is about nothing any more.
      if (!(await isOurs(transaction, claimed))) return;
      if (renewed === 'refused') await deleteSession(transaction, id);
      else await this.keep(transaction, claimed, renewed);
    });
  }

  private async ask({ id, channel, subject, refreshToken }: Claimed): Promise<Renewed | 'refused' | 'away'> {
    const own = this.channels.list().find(({ name }) => name === channel);
    const token = (await this.secrets.box('refresh-token')).open(refreshToken, id);
    if (own === undefined || token === undefined) return 'refused';
    try {
      return await this.provider.renew(own, token, subject);
    } catch (error) {
      return error instanceof AppError && error.code === 'UNAUTHENTICATED' ? 'refused' : 'away';
    }
  }

  /** By the database's clock, which all instances share. */
  private async claim(id: string): Promise<Claimed | undefined> {
    const claim = randomUUID();
    const { rows } = await sql<Omit<Claimed, 'claim'>>`
      update browser_session set refresh_claim = ${claim},
        refresh_claimed_until = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
      where id = ${id} and refresh_token is not null and refresh_due_at <= ${instantOf(this.clock.now())}
        and (refresh_claimed_until is null or refresh_claimed_until < clock_timestamp())
      returning id, token_hash as "tokenHash", channel, subject, refresh_token as "refreshToken"`.execute(
      this.store.tables<SessionTables>(),
    );
    return rows[0] && { ...rows[0], claim };
  }

  private async release({ id, claim }: Claimed): Promise<void> {
    await this.store
      .tables<SessionTables>()
      .updateTable('browser_session')
      .set({
        refresh_claim: null,
        refresh_claimed_until: null,
        refresh_due_at: instantOf(this.clock.now() + AGAIN_MS),
      })
      .where('id', '=', id)
      .where('refresh_claim', '=', claim)
      .execute();
  }

  private async keep(
    transaction: SessionTransaction,
    { id, tokenHash }: Claimed,
    { refreshToken, refreshInMs, agent }: Renewed,
  ): Promise<void> {
    const box = await this.secrets.box('refresh-token');
    await transaction
      .updateTable('browser_session')
      .set({
        // Without a new one the old stays valid (RFC 6749 §6).
        ...(refreshToken !== undefined && { refresh_token: box.seal(refreshToken, id) }),
        refresh_due_at: instantOf(this.clock.now() + refreshInMs),
        refresh_claim: null,
        refresh_claimed_until: null,
        ...(agent && { subsidiary: agent.subsidiary, role: agent.role }),
      })
      .where('id', '=', id)
      .execute();
    await tell(transaction, [{ token_hash: tokenHash }]);
  }
}

/** Locks the row, so that nothing else changes it until the end of the transaction. */
async function isOurs(transaction: SessionTransaction, { id, claim }: Claimed): Promise<boolean> {
  const rows = await transaction
    .selectFrom('browser_session')
    .select('id')
    .where('id', '=', id)
    .where('refresh_claim', '=', claim)
    .forUpdate()
    .execute();
  return rows.length > 0;
}
