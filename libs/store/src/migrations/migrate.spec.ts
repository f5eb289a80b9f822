import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { openStore, openTestDatabase, type TestDatabase } from '#lib/testing';
import type { Store } from '../store.js';
import type { MigrationSet } from './migration.js';

// Servers that start and crash take their time on a busy machine.
jest.setTimeout(60_000);

const POND: MigrationSet = {
  owner: 'pond',
  migrations: [
    { name: '0001-fish', sql: 'create table fish (id int primary key); insert into fish values (1)' },
    { name: '0002-counts', sql: 'insert into fish select max(id) + 1 from fish' },
  ],
};

let database: TestDatabase;
const stores: Store[] = [];

async function open(...sets: MigrationSet[]): Promise<Store> {
  const store = await openStore(database.url, sets);
  stores.push(store);
  return store;
}

async function ask(statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

const changed = (index: number, sql: string): MigrationSet => ({
  ...POND,
  migrations: POND.migrations.map((migration, at) => (at === index ? { ...migration, sql } : migration)),
});

beforeAll(async () => {
  database = await openTestDatabase();
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.onApplicationShutdown();
  await ask('drop table if exists store_migrations, fish, birds');
});

afterAll(() => database.close());

describe('migrations', () => {
  it('are applied in order, once, and recorded', async () => {
    await open(POND);
    await open(POND);
    expect(await ask('select id from fish order by id')).toEqual([1, 2]);
    expect(await ask("select owner || '/' || name from store_migrations order by 1")).toEqual([
      'pond/0001-fish',
      'pond/0002-counts',
    ]);
  });

  it('are applied once by instances that start at the same time', async () => {
    await Promise.all(Array.from({ length: 6 }, () => open(POND)));
    expect(await ask('select id from fish order by id')).toEqual([1, 2]);
  });

  it('go on where the last release ended, lib by lib', async () => {
    await open(
      { ...POND, migrations: POND.migrations.slice(0, 1) },
      { owner: 'sky', migrations: [{ name: '0001', sql: 'create table birds (id int)' }] },
    );
    await open(POND, { owner: 'sky', migrations: [{ name: '0001', sql: 'create table birds (id int)' }] });
    expect(await ask('select id from fish order by id')).toEqual([1, 2]);
  });

  it('are refused when an applied one was changed', async () => {
    await open(POND);
    await expect(open(changed(1, 'select 1'))).rejects.toThrow(
      /^Migration pond\/0002-counts was changed after it was applied\. Cure: /,
    );
  });

  it('are refused when an applied one is missing', async () => {
    await open(POND);
    await expect(open({ ...POND, migrations: POND.migrations.slice(0, 1) })).rejects.toThrow(
      /^Migration pond\/0002-counts was applied to the database, but this program does not have it\. Cure: /,
    );
  });

  it('are refused when a new one comes before an applied one', async () => {
    await open(POND);
    const late = { ...POND, migrations: [{ name: '0000-late', sql: 'select 1' }, ...POND.migrations] };
    await expect(open(late)).rejects.toThrow(/^Migration pond\/0000-late is new, but a later one is applied\. Cure: /);
  });

  it('leave nothing behind of one that fails, and name it without values', async () => {
    const failing = changed(1, "insert into fish values (7); insert into fish values ('kanarie'::text::int)");
    await expect(open(failing)).rejects.toThrow(
      'Migration pond/0002-counts failed (SQLSTATE 22P02). Nothing of it was applied.',
    );
    expect(await ask('select id from fish')).toEqual([1]);
    await open(POND);
    expect(await ask('select id from fish order by id')).toEqual([1, 2]);
  });

  it('must have names in order and owners once', async () => {
    await expect(open({ ...POND, migrations: POND.migrations.toReversed() })).rejects.toThrow(
      'migration pond/0001-fish is out of order',
    );
    await expect(open(POND, POND)).rejects.toThrow('two sets of migrations have the same owner');
  });
});
