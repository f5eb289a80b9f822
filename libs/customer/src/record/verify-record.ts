import { sql } from '#lib/store';
import type { Store } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';
import type { SealedEntry } from './access-entry.js';
import { ChainVerifier, type ChainFault } from './chain-verifier.js';
import { toEntry, type AccessRow } from './seal-next.js';

/** Rows fetched at once, so that a record of any length is verified in little memory. */
const PAGE = 5_000;
/** Faults kept; more are only counted. */
const MOST_FAULTS = 100;

export interface RecordReport {
  readonly customers: number;
  readonly sealed: number;
  /** Entries that wait for their seal. */
  readonly waiting: number;
  readonly faults: readonly ChainFault[];
  readonly faultCount: number;
}

/** Follows every customer's chain from its start. @param onProgress told now and then how many entries were seen */
export async function verifyRecord(store: Store, onProgress: (entries: number) => void): Promise<RecordReport> {
  const faults: ChainFault[] = [];
  let [customers, sealed, faultCount] = [0, 0, 0];
  let verifier: ChainVerifier | undefined;
  let last = { customerId: '', seq: 0 };
  for (;;) {
    const page = await fetchPage(store, last);
    for (const entry of page) {
      if (entry.customerId !== last.customerId || verifier === undefined) {
        verifier = new ChainVerifier(entry.customerId);
        customers += 1;
      }
      last = entry;
      const fault = verifier.check(entry);
      if (fault) faultCount += 1;
      if (fault && faults.length < MOST_FAULTS) faults.push(fault);
    }
    sealed += page.length;
    onProgress(sealed);
    if (page.length < PAGE) break;
  }
  return { customers, sealed, waiting: await countWaiting(store), faults, faultCount };
}

async function fetchPage(store: Store, after: { customerId: string; seq: number }): Promise<SealedEntry[]> {
  const { rows } = await store.read<CustomerTables, { rows: AccessRow[] }>((reader) =>
    sql<AccessRow>`
      select * from access_record
      where digest is not null and (customer_id, seq) > (${after.customerId}, ${after.seq})
      order by customer_id, seq limit ${PAGE}`.execute(reader),
  );
  return rows.map((row) => ({
    ...toEntry(row),
    seq: row.seq ?? 0,
    previous: row.previous ?? '',
    digest: row.digest ?? '',
  }));
}

async function countWaiting(store: Store): Promise<number> {
  const { rows } = await store.read<CustomerTables, { rows: { count: bigint }[] }>((reader) =>
    sql<{ count: bigint }>`select count(*) as count from access_record where digest is null`.execute(reader),
  );
  return Number(rows[0]?.count ?? 0);
}
