import { createHash, randomUUID } from 'node:crypto';
import { epochOf, instantOf, Refusal, type Clock } from '#lib/kernel';
import { sql, type Store, type Transaction } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';

/** So many attempts within so much time. */
export interface AttemptLimit {
  readonly most: number;
  /** Milliseconds; at most a day. */
  readonly withinMs: number;
}

export interface Attempt {
  /** Who tries: a customer, an agent, an address; kept as digest only. */
  readonly actor: readonly string[];
  /** What is tried, in its one spelling, so that blanks and zeros do not make it another; kept as digest only. */
  readonly target: readonly string[];
  readonly perActor: AttemptLimit;
  /** Whoever guesses by many actors meets this one. */
  readonly perTarget: AttemptLimit;
}

type Key = 'actor' | 'target';

/** Attempts are of no use after this and are removed: no limit reaches further back. */
const KEPT_MS = 24 * 3_600_000;

/** Bounds guessing: counts every attempt before it is made, whether what it is about exists or not. */
export class Attempts {
  /** @param purpose what is tried here; attempts at other things are counted apart */
  constructor(
    private readonly purpose: string,
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the attempt if there is one left; attempts over the limit are not counted, so they prolong nothing.
   * @returns id of the attempt; the refusal TOO_MANY_ATTEMPTS when there is none left
   * @throws AppError UPSTREAM_* when the store is out of reach: what cannot be counted is not attempted
   */
  async count({ perActor, perTarget, ...attempt }: Attempt): Promise<string | Refusal> {
    const [actor, target] = [this.digest('actor', attempt.actor), this.digest('target', attempt.target)];
    const id = randomUUID();
    const now = this.clock.now();
    const freeAt = await this.store.transaction<CustomerTables, number>(async (transaction) => {
      // Always the actor before the target, so that no two attempts wait for each other.
      await lock(transaction, actor);
      await lock(transaction, target);
      await forget(transaction, now - KEPT_MS);
      const free = Math.max(
        await freeAgain(transaction, 'actor', actor, perActor, now),
        await freeAgain(transaction, 'target', target, perTarget, now),
      );
      const row = { id, actor, target, at: instantOf(now) };
      if (free <= now) await transaction.insertInto('attempt').values(row).execute();
      return free;
    });
    if (freeAt <= now) return id;
    return new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.ceil((freeAt - now) / 1_000) });
  }

  /** Takes an attempt that has succeeded out of the count. */
  async forgive(id: string): Promise<void> {
    await this.store.tables<CustomerTables>().deleteFrom('attempt').where('id', '=', id).execute();
  }

  /** Numbers and addresses are not kept here in plain text. */
  private digest(key: Key, parts: readonly string[]): string {
    return createHash('sha256')
      .update(JSON.stringify([this.purpose, key, ...parts]))
      .digest('hex');
  }
}

/** Clock time from which one more attempt is free: when the oldest one that fills the limit leaves its window. */
async function freeAgain(
  transaction: Transaction<CustomerTables>,
  key: Key,
  value: string,
  { most, withinMs }: AttemptLimit,
  now: number,
): Promise<number> {
  const filling = await transaction
    .selectFrom('attempt')
    .select('at')
    .where(key, '=', value)
    .where('at', '>', instantOf(now - withinMs))
    .orderBy('at', 'desc')
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst();
  return filling === undefined ? 0 : epochOf(filling.at) + withinMs;
}

function lock(transaction: Transaction<CustomerTables>, name: string): Promise<unknown> {
  return sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}

/** Rows that another attempt is removing right now are left to it. */
function forget(transaction: Transaction<CustomerTables>, before: number): Promise<unknown> {
  return sql`
    delete from attempt where ctid in (
      select ctid from attempt where at <= ${instantOf(before)} limit 1000 for update skip locked)`.execute(
    transaction,
  );
}
