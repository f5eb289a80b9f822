import { createHash } from 'node:crypto';
import { sql, type Transaction } from '#lib/store';
import { epochOf, instantOf, Refusal, type Clock } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Limit {
  readonly most: number;
  readonly withinMs: number;
}

/** People mistype two or three times; whoever guesses needs far more. */
const PER_CUSTOMER: Limit = { most: 5, withinMs: HOUR_MS };
/** Whoever guesses with many sign-ins meets the limit of the number. Households of two may both mistype on one day. */
const PER_NUMBER: Limit = { most: 10, withinMs: DAY_MS };
/** Letters cost postage and trouble people who never asked for one. */
const LETTERS_PER_NUMBER: Limit = { most: 2, withinMs: DAY_MS };

/** Attempts are of no use after this and are removed. */
const KEPT_MS = DAY_MS;

export interface LinkAttempt {
  readonly kind: 'fact' | 'letter';
  readonly customerId: string;
  readonly subsidiary: string;
  /** In its one spelling, so that blanks and zeros do not make it another number. */
  readonly number: string;
}

type Key = 'customer_id' | 'target';

/** Bounds guessing: counts every attempt before it is made, whether the number exists or not. */
export class LinkAttempts {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the attempt if there is one left; attempts over the limit are not counted, so they prolong nothing.
   * @returns the refusal TOO_MANY_ATTEMPTS when there is none left
   * @throws AppError UPSTREAM_* when the store is out of reach: what cannot be counted is not attempted
   */
  async count({ kind, customerId, subsidiary, number }: LinkAttempt): Promise<Refusal | undefined> {
    const target = digest([kind, subsidiary, number]);
    const now = this.clock.now();
    const freeAt = await this.store.transaction<CustomerTables, number>(async (transaction) => {
      // Always the customer before the number, so that no two attempts wait for each other.
      await lock(transaction, `link customer ${customerId}`);
      await lock(transaction, `link number ${target}`);
      await forget(transaction, now - KEPT_MS);
      const free = Math.max(
        await freeAgain(transaction, 'customer_id', customerId, PER_CUSTOMER, now),
        await freeAgain(transaction, 'target', target, kind === 'fact' ? PER_NUMBER : LETTERS_PER_NUMBER, now),
      );
      if (free <= now) {
        const attempt = { customer_id: customerId, target, at: instantOf(now) };
        await transaction.insertInto('link_attempt').values(attempt).execute();
      }
      return free;
    });
    if (freeAt <= now) return undefined;
    return new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.ceil((freeAt - now) / 1_000) });
  }
}

/** Clock time from which one more attempt is free: when the oldest one that fills the limit leaves its window. */
async function freeAgain(
  transaction: Transaction<CustomerTables>,
  key: Key,
  value: string,
  { most, withinMs }: Limit,
  now: number,
): Promise<number> {
  const filling = await transaction
    .selectFrom('link_attempt')
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
    delete from link_attempt where ctid in (
      select ctid from link_attempt where at <= ${instantOf(before)} limit 1000 for update skip locked)`.execute(
    transaction,
  );
}

/** Numbers are not kept here in plain text. */
function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
