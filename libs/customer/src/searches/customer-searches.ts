import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, epochOf, instantOf, Refusal, type AgentPrincipal, type Clock } from '#lib/kernel';
import { sql, Store, type Transaction } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';
import { noteWithin } from '../record/note-within.js';
import { purposeOf } from '../rights/decision.js';

/** Whoever serves at a counter searches every few minutes; whoever combs through the books needs far more. */
const MOST = 60;
const WITHIN_MS = 3_600_000;
/** As long as customers see who looked at them. */
const KEPT_MS = 2 * 365.25 * 86_400_000;

/** A search by an agent, as it is recorded. */
export interface CustomerSearch {
  readonly agent: AgentPrincipal;
  /** Whose books are searched. */
  readonly subsidiary: string;
  /** What is looked at, e.g. `energy.find-customers`. */
  readonly operation: string;
  /** What is searched by, never the values: `name`, `postcode`. */
  readonly criteria: readonly string[];
}

/**
 * Searches for customers by agents who serve nobody yet: who searched by what and how much they found (Art. 5 (2) GDPR).
 * What was typed is not kept, since most of it is about people who were not meant.
 */
@Injectable()
export class CustomerSearches {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Records that a search begins, if the agent has one left.
   * @returns id of the search; the refusal TOO_MANY_ATTEMPTS when there is none left
   * @throws AppError UPSTREAM_* when the store is out of reach: what cannot be recorded is not searched
   */
  async begin({ agent, subsidiary, operation, criteria }: CustomerSearch): Promise<string | Refusal> {
    const id = randomUUID();
    const now = this.clock.now();
    const freeAt = await this.store.transaction<CustomerTables, number>(async (transaction) => {
      await lock(transaction, agent.subject);
      await forget(transaction, now - KEPT_MS);
      const free = await freeAgain(transaction, agent.subject, now);
      const row = { id, agent: agent.subject, subsidiary, operation, criteria: criteria.join(' '), hits: null };
      if (free <= now) {
        await transaction
          .insertInto('customer_search')
          .values({ ...row, at: instantOf(now) })
          .execute();
      }
      return free;
    });
    if (freeAt <= now) return id;
    return new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.ceil((freeAt - now) / 1_000) });
  }

  /**
   * Records what came of it, before it is shown: how much was found, and an entry in the record of access of everyone
   * who appears and is a customer of the house.
   * @param shown their numbers in the subsidiary, in its one spelling
   * @throws AppError UPSTREAM_* when the store is out of reach: then nothing may be shown
   */
  async end(id: string, search: CustomerSearch, hits: number, shown: readonly string[]): Promise<void> {
    const { agent, subsidiary, operation, criteria } = search;
    const at = instantOf(this.clock.now());
    await this.store.transaction<CustomerTables, void>(async (transaction) => {
      await transaction.updateTable('customer_search').set({ hits }).where('id', '=', id).execute();
      const customers = await holdersOf(transaction, subsidiary, shown);
      const entries = customers.map((customerId) => ({
        customerId,
        at,
        actorKind: 'agent' as const,
        actor: agent.subject,
        subsidiary,
        operation,
        purpose: purposeOf(agent) ?? 'none',
        reason: `found in a search by ${criteria.join(', ')}`,
      }));
      await noteWithin(transaction, entries);
    });
  }
}

async function holdersOf(
  transaction: Transaction<CustomerTables>,
  subsidiary: string,
  accounts: readonly string[],
): Promise<readonly string[]> {
  if (accounts.length === 0) return [];
  const rows = await transaction
    .selectFrom('customer_link')
    .select('customer_id')
    .distinct()
    .where('subsidiary', '=', subsidiary)
    .where('account', 'in', accounts)
    .orderBy('customer_id')
    .execute();
  return rows.map(({ customer_id: id }) => id);
}

/** Clock time from which one more search is free: when the oldest one that fills the limit leaves its window. */
async function freeAgain(transaction: Transaction<CustomerTables>, agent: string, now: number): Promise<number> {
  const filling = await transaction
    .selectFrom('customer_search')
    .select('at')
    .where('agent', '=', agent)
    .where('at', '>', instantOf(now - WITHIN_MS))
    .orderBy('at', 'desc')
    .offset(MOST - 1)
    .limit(1)
    .executeTakeFirst();
  return filling === undefined ? 0 : epochOf(filling.at) + WITHIN_MS;
}

function lock(transaction: Transaction<CustomerTables>, agent: string): Promise<unknown> {
  return sql`select pg_advisory_xact_lock(hashtextextended(${`customer search ${agent}`}, 0))`.execute(transaction);
}

/** Rows that another search is removing right now are left to it. */
function forget(transaction: Transaction<CustomerTables>, before: number): Promise<unknown> {
  return sql`
    delete from customer_search where ctid in (
      select ctid from customer_search where at <= ${instantOf(before)} limit 1000 for update skip locked)`.execute(
    transaction,
  );
}
