import { Injectable } from '@nestjs/common';
import { epochOf, instantOf } from '#lib/kernel';
import { sql, Store, type Selectable, type Transaction } from '#lib/store';
import { IDLE_MS, type AgentFacts, type Session } from './session.js';
import type { SessionTables } from './session.tables.js';

export type SessionTransaction = Transaction<SessionTables>;
type Row = Selectable<SessionTables['browser_session']>;

/** A session as it begins. Times are clock times in milliseconds. */
export interface NewSession extends Omit<Session, 'lastUsedAt'> {
  readonly audience: Row['audience'];
  readonly clientId: string;
  readonly idpSid: string | null;
  /** Encrypted. */
  readonly refreshToken: string | null;
  readonly createdAt: number;
}

/** Which sessions the identity provider ends: those of its session `sid`, or all of a person. */
export interface EndedAtProvider {
  readonly clientIds: readonly string[];
  readonly sid?: string;
  readonly subject?: string;
}

/** What a second factor changes of a session. */
export type Strengthened = Pick<NewSession, 'tokenHash' | 'idpSid' | 'refreshToken' | 'refreshDueAt' | 'stepUpUntil'>;

/** Key of a session in memory and in the log of changes. */
export function sessionKey(tokenHash: string): string {
  return `session ${tokenHash}`;
}

/** The rows of browser sessions. Every change but use is told in the log of changes, within its own transaction. */
@Injectable()
export class SessionRows {
  constructor(private readonly store: Store) {}

  /** @throws AppError UPSTREAM_* when the store is out of reach, like everything here */
  async load(tokenHash: string): Promise<Session | undefined> {
    const row = await this.store.read<SessionTables, Row | undefined>((reader) =>
      reader.selectFrom('browser_session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst(),
    );
    return row && toSession(row);
  }

  change<Result>(work: (transaction: SessionTransaction) => Promise<Result>): Promise<Result> {
    return this.store.transaction<SessionTables, Result>(work);
  }

  /** Writes that the session is in use; what another instance wrote later stays. */
  async touch(id: string, now: number): Promise<void> {
    await sql`update browser_session set last_used_at = greatest(last_used_at, ${instantOf(now)}) where id = ${id}`.execute(
      this.store.tables<SessionTables>(),
    );
  }
}

export async function insertSession(transaction: SessionTransaction, session: NewSession): Promise<void> {
  const { refreshDueAt, stepUpUntil } = session;
  const row = {
    id: session.id,
    token_hash: session.tokenHash,
    channel: session.channel,
    audience: session.audience,
    client_id: session.clientId,
    subject: session.subject,
    idp_sid: session.idpSid,
    subsidiary: session.agent?.subsidiary ?? null,
    role: session.agent?.role ?? null,
    refresh_token: session.refreshToken,
    refresh_due_at: refreshDueAt === null ? null : instantOf(refreshDueAt),
    refresh_claim: null,
    refresh_claimed_until: null,
    created_at: instantOf(session.createdAt),
    last_used_at: instantOf(session.createdAt),
    expires_at: instantOf(session.expiresAt),
    step_up_until: stepUpUntil === null ? null : instantOf(stepUpUntil),
  };
  await transaction.insertInto('browser_session').values(row).execute();
}

/** @returns whether there was such a session */
export async function deleteSession(transaction: SessionTransaction, id: string): Promise<boolean> {
  const rows = await transaction.deleteFrom('browser_session').where('id', '=', id).returning('token_hash').execute();
  await tell(transaction, rows);
  return rows.length > 0;
}

/** @returns how many sessions have ended */
export async function deleteAtProvider(
  transaction: SessionTransaction,
  { clientIds, sid, subject }: EndedAtProvider,
): Promise<number> {
  if (clientIds.length === 0 || (sid === undefined && subject === undefined)) return 0;
  let ending = transaction.deleteFrom('browser_session').where('client_id', 'in', clientIds);
  if (sid !== undefined) ending = ending.where('idp_sid', '=', sid);
  if (subject !== undefined) ending = ending.where('subject', '=', subject);
  const rows = await ending.returning('token_hash').execute();
  await tell(transaction, rows);
  return rows.length;
}

/** Sessions that are over are of no use to anyone; a few are removed now and then. */
export async function deleteOver(transaction: SessionTransaction, now: number): Promise<void> {
  await sql`
    delete from browser_session where ctid in (
      select ctid from browser_session
      where expires_at <= ${instantOf(now)} or last_used_at <= ${instantOf(now - IDLE_MS)}
      limit 1000 for update skip locked)`.execute(transaction);
}

/**
 * Gives a living session another token, so that the one before is worth nothing.
 * @returns false when the session is over, or belongs to someone else or another channel
 */
export async function strengthen(
  transaction: SessionTransaction,
  { id, channel, subject }: Pick<Session, 'id' | 'channel' | 'subject'>,
  { tokenHash, idpSid, refreshToken, refreshDueAt, stepUpUntil }: Strengthened,
  now: number,
): Promise<boolean> {
  const before = await transaction
    .selectFrom('browser_session')
    .select('token_hash')
    .where('id', '=', id)
    .where('channel', '=', channel)
    .where('subject', '=', subject)
    .where('expires_at', '>', instantOf(now))
    .where('last_used_at', '>', instantOf(now - IDLE_MS))
    .forUpdate()
    .execute();
  if (before.length === 0) return false;
  await transaction
    .updateTable('browser_session')
    .set({
      token_hash: tokenHash,
      idp_sid: idpSid,
      refresh_token: refreshToken,
      refresh_due_at: refreshDueAt === null ? null : instantOf(refreshDueAt),
      // A refresh under way belongs to the tokens before: what it brings is not wanted any more.
      refresh_claim: null,
      refresh_claimed_until: null,
      step_up_until: stepUpUntil === null ? null : instantOf(stepUpUntil),
      last_used_at: instantOf(now),
    })
    .where('id', '=', id)
    .execute();
  await tell(transaction, before);
  return true;
}

/** Notes in the log of changes that what instances remember of these sessions is no longer true. */
export async function tell(
  transaction: SessionTransaction,
  sessions: readonly { readonly token_hash: string }[],
): Promise<void> {
  if (sessions.length === 0) return;
  const changes = sessions.map(({ token_hash: hash }) => ({ key: sessionKey(hash) }));
  await transaction.insertInto('epoch_change').values(changes).execute();
}

function toSession(row: Row): Session {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    channel: row.channel,
    subject: row.subject,
    agent: agentOf(row),
    expiresAt: epochOf(row.expires_at),
    stepUpUntil: row.step_up_until === null ? null : epochOf(row.step_up_until),
    refreshDueAt: row.refresh_due_at === null ? null : epochOf(row.refresh_due_at),
    lastUsedAt: epochOf(row.last_used_at),
  };
}

function agentOf({ subsidiary, role }: Row): AgentFacts | null {
  return subsidiary === null || role === null ? null : { subsidiary, role };
}
