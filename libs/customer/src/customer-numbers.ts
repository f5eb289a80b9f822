import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, instantOf, type Clock } from '#lib/kernel';
import { sql, Store, type Transaction } from '#lib/store';
import { Contributions } from './contributions.js';
import type { CustomerTables } from './persistence/tables.js';

/** Holders of one number that are told apart; a number of more people proves nothing anyway. */
const MOST_HOLDERS = 5;

/** Customers by the numbers under which the subsidiaries keep them. */
@Injectable()
export class CustomerNumbers {
  constructor(
    private readonly store: Store,
    private readonly contributions: Contributions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The number as the subsidiary writes it; undefined when it can be none, or none that customers have. */
  normalise(subsidiary: string, number: string): string | undefined {
    return this.contributions.findLinkProof(subsidiary)?.normalise(number);
  }

  /**
   * Ids of the customers linked to the account: people who share a household may share a number.
   * @param account a normalised number
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async listHolders(subsidiary: string, account: string): Promise<readonly string[]> {
    const rows = await this.store.read<CustomerTables, { customer_id: string }[]>((reader) =>
      reader
        .selectFrom('customer_link')
        .select('customer_id')
        .where('subsidiary', '=', subsidiary)
        .where('account', '=', account)
        .orderBy('position')
        .limit(MOST_HOLDERS)
        .execute(),
    );
    return rows.map(({ customer_id: id }) => id);
  }

  /**
   * Makes a customer without a sign-in whom an agent has seen at the counter, unless somebody holds the number already.
   * @returns ids of all holders afterwards, once however many agents do so at the same time
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async holdersOrNew(name: string, subsidiary: string, account: string): Promise<readonly string[]> {
    const known = await this.listHolders(subsidiary, account);
    if (known.length > 0) return known;
    await this.store.transaction<CustomerTables, void>(async (transaction) => {
      const lock = `walk-in ${subsidiary} ${account}`;
      await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(transaction);
      await insertUnlessHeld(transaction, { name, subsidiary, account, at: instantOf(this.clock.now()) });
    });
    return this.listHolders(subsidiary, account);
  }
}

interface WalkIn {
  readonly name: string;
  readonly subsidiary: string;
  readonly account: string;
  readonly at: CustomerTables['customer']['created_at'];
}

async function insertUnlessHeld(
  transaction: Transaction<CustomerTables>,
  { name, subsidiary, account, at }: WalkIn,
): Promise<void> {
  const held = await transaction
    .selectFrom('customer_link')
    .select('customer_id')
    .where('subsidiary', '=', subsidiary)
    .where('account', '=', account)
    .executeTakeFirst();
  if (held !== undefined) return;
  const id = randomUUID();
  await transaction.insertInto('customer').values({ id, name, subject: null, created_at: at }).execute();
  const link = { customer_id: id, subsidiary, account, proof: 'agent', linked_at: at } as const;
  await transaction.insertInto('customer_link').values(link).execute();
}
