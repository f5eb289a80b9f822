import { instantOf } from '#lib/kernel';
import { sql, type Transaction } from '#lib/store';
import type { SessionTables } from './session.tables.js';

/**
 * Takes what may be used only once, on whichever instance.
 * @param expiresAt until when it could be tried again; afterwards its own expiry refuses it
 * @returns false when it was used before
 */
export async function takeOnce(
  transaction: Transaction<SessionTables>,
  purpose: 'login' | 'logout-token',
  id: string,
  times: { readonly now: number; readonly expiresAt: number },
): Promise<boolean> {
  await sql`
    delete from once where ctid in (
      select ctid from once where expires_at <= ${instantOf(times.now)} limit 1000 for update skip locked)`.execute(
    transaction,
  );
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('once')
    .values({ purpose, id, expires_at: instantOf(times.expiresAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
