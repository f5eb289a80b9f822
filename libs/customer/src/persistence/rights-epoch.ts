import { AppError } from '#lib/kernel';
import type { Transaction } from '#lib/store';
import { rightsKey } from './postgres-directory.js';
import type { CustomerTables } from './tables.js';

/**
 * Notes, within the transaction that changed who may see what of a customer, that answers made under the rights before
 * may not leave any more. Locks the customer's row, so changes of one customer come one after the other. Whoever
 * changed something answers only after `Coherence.afterCommit`.
 * @throws AppError NOT_FOUND when there is no such customer
 */
export async function raiseRightsEpoch<T extends CustomerTables>(
  transaction: Transaction<T>,
  customerId: string,
): Promise<void> {
  const tables = transaction as unknown as Transaction<CustomerTables>;
  const { numUpdatedRows } = await tables
    .updateTable('customer')
    .set(({ eb }) => ({ rights_epoch: eb('rights_epoch', '+', 1) }))
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError('NOT_FOUND', 'no such customer');
  await tables
    .insertInto('epoch_change')
    .values({ key: rightsKey(customerId) })
    .execute();
}
