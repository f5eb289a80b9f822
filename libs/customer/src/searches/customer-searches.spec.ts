import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instantOf, Refusal, type AgentPrincipal } from '#lib/kernel';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import { customerMigrations } from '../persistence/migrations.js';
import type { CustomerTables } from '../persistence/tables.js';
import { CustomerSearches, type CustomerSearch } from './customer-searches.js';

describe('searches for customers', () => {
  const clock = new TestClock();
  let database: TestStore;
  let searches: CustomerSearches;
  let search: CustomerSearch;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
    searches = new CustomerSearches(database.store, clock);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(() => {
    const agent: AgentPrincipal = {
      kind: 'agent',
      subject: randomUUID(),
      subsidiary: 'HARBOUR',
      role: 'service',
      mandate: null,
      expiresAt: clock.now() + 1,
    };
    search = { agent, subsidiary: 'HARBOUR', operation: 'harbour.find', criteria: ['name', 'postcode'] };
  });

  const tables = () => database.store.tables<CustomerTables>();
  const holderOf = async (account: string, subsidiary = 'HARBOUR'): Promise<string> => {
    const id = randomUUID();
    const at = instantOf(clock.now());
    await tables().insertInto('customer').values({ id, name: 'Nele Anker', subject: id, created_at: at }).execute();
    const link = { customer_id: id, subsidiary, account, proof: 'agent', linked_at: at } as const;
    await tables().insertInto('customer_link').values(link).execute();
    return id;
  };
  const begin = async (): Promise<string> => {
    const begun = await searches.begin(search);
    if (begun instanceof Refusal) throw new Error(begun.code);
    return begun;
  };
  const rowOf = (id: string) => tables().selectFrom('customer_search').selectAll().where('id', '=', id).execute();
  const noted = () =>
    tables().selectFrom('access_record').selectAll().where('actor', '=', search.agent.subject).execute();

  it('are recorded with who searched by what, before anything is found', async () => {
    expect(await rowOf(await begin())).toMatchObject([
      { agent: search.agent.subject, subsidiary: 'HARBOUR', criteria: 'name postcode', hits: null },
    ]);
  });

  it('tell everyone who appeared and is a customer here, and nobody else', async () => {
    const account = String(randomInt(1e12, 9e12));
    const holders = [await holderOf(account), await holderOf(account)];
    await holderOf(account, 'LIBRARY');
    const id = await begin();
    await searches.end(id, search, 3, [account, '1']);
    expect(await rowOf(id)).toMatchObject([{ hits: 3 }]);
    const entries = await noted();
    expect(entries.map(({ customer_id: customerId }) => customerId).toSorted()).toEqual(holders.toSorted());
    expect(entries[0]).toMatchObject({
      actor_kind: 'agent',
      operation: 'harbour.find',
      purpose: 'COUNTER_ADVICE',
      reason: 'found in a search by name, postcode',
    });
  });

  it('that show nobody note nobody', async () => {
    await searches.end(await begin(), search, 21, []);
    expect(await noted()).toEqual([]);
  });

  it('are sixty in an hour for one agent, however many at once, and none the less for others', async () => {
    const outcomes = await Promise.all(Array.from({ length: 65 }, () => searches.begin(search)));
    expect(outcomes.filter((outcome) => outcome instanceof Refusal)).toHaveLength(5);
    const refusal = (await searches.begin(search)) as Refusal;
    expect([refusal.code, refusal.retryAfterSeconds]).toEqual(['TOO_MANY_ATTEMPTS', 3_600]);
    const other = { ...search, agent: { ...search.agent, subject: randomUUID() } };
    expect(await searches.begin(other)).toEqual(expect.any(String));
    await clock.advance(3_600_000);
    await begin();
  });

  it('are forgotten after two years', async () => {
    const id = await begin();
    await clock.advance(2 * 365 * 86_400_000);
    await begin();
    expect(await rowOf(id)).toHaveLength(1);
    await clock.advance(86_400_000);
    await begin();
    expect(await rowOf(id)).toEqual([]);
  });
});
