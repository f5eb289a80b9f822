import type { Store, Transaction } from '#lib/store';
import type { CustomerTables } from './tables.js';

/** Key of an account's data in memory and in the log of changes. */
export function dataKey(subsidiary: string, account: string): string {
  return `data ${subsidiary} ${account}`;
}

/** How often the account's data were changed by us; 0 for never. */
export async function loadDataEpoch(store: Store, subsidiary: string, account: string): Promise<number> {
  const row = await store.read<CustomerTables, { epoch: number } | undefined>((reader) =>
    reader
      .selectFrom('data_epoch')
      .select('epoch')
      .where('subsidiary', '=', subsidiary)
      .where('account', '=', account)
      .executeTakeFirst(),
  );
  return row?.epoch ?? 0;
}

/**
 * Notes, within the transaction that changed something, that what was read of the account before is no longer true.
 * Every cache key holds the epoch, so nothing has to be deleted anywhere.
 */
export async function raiseDataEpoch<T extends CustomerTables>(
  transaction: Transaction<T>,
  subsidiary: string,
  account: string,
): Promise<void> {
  const tables = transaction as unknown as Transaction<CustomerTables>;
  await tables
    .insertInto('data_epoch')
    .values({ subsidiary, account, epoch: 1 })
    .onConflict((conflict) =>
      conflict.columns(['subsidiary', 'account']).doUpdateSet(({ eb }) => ({ epoch: eb('data_epoch.epoch', '+', 1) })),
    )
    .execute();
  await tables
    .insertInto('epoch_change')
    .values({ key: dataKey(subsidiary, account) })
    .execute();
}
