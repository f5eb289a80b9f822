import { randomBytes } from 'node:crypto';
import type { TestDatabase } from './test-database.js';

/**
 * A database of its own on the server of that URL, whose user must be allowed to create one. The server itself is left
 * alone: a stop ends all connections to this database and refuses new ones.
 */
export async function openGivenDatabase(serverUrl: string): Promise<TestDatabase> {
  const { default: pg } = await import('pg');
  const name = `saaltor_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const tell = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({
      connectionString: serverUrl,
      connectionTimeoutMillis: 5_000,
      query_timeout: 20_000,
    });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await tell(`create database ${name} encoding 'UTF8' template template0`);
  return {
    url: url.href,
    stopImmediately: () =>
      tell(
        `alter database ${name} with allow_connections false`,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      ),
    start: () => tell(`alter database ${name} with allow_connections true`),
    close: () => tell(`drop database if exists ${name} with (force)`),
  };
}
