import type { Store } from '#lib/store';
import { pairsAmong } from '../consent/consent-state.js';
import type { SeededCustomer } from '../customer-seed.js';
import type { CustomerTables } from './tables.js';

/** Puts a described customer into the database, once, however many ask at the same time. */
export async function insertSeed(
  store: Store,
  subject: string,
  { id, name, links, at }: SeededCustomer,
): Promise<void> {
  await store.transaction<CustomerTables, void>(async (transaction) => {
    const inserted = await transaction
      .insertInto('customer')
      .values({ id, name, subject, created_at: at })
      // Whoever is second meets the same id or the same subject, whichever index is asked first.
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    const linked = Object.entries(links);
    if (inserted.numInsertedOrUpdatedRows === 0n || linked.length === 0) return;
    const proof = 'sandbox' as const;
    await transaction
      .insertInto('customer_link')
      .values(linked.map(([subsidiary, account]) => ({ customer_id: id, subsidiary, account, proof, linked_at: at })))
      .execute();
    const pairs = pairsAmong(
      'JOINT_PORTAL',
      linked.map(([subsidiary]) => subsidiary),
    );
    await transaction
      .insertInto('consent_event')
      .values(pairs.map((pair) => ({ ...pair, customer_id: id, given: true, text_version: null, channel: proof, at })))
      .execute();
  });
}
