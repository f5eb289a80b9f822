import { sql, type Store, type Transaction } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';
import type { AccessEntry } from './access-entry.js';

/** Keeps entries in the transaction of the change that they tell of: there is never one without the other. */
export async function noteWithin<T extends CustomerTables>(
  transaction: Transaction<T>,
  entries: readonly AccessEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const tables = transaction as unknown as Transaction<CustomerTables>;
  await tables.insertInto('access_record').values(entries.map(toRow)).execute();
}

/** Keeps an entry unless there is no such customer. One statement either way: its time says little about which. */
export async function noteIfKnown(store: Store, entry: AccessEntry): Promise<void> {
  const { customerId, at, actorKind, actor, subsidiary, operation, purpose, reason } = entry;
  await sql`
    insert into access_record (customer_id, at, actor_kind, actor, subsidiary, operation, purpose, reason)
    select id, ${at}, ${actorKind}, ${actor}, ${subsidiary}, ${operation}, ${purpose}, ${reason}
    from customer where id = ${customerId}`.execute(store.tables<CustomerTables>());
}

/** The entry as it is kept before it is sealed. */
export function toRow(entry: AccessEntry) {
  const { customerId, at, actorKind, actor, subsidiary, operation, purpose, reason } = entry;
  return { customer_id: customerId, at, actor_kind: actorKind, actor, subsidiary, operation, purpose, reason };
}
