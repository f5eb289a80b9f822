import type { Client } from 'pg';

/**
 * A start of the server, one database, one creation of the table: whoever restores a backup starts a server on it or
 * makes the tables anew. That it also changes when the server is merely restarted costs no more than a cold Redis.
 */
const MARK = `select concat_ws('/', extract(epoch from pg_postmaster_start_time()),
  (select oid from pg_database where datname = current_database()), 'store_migrations'::regclass::oid) as mark`;

/** What becomes another text when the database is replaced or put back to an earlier state; after migrations. */
export async function readStateMark(client: Client): Promise<string> {
  const { rows } = await client.query<{ mark: string }>(MARK);
  return rows[0]!.mark;
}
