import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sql, type Transaction } from 'kysely';
import { AppError } from '#lib/kernel';
import { openStore, openTestStore, type TestStore } from '#lib/testing';
import { violatedConstraint } from './store-errors.js';
import type { Store, StoreReader } from './store.js';

// Servers that start and crash take their time on a busy machine.
jest.setTimeout(60_000);

interface FishTable {
  id: number;
  name: string;
  weight: number;
}
interface Pond {
  fish: FishTable;
}

const MIGRATIONS = [
  {
    owner: 'pond',
    migrations: [
      { name: '0001-fish', sql: 'create table fish (id int primary key, name text, weight int not null default 0)' },
    ],
  },
];

let test: TestStore;
let store: Store;

const weigh = (reader: StoreReader<Pond>): Promise<{ weight: number }[]> =>
  reader.selectFrom('fish').select('weight').orderBy('id').execute();

/** Adds one to the fish's weight. */
const fatten = (tx: Transaction<Pond>, id: number): Promise<unknown> =>
  tx
    .updateTable('fish')
    .set(({ eb }) => ({ weight: eb('weight', '+', 1) }))
    .where('id', '=', id)
    .execute();

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('no AppError', { cause: error });
}

/** Runs until `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

/** Both callers of the returned function go on when the other has come, too. */
function meeting(): () => Promise<void> {
  let arrived = 0;
  return () => {
    arrived += 1;
    return until(() => arrived >= 2);
  };
}

beforeAll(async () => {
  test = await openTestStore(MIGRATIONS);
  store = test.store;
});

beforeEach(async () => {
  await store.transaction(async (tx: Transaction<Pond>) => {
    await tx.deleteFrom('fish').execute();
    await tx
      .insertInto('fish')
      .values([
        { id: 1, name: 'Karpfen', weight: 0 },
        { id: 2, name: 'Hecht', weight: 0 },
      ])
      .execute();
  });
});

afterAll(() => test.close());

describe('the store', () => {
  it('commits a transaction as a whole or not at all', async () => {
    const failing = store.transaction(async (tx: Transaction<Pond>) => {
      await tx.updateTable('fish').set({ weight: 9 }).execute();
      throw new AppError('CONFLICT', 'no');
    });
    expect((await failure(failing)).message).toBe('no');
    expect(await store.read(weigh)).toEqual([{ weight: 0 }, { weight: 0 }]);
  });

  it('never takes a transaction for committed in which a statement had failed', async () => {
    const swallowed = store.transaction(async (tx: Transaction<Pond>) => {
      await tx.updateTable('fish').set({ weight: 9 }).execute();
      await sql`select 1 / 0`.execute(tx).catch(() => undefined);
    });
    expect((await failure(swallowed)).message).toBe('a statement of the transaction had failed: nothing was committed');
    expect(await store.read(weigh)).toEqual([{ weight: 0 }, { weight: 0 }]);
  });

  it('runs a transaction again that was the victim of a deadlock', async () => {
    const meet = meeting();
    const both = (first: number, second: number): Promise<void> =>
      store.transaction(async (tx: Transaction<Pond>) => {
        await fatten(tx, first);
        await meet();
        await fatten(tx, second);
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(await store.read(weigh)).toEqual([{ weight: 2 }, { weight: 2 }]);
  });

  it('runs a serializable transaction again that saw what another one changed', async () => {
    const meet = meeting();
    const addSum = (id: number): Promise<void> =>
      store.transaction(async (tx: Transaction<Pond>) => {
        const fish = await weigh(tx);
        await meet();
        const weight = fish.reduce((sum, one) => sum + one.weight, 1);
        await tx.updateTable('fish').set({ weight }).where('id', '=', id).execute();
      }, 'serializable');
    await Promise.all([addSum(1), addSum(2)]);
    const weights = (await store.read(weigh)).map(({ weight }) => weight);
    expect(weights.toSorted((left, right) => left - right)).toEqual([1, 2]);
  });

  it('names the violated constraint and never a value', async () => {
    const twice = failure(
      store.tables<Pond>().insertInto('fish').values({ id: 1, name: 'kanarie', weight: 0 }).execute(),
    );
    const error = await twice;
    expect(error.code).toBe('CONFLICT');
    expect(violatedConstraint(error)).toBe('fish_pkey');
    expect(violatedConstraint(new AppError('CONFLICT', 'another'))).toBeUndefined();
    const wrong = await failure(sql`select ${'kanarie'}::text::int`.execute(store.tables()));
    expect(wrong).toMatchObject({ code: 'INTERNAL', details: { system: 'store', upstreamCode: '22P02' } });
    for (const { message, cause } of [error, wrong]) expect(`${message} ${String(cause)}`).not.toMatch(/kanarie/);
  });

  it('gives values in the types of the house', async () => {
    const { rows } = await sql`select date '2026-03-29' as date, timestamptz '2026-03-29 03:30:00.25+02' as instant,
      numeric '12.340' as amount, bigint '9007199254740993' as epoch, null::date as nothing`.execute(store.tables());
    expect(rows).toEqual([
      {
        date: '2026-03-29',
        instant: '2026-03-29T01:30:00.250Z',
        amount: '12.340',
        epoch: 9007199254740993n,
        nothing: null,
      },
    ]);
  });

  it('tells the time of the database', async () => {
    const { rows } = await sql<{ now: string }>`select now()`.execute(store.tables());
    expect(await store.clock()).toBeGreaterThanOrEqual(Date.parse(rows[0]!.now));
  });

  it('is marked the same on every instance, and anew where its tables were put back from a copy', async () => {
    const before = await test.another();
    await sql`create table put_back (like store_migrations including all)`.execute(store.tables());
    await sql`insert into put_back select * from store_migrations`.execute(store.tables());
    await sql`drop table store_migrations`.execute(store.tables());
    await sql`alter table put_back rename to store_migrations`.execute(store.tables());
    const after = await test.another();
    expect([before.mark, after.mark]).toEqual([store.mark, expect.not.stringMatching(/^$/)]);
    expect(after.mark).not.toBe(store.mark);
  });

  it('ends a statement that takes too long', async () => {
    const hasty = await openStore(test.url, MIGRATIONS, { STORE_STATEMENT_MS: '100' });
    try {
      const error = await failure(sql`select pg_sleep(20)`.execute(hasty.tables()));
      expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { system: 'store', upstreamCode: '57014' } });
    } finally {
      await hasty.onApplicationShutdown();
    }
  });

  it('says that it is not open any more', async () => {
    const other = await openStore(test.url, MIGRATIONS);
    await other.onApplicationShutdown();
    expect((await failure(other.read(weigh))).message).toBe('the store is not open');
  });
});

describe('the store, when PostgreSQL fails', () => {
  it('reads on over a restart, with at most coded errors, and then without', async () => {
    const end = new AbortController();
    const failures: unknown[] = [];
    let answers = 0;
    const readers = Array.from({ length: 4 }, async () => {
      while (!end.signal.aborted) {
        await store.read(weigh).then(
          () => (answers += 1),
          (error: unknown) => failures.push(error),
        );
      }
    });
    await until(() => answers > 20);
    await test.restart();
    const before = answers;
    await until(() => answers > before + 20);
    end.abort();
    await Promise.all(readers);
    expect(failures.filter((error) => !(error instanceof AppError && error.code.startsWith('UPSTREAM_')))).toEqual([]);
    expect(await store.read(weigh)).toHaveLength(2);
  });

  it('reads once more when the connection broke on the way', async () => {
    let attempts = 0;
    const weights = await store.read(async (reader: StoreReader<Pond>) => {
      attempts += 1;
      if (attempts === 1) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(reader);
      return weigh(reader);
    });
    expect({ attempts, weights: weights.length }).toEqual({ attempts: 2, weights: 2 });
  });

  it('fails a transaction whose connection broke, once, and nothing of it stays', async () => {
    let attempts = 0;
    const broken = store.transaction(async (tx: Transaction<Pond>) => {
      attempts += 1;
      await tx.updateTable('fish').set({ weight: 9 }).execute();
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
    });
    expect(await failure(broken)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { system: 'store' } });
    expect(attempts).toBe(1);
    expect(await store.read(weigh)).toEqual([{ weight: 0 }, { weight: 0 }]);
  });

  it('is unavailable while it is stopped, and works when it is back', async () => {
    await test.stopImmediately();
    try {
      const [error] = await Promise.all([failure(store.read(weigh)), failure(store.clock())]);
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { system: 'store' } });
    } finally {
      await test.start();
    }
    expect(await store.read(weigh)).toHaveLength(2);
  });

  it('hears notices of other instances, also after a restart', async () => {
    const heard: string[] = [];
    const other = await test.another();
    const cancel = store.listen('pond', (payload) => heard.push(payload));
    /** The listener's connection opens in its own time, so the notice is repeated until it arrives. */
    const notify = async (payload: string): Promise<void> => {
      while (!heard.includes(payload)) {
        await other.read((reader) => sql`select pg_notify('pond', ${payload})`.execute(reader)).catch(() => undefined);
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
      }
    };
    await notify('before');
    await test.restart();
    await notify('after');
    cancel();
    expect([...new Set(heard)]).toEqual(['before', 'after']);
    expect(() => store.listen('pond; drop table fish', () => undefined)).toThrow('no name of a channel');
  });
});

describe('opening the store', () => {
  it('waits for the database no longer than told, and says what to do', async () => {
    const dead = new URL(test.url);
    dead.port = '1';
    await expect(openStore(dead.href, [], { STORE_START_MS: '300' })).rejects.toThrow(
      'The database does not answer within 300 ms (ECONNREFUSED). Cure: start it, correct DATABASE_URL,',
    );
  });

  it('gives up at once when the database refuses us, and prints no part of the address', async () => {
    const wrong = new URL(test.url);
    wrong.pathname = '/kanarie';
    const opening = openStore(wrong.href);
    await expect(opening).rejects.toThrow('The database refuses us (3D000). Cure: correct DATABASE_URL.');
    await expect(opening).rejects.not.toThrow(/kanarie/);
  });

  it('takes only a database address', async () => {
    await expect(openStore('http://127.0.0.1')).rejects.toThrow(/DATABASE_URL must look like postgres:/);
  });
});
