import { sql } from '#lib/store';
import type { Instant } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';
import type { AccessEntry } from './access-entry.js';
import { toEntry, type AccessRow } from './seal-next.js';

/** What is asked of a customer's record of access. */
export interface RecordQuery {
  readonly customerId: string;
  /** Earlier entries are left out. */
  readonly since: Instant;
  readonly first: number;
  /** Id of the entry that ended the page before; null for the first page. */
  readonly before: bigint | null;
  /** Entries about data of this subsidiary only; null for all. */
  readonly subsidiary: string | null;
}

/** A page of the record, newest first. */
export interface RecordPage {
  readonly entries: readonly (AccessEntry & { readonly id: bigint })[];
  readonly hasMore: boolean;
}

/** Reads a page by index alone, however long the record is. */
export async function readRecord(store: Store, query: RecordQuery): Promise<RecordPage> {
  const { customerId, since, first, before, subsidiary } = query;
  const { rows } = await store.read<CustomerTables, { rows: AccessRow[] }>((reader) =>
    sql<AccessRow>`
      select * from access_record
      where customer_id = ${customerId} and at >= ${since} and (${before}::bigint is null or id < ${before})
        and (${subsidiary}::text is null or subsidiary = ${subsidiary})
      order by id desc limit ${first + 1}`.execute(reader),
  );
  const entries = rows.slice(0, first).map((row) => ({ ...toEntry(row), id: row.id }));
  return { entries, hasMore: rows.length > first };
}
