import { createHash, randomUUID } from 'node:crypto';
import { epochOf, instantOf, Refusal, type Clock } from '#lib/kernel';
import { sql, type Store, type Transaction } from '#lib/store';
import type { MandateTables } from './mandate.tables.js';

const MINUTE_MS = 60_000;

interface Limit {
  readonly most: number;
  readonly withinMs: number;
}

/** Agents serve many and mistype now and then; what succeeded is not counted. Whoever guesses needs far more. */
const PER_ACTOR: Limit = { most: 10, withinMs: 15 * MINUTE_MS };
/** Whoever guesses through many agents meets the limit of the number. */
const PER_TARGET: Limit = { most: 5, withinMs: 60 * MINUTE_MS };
/** Attempts are of no use after this and are removed. */
const KEPT_MS = 60 * MINUTE_MS;

/** Bounds guessing of proofs: counts every attempt before it is made, whatever it is about. */
export class MandateAttempts {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the attempt if there is one left; attempts over the limit are not counted, so they prolong nothing.
   * @param actor who tries
   * @param about what is tried, in its one spelling; kept as digest only
   * @returns id of the attempt; the refusal TOO_MANY_ATTEMPTS when there is none left
   * @throws AppError UPSTREAM_* when the store is out of reach: what cannot be counted is not attempted
   */
  async count(actor: string, about: readonly string[]): Promise<string | Refusal> {
    const target = createHash('sha256').update(JSON.stringify(about)).digest('hex');
    const id = randomUUID();
    const now = this.clock.now();
    const freeAt = await this.store.transaction<MandateTables, number>(async (transaction) => {
      // Always the actor before the target, so that no two attempts wait for each other.
      await lock(transaction, `mandate actor ${actor}`);
      await lock(transaction, `mandate target ${target}`);
      await forget(transaction, now - KEPT_MS);
      const free = Math.max(
        await freeAgain(transaction, 'actor', actor, PER_ACTOR, now),
        await freeAgain(transaction, 'target', target, PER_TARGET, now),
      );
      const attempt = { id, actor, target, at: instantOf(now) };
      if (free <= now) await transaction.insertInto('mandate_attempt').values(attempt).execute();
      return free;
    });
    if (freeAt <= now) return id;
    return new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.ceil((freeAt - now) / 1_000) });
  }

  /** Takes an attempt that has succeeded out of the count. */
  async forgive(id: string): Promise<void> {
    await this.store.tables<MandateTables>().deleteFrom('mandate_attempt').where('id', '=', id).execute();
  }
}

/** Clock time from which one more attempt is free: when the oldest one that fills the limit leaves its window. */
async function freeAgain(
  transaction: Transaction<MandateTables>,
  key: 'actor' | 'target',
  value: string,
  { most, withinMs }: Limit,
  now: number,
): Promise<number> {
  const filling = await transaction
    .selectFrom('mandate_attempt')
    .select('at')
    .where(key, '=', value)
    .where('at', '>', instantOf(now - withinMs))
    .orderBy('at', 'desc')
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst();
  return filling === undefined ? 0 : epochOf(filling.at) + withinMs;
}

function lock(transaction: Transaction<MandateTables>, name: string): Promise<unknown> {
  return sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}

/** Rows that another attempt is removing right now are left to it. */
function forget(transaction: Transaction<MandateTables>, before: number): Promise<unknown> {
  return sql`
    delete from mandate_attempt where ctid in (
      select ctid from mandate_attempt where at <= ${instantOf(before)} limit 1000 for update skip locked)`.execute(
    transaction,
  );
}
