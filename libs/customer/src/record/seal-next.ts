import { sql, type Selectable, type Transaction } from '#lib/store';
import type { Store } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';
import { chainStart, seal, type AccessEntry } from './access-entry.js';

/** Entries sealed in one transaction. */
const BATCH = 500;

export type AccessRow = Selectable<CustomerTables['access_record']>;

/** The entry in a row of the record. */
export function toEntry(row: AccessRow): AccessEntry {
  return {
    customerId: row.customer_id,
    at: row.at,
    actorKind: row.actor_kind as AccessEntry['actorKind'],
    actor: row.actor,
    subsidiary: row.subsidiary,
    operation: row.operation,
    purpose: row.purpose,
    reason: row.reason,
  };
}

/**
 * Seals a batch of one customer's waiting entries. A lock per customer keeps two instances from building on the same
 * last entry.
 * @returns whether there was anything to seal
 */
export function sealNext(store: Store): Promise<boolean> {
  return store.transaction<CustomerTables, boolean>(async (transaction) => {
    const waiting = await transaction
      .selectFrom('access_record')
      .select('customer_id')
      .where('digest', 'is', null)
      .orderBy('customer_id')
      .limit(1)
      .executeTakeFirst();
    if (waiting === undefined) return false;
    const customerId = waiting.customer_id;
    await sql`select pg_advisory_xact_lock(hashtextextended(${`seal ${customerId}`}, 0))`.execute(transaction);
    await sealBatch(transaction, customerId);
    return true;
  });
}

async function sealBatch(transaction: Transaction<CustomerTables>, customerId: string): Promise<void> {
  const own = transaction.selectFrom('access_record').selectAll().where('customer_id', '=', customerId);
  const last = await own.where('seq', 'is not', null).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const rows = await own.where('digest', 'is', null).orderBy('id').limit(BATCH).execute();
  let { seq, digest } = { seq: last?.seq ?? 0, digest: last?.digest ?? chainStart(customerId) };
  for (const row of rows) {
    const sealed = seal(toEntry(row), seq + 1, digest);
    ({ seq, digest } = sealed);
    const { previous } = sealed;
    await transaction.updateTable('access_record').set({ seq, previous, digest }).where('id', '=', row.id).execute();
  }
}
