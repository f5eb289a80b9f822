import { Injectable } from '@nestjs/common';
import { sql } from '#lib/store';
import { Store } from '#lib/store';
import { EpochLog, type LogPage } from '../coherence/epoch-log.js';
import type { CustomerTables } from './tables.js';

interface Row {
  readonly next: string;
  readonly keys: readonly string[];
}

/**
 * The log of changes as rows with the id of the transaction that wrote them. Transactions commit out of order, so a
 * look takes everything from the oldest transaction that was still under way at the look before: some rows come twice,
 * none is missed.
 */
@Injectable()
export class PostgresEpochLog extends EpochLog {
  constructor(private readonly store: Store) {
    super();
  }

  async read(from: string | null): Promise<LogPage> {
    // One statement sees one snapshot, also where it asks for that snapshot.
    const statement = sql<Row>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as next,
        coalesce((select json_agg(distinct key) from epoch_change where txid >= ${from}::xid8), '[]') as keys`;
    const { rows } = await statement.execute(this.store.tables<CustomerTables>());
    const [row] = rows;
    if (row === undefined) throw new Error('the log of changes answered nothing');
    return { next: row.next, changes: row.keys.map((key) => ({ key })) };
  }

  /** Removes what every instance has long seen; instances that were away longer begin anew. */
  async forget(): Promise<void> {
    await sql`delete from epoch_change where at < now() - interval '1 hour'`.execute(
      this.store.tables<CustomerTables>(),
    );
  }
}
