import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instantOf } from '#lib/kernel';
import type { Contributions } from './contributions.js';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import { CustomerNumbers } from './customer-numbers.js';
import { loadCustomer } from './persistence/load-customer.js';
import { customerMigrations } from './persistence/migrations.js';
import type { CustomerTables } from './persistence/tables.js';

describe('customers by their numbers', () => {
  const clock = new TestClock();
  let database: TestStore;
  let numbers: CustomerNumbers;
  let account: string;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
    const proof = { normalise: (number: string) => (/^\d+$/.test(number) ? number.padStart(4, '0') : undefined) };
    const contributions = { findLinkProof: (key: string) => (key === 'HARBOUR' ? proof : undefined) };
    numbers = new CustomerNumbers(database.store, contributions as unknown as Contributions, clock);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(() => {
    account = String(randomInt(1e12, 9e12));
  });

  const newHolder = async (): Promise<string> => {
    const id = randomUUID();
    const at = instantOf(clock.now());
    const tables = database.store.tables<CustomerTables>();
    await tables.insertInto('customer').values({ id, name: 'Nele Anker', subject: id, created_at: at }).execute();
    const link = { customer_id: id, subsidiary: 'HARBOUR', account, proof: 'letter-code', linked_at: at } as const;
    await tables.insertInto('customer_link').values(link).execute();
    return id;
  };

  it('are all who hold the number in that company', async () => {
    const holders = [await newHolder(), await newHolder()];
    expect(await numbers.listHolders('HARBOUR', account)).toEqual(holders);
    expect(await numbers.listHolders('OFFICE', account)).toEqual([]);
  });

  it('begin to exist for a number that nobody holds: once, without a sign-in, linked by an agent', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => numbers.holdersOrNew('Erna Kai', 'HARBOUR', account)));
    expect(new Set(made.flat()).size).toBe(1);
    expect(await loadCustomer(database.store, 'id', made[0]![0]!)).toMatchObject({
      name: 'Erna Kai',
      subject: null,
      links: { HARBOUR: account },
      rightsEpoch: 1,
    });
    const links = database.store.tables<CustomerTables>().selectFrom('customer_link').select('proof');
    expect(await links.where('account', '=', account).execute()).toEqual([{ proof: 'agent' }]);
  });

  it('stay as they are for a number that somebody holds', async () => {
    const holder = await newHolder();
    expect(await numbers.holdersOrNew('Erna Kai', 'HARBOUR', account)).toEqual([holder]);
    expect(await loadCustomer(database.store, 'id', holder)).toMatchObject({ name: 'Nele Anker' });
  });

  it('have numbers in the spelling of the company, and none in one without', () => {
    expect(numbers.normalise('HARBOUR', '12')).toBe('0012');
    expect([numbers.normalise('HARBOUR', 'x'), numbers.normalise('OFFICE', '12')]).toEqual([undefined, undefined]);
  });
});
