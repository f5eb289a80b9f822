import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#lib/store';
import { instantOf, systemClock } from '#lib/kernel';
import { openTestStore, type TestStore } from '#lib/testing';
import type { Store } from '#lib/store';
import { Coherence } from './coherence/coherence.js';
import { CustomerSeed, type SeededCustomer } from './customer-seed.js';
import { customerMigrations } from './persistence/migrations.js';
import { PostgresDirectory } from './persistence/postgres-directory.js';
import { PostgresEpochLog } from './persistence/postgres-epoch-log.js';
import { CustomerRights } from './rights/customer-rights.js';

const AT = instantOf(Date.parse('2026-11-22T12:00:00Z'));

class City extends CustomerSeed {
  asked = 0;

  async describe(subject: string): Promise<SeededCustomer | undefined> {
    this.asked += 1;
    return subject === 'nobody'
      ? undefined
      : { id: `id-${subject}`, name: subject, links: { ENERGY: '1', HOUSING: '2' }, at: AT };
  }
}

/** One gateway's view of customers. */
class Instance {
  readonly coherence: Coherence;
  readonly directory: PostgresDirectory;
  readonly rights: CustomerRights;

  constructor(store: Store, seed: CustomerSeed) {
    this.coherence = new Coherence(new PostgresEpochLog(store), systemClock);
    this.directory = new PostgresDirectory(store, this.coherence, seed);
    this.rights = new CustomerRights(store, this.coherence, systemClock);
  }
}

const portal = (subsidiaries: string[]) => ({
  purpose: 'JOINT_PORTAL' as const,
  subsidiaries,
  textVersion: '2026-11-1',
  channel: 'portal',
});

describe('the rights of a customer', () => {
  const seed = new City();
  let database: TestStore;
  let one: Instance;
  let other: Instance;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
    one = new Instance(database.store, seed);
    other = new Instance(await database.another(), seed);
    await Promise.all([one.coherence.onModuleInit(), other.coherence.onModuleInit()]);
  }, 60_000);
  afterAll(async () => {
    one.coherence.onApplicationShutdown();
    other.coherence.onApplicationShutdown();
    await database.close();
  });

  const idOf = async (subject: string): Promise<string> => (await one.directory.findBySubject(subject))!.id;

  it('begin with the seed, once, however many ask at the same time', async () => {
    const found = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((count) => (count % 2 ? one : other).directory.findBySubject('anna')),
    );
    expect(new Set(found.map((customer) => customer?.id)).size).toBe(1);
    expect(found[0]?.links).toEqual({ ENERGY: '1', HOUSING: '2' });
    expect(found[0]?.consents.covers('JOINT_PORTAL', 'HOUSING', 'ENERGY')).toBe(true);
  });

  it('are none for a subject that nobody knows', async () => {
    expect(await one.directory.findBySubject('nobody')).toBeUndefined();
  });

  it('are asked of the database once while nothing changes', async () => {
    const id = await idOf('berta');
    const first = await one.directory.find(id);
    expect(await one.directory.find(id)).toBe(first);
  });

  it('have changed on every instance by the time the withdrawal answers', async () => {
    const id = await idOf('carla');
    await other.directory.find(id);
    const changed = await one.rights.withdrawConsent(id, { ...portal(['ENERGY']), textVersion: null });
    const elsewhere = other.coherence.find<typeof changed>(`rights ${id}`) ?? (await other.directory.find(id));
    for (const customer of [changed, elsewhere]) {
      expect(customer?.consents.covers('JOINT_PORTAL', 'ENERGY', 'ENERGY')).toBe(false);
      expect(customer?.consents.covers('JOINT_PORTAL', 'ENERGY', 'HOUSING')).toBe(false);
      expect(customer?.consents.covers('JOINT_PORTAL', 'HOUSING', 'HOUSING')).toBe(true);
      expect(customer?.rightsEpoch).toBe(2);
    }
  });

  it('come back with a new consent and go again, with every declaration kept', async () => {
    const id = await idOf('dora');
    await one.rights.withdrawConsent(id, portal(['ENERGY', 'HOUSING']));
    const given = await one.rights.giveConsent(id, portal(['HOUSING', 'ENERGY']));
    expect(given.consents.covers('JOINT_PORTAL', 'ENERGY', 'HOUSING')).toBe(true);
    const { rows } = await sql<{ count: bigint }>`select count(*) from consent_event where customer_id = ${id}`.execute(
      database.store.tables(),
    );
    expect(rows[0]?.count).toBe(9n);
  });

  it('follow links: a number replaces the one before, and unlinking ends it', async () => {
    const id = await idOf('erna');
    expect((await one.rights.link(id, 'ENERGY', '0007', 'second-fact')).links).toEqual({
      HOUSING: '2',
      ENERGY: '0007',
    });
    expect((await one.rights.unlink(id, 'ENERGY')).links).toEqual({ HOUSING: '2' });
  });

  it('count every one of many changes at the same time', async () => {
    const id = await idOf('fina');
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? one : other).rights.link(id, 'POOLS', String(index), 'agent'),
      ),
    );
    expect((await one.directory.find(id))?.rightsEpoch).toBe(11);
  });

  it('cannot change for a customer who does not exist', async () => {
    await expect(one.rights.unlink('nobody', 'ENERGY')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the log of changes', () => {
  let database: TestStore;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
  }, 60_000);
  afterAll(() => database.close());

  it('misses no change, though transactions commit out of order', async () => {
    const log = new PostgresEpochLog(database.store);
    const start = await log.read(null);
    let letEarlyCommit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letEarlyCommit = resolve));
    let begun: () => void = () => undefined;
    const early = new Promise<void>((resolve) => (begun = resolve));
    const first = database.store.transaction(async (transaction) => {
      await sql`insert into epoch_change (key) values ('early')`.execute(transaction);
      begun();
      await held;
    });
    await early;
    await sql`insert into epoch_change (key) values ('late')`.execute(database.store.tables());
    const between = await log.read(start.next);
    letEarlyCommit();
    await first;
    const after = await log.read(between.next);
    expect(between.changes.map(({ key }) => key)).toEqual(['late']);
    expect(after.changes.map(({ key }) => key)).toContain('early');
  });

  it('forgets what is older than an hour', async () => {
    const log = new PostgresEpochLog(database.store);
    const { next } = await log.read(null);
    await sql`insert into epoch_change (key, at) values ('old', now() - interval '2 hours'), ('new', now())`.execute(
      database.store.tables(),
    );
    await log.forget();
    expect((await log.read(next)).changes.map(({ key }) => key)).toEqual(['new']);
  });
});
