import { accessMigrations } from '#lib/access';
import { customerMigrations, pairsAmong, type CustomerTables } from '#lib/customer';
import { graphMigrations } from '#lib/graph';
import { systemClock } from '#lib/kernel';
import { processesMigrations } from '#lib/processes';
import { sql, Store, StoreSettings } from '#lib/store';

const SUBSIDIARIES = ['ENERGY', 'HOUSING', 'TRANSIT', 'POOLS'];
/** The gateway's, which has made the tables: a program that knows fewer is refused. */
const MIGRATIONS = [customerMigrations, accessMigrations, processesMigrations, graphMigrations];
/** Longest time of one statement here: it writes a million rows. */
const STATEMENT_MS = 60_000;

/** Customers who only stand in the database and never call. */
export class Population {
  private added = 0;

  private constructor(private readonly store: Store) {}

  /** @param databaseUrl of a database that has its tables */
  static async open(databaseUrl: string): Promise<Population> {
    const limits = { connections: 1, statementMs: STATEMENT_MS, startMs: 10_000, dataFolder: '' };
    const settings = Object.assign(new StoreSettings(), { databaseUrl, ...limits });
    const store = new Store(settings, systemClock, { migrations: MIGRATIONS, open: true });
    await store.onModuleInit();
    return new Population(store);
  }

  async count(): Promise<number> {
    const { rows } = await sql<{ count: string }>`select count(*) as count from customer`.execute(this.tables);
    return Number(rows[0]?.count);
  }

  /** Each with four links, and consenting to see all of them side by side. */
  async add(count: number): Promise<void> {
    const from = this.added + 1;
    const until = this.added + count;
    this.added = until;
    const series = sql`generate_series(${sql.lit(from)}::int, ${sql.lit(until)}::int) as n`;
    const id = sql`md5('bench' || n)`;
    await sql`insert into customer (id, name, subject, created_at)
      select ${id}, 'Bench ' || n, 'bench-' || n, now() from ${series}`.execute(this.tables);
    for (const subsidiary of SUBSIDIARIES) {
      await sql`insert into customer_link (customer_id, subsidiary, account, proof, linked_at)
        select ${id}, ${sql.lit(subsidiary)}, 'bench-' || n, 'sandbox', now() from ${series}`.execute(this.tables);
    }
    for (const { purpose, one, other } of pairsAmong('JOINT_PORTAL', SUBSIDIARIES)) {
      await sql`insert into consent_event (customer_id, purpose, one, other, given, text_version, channel, at)
        select ${id}, ${sql.lit(purpose)}, ${sql.lit(one)}, ${sql.lit(other)}, true, null, 'sandbox', now()
        from ${series}`.execute(this.tables);
    }
    await sql`analyze`.execute(this.tables);
  }

  close(): Promise<void> {
    return this.store.onApplicationShutdown();
  }

  private get tables() {
    return this.store.tables<CustomerTables>();
  }
}
