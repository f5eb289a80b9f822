import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#lib/store';
import { instantOf, type Instant } from '#lib/kernel';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import { customerMigrations } from '../persistence/migrations.js';
import type { CustomerTables } from '../persistence/tables.js';
import { AccessRecord } from './access-record.js';
import type { AccessEntry } from './access-entry.js';
import { readRecord } from './read-record.js';
import { verifyRecord } from './verify-record.js';

const EARLIEST = '2024-11-22T00:00:00.000Z' as Instant;

const entry = (customerId: string, minute: number): AccessEntry => ({
  customerId,
  at: instantOf(Date.UTC(2026, 10, 22, 12, minute)),
  actorKind: 'agent',
  actor: 'agent-7',
  subsidiary: 'HOUSING',
  operation: 'housing.leases',
  purpose: 'COUNTER_ADVICE',
  reason: `Frage ${minute}; "Müller" \\ ñ`,
});

describe('the record of access', () => {
  let database: TestStore;
  let record: AccessRecord;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
    record = new AccessRecord(database.store, new TestClock());
  }, 60_000);
  afterEach(() => sql`truncate access_record`.execute(database.store.tables()));
  afterAll(() => database.close());

  const verify = () => verifyRecord(database.store, () => undefined);

  it('is sealed customer by customer, by several instances at once, and verifies', async () => {
    const entries = Array.from({ length: 60 }, (_, index) => entry(`c${index % 3}`, index));
    await Promise.all(entries.map((single) => record.note([single])));
    const second = new AccessRecord(await database.another(), new TestClock());
    await Promise.all([record.sealAll(), second.sealAll(), record.sealAll()]);
    expect(await verify()).toEqual({ customers: 3, sealed: 60, waiting: 0, faults: [], faultCount: 0 });
  });

  it('keeps a refusal for customers who exist, and nothing for invented ones', async () => {
    const at = entry('c1', 1).at;
    const customer = { id: 'known', name: 'Kim', subject: null, created_at: at };
    const customers = database.store.tables<CustomerTables>();
    await customers.insertInto('customer').values(customer).execute();
    await record.noteRefusal(entry('known', 1));
    await record.noteRefusal(entry('invented', 1));
    expect((await record.list('known', 10, null)).entries).toMatchObject([entry('known', 1)]);
    await record.sealAll();
    expect(await verify()).toMatchObject({ sealed: 1, faultCount: 0 });
  });

  it('goes on where the chain ended', async () => {
    await record.note([entry('c1', 1)]);
    await record.sealAll();
    await record.note([entry('c1', 2), entry('c1', 3)]);
    expect((await verify()).waiting).toBe(2);
    await record.sealAll();
    expect(await verify()).toMatchObject({ sealed: 3, faultCount: 0 });
  });

  it.each([
    ['a changed character', `update access_record set reason = reason || '.' where seq = 2`, 2, 'changed'],
    ['a flipped byte of a digest', `update access_record set digest = reverse(digest) where seq = 2`, 2, 'changed'],
    ['a removed entry', `delete from access_record where seq = 2`, 3, 'missing'],
    ['a changed time', `update access_record set at = at + interval '1 second' where seq = 3`, 3, 'changed'],
  ])('betrays %s with customer and place', async (_, tampering, seq, reason) => {
    await record.note([1, 2, 3, 4].map((minute) => entry('c1', minute)));
    await record.sealAll();
    await sql.raw(tampering).execute(database.store.tables());
    expect((await verify()).faults[0]).toEqual({ customerId: 'c1', seq, reason });
  });

  it('is read newest first, page by page, for one customer and as far back as asked', async () => {
    await record.note([...Array.from({ length: 5 }, (_, index) => entry('c1', index)), entry('c2', 9)]);
    const query = { customerId: 'c1', since: EARLIEST, first: 3, before: null, subsidiary: null };
    const first = await readRecord(database.store, query);
    const second = await readRecord(database.store, { ...query, before: first.entries.at(-1)!.id });
    expect([...first.entries, ...second.entries].map(({ reason }) => reason.slice(0, 7))).toEqual(
      [4, 3, 2, 1, 0].map((minute) => `Frage ${minute}`),
    );
    expect([first.hasMore, second.hasMore]).toEqual([true, false]);
    const recent = await readRecord(database.store, { ...query, since: entry('c1', 4).at });
    expect(recent.entries).toHaveLength(1);
    const { subsidiary } = entry('c1', 4);
    const own = [subsidiary, `not ${subsidiary}`].map((key) =>
      readRecord(database.store, { ...query, subsidiary: key }),
    );
    expect((await Promise.all(own)).map(({ entries }) => entries.length)).toEqual([3, 0]);
  });
});
