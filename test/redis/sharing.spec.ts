import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { raiseDataEpoch, type CustomerTables } from '#lib/customer';
import { sql, Store, type Transaction } from '#lib/store';
import { hasRedisServer, until } from '#lib/testing';
import type { GraphAnswer } from '../harness.js';
import { countCalls } from './count-calls.js';
import { openRedisHouse, type RedisHouse } from './redis-house.js';

const withRedis = hasRedisServer('gateways that share a Redis') ? describe : describe.skip;

// The machine may be busy with other suites.
jest.setTimeout(60_000);

const ENERGY = `{ me { energy { contracts { number source { asOf stale } } } } }`;
const CARDS = `{ me { pools { cards { number } } } }`;

const stateOf = ({ sources }: GraphAnswer): string[] => sources.map(({ state }) => state);

withRedis('gateways that share a Redis', () => {
  let stage: RedisHouse;

  beforeAll(async () => {
    stage = await openRedisHouse({ environment: { REDIS_VALUE_KEY: Buffer.alloc(32, 7).toString('base64') } });
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(() => stage.house.control('DELETE', '/faults'));

  const ask = (query: string, persona: string, instance = 0): Promise<GraphAnswer> =>
    stage.house.graphql({ query }, { persona, instance });

  it('find what the other one has read, as it was and as old as it is', async () => {
    const first = await ask(ENERGY, 'aylin', 0);
    await stage.written();
    const second = await ask(ENERGY, 'aylin', 1);
    expect([stateOf(first), stateOf(second)]).toEqual([['LIVE'], ['CACHED']]);
    expect(second.data).toEqual(first.data);
    expect(JSON.stringify(first.data)).toMatch(/"stale":false/);
  });

  it('find it after a restart, too', async () => {
    const first = await ask(ENERGY, 'karl');
    await stage.restart(0);
    const again = await ask(ENERGY, 'karl');
    expect([stateOf(first), stateOf(again), again.data]).toEqual([['LIVE'], ['CACHED'], first.data]);
  });

  it('leave nothing readable in Redis', async () => {
    await ask(ENERGY, 'jana');
    await stage.written();
    const values = await stage.redis.readAll();
    expect(values.size).toBeGreaterThan(0);
    for (const [name, bytes] of values) {
      expect(name).toMatch(/^saaltor:[\w-]{12}:[\w-]{43}$/);
      expect(bytes.toString('latin1')).not.toMatch(/Jena|ENERGY|0300\d{6}/);
    }
  });

  it('ask the system for each of two customers who ask the same at once, and for none of them twice', async () => {
    const [ofJana, ofKim] = [
      await countCalls(stage.house, 'till', 'jana'),
      await countCalls(stage.house, 'till', 'kim'),
    ];
    const answers = await Promise.all([0, 1].flatMap(() => [ask(CARDS, 'jana'), ask(CARDS, 'kim')]));
    const [jana, kim, janaAgain, kimAgain] = answers.map(({ data }) => data);
    expect([janaAgain, kimAgain]).toEqual([jana, kim]);
    expect(jana).not.toEqual(kim);
    expect([await ofJana(), await ofKim()]).toEqual([1, 1]);
    await stage.written();
    expect(await Promise.all([ask(CARDS, 'kim', 1), ask(CARDS, 'jana', 1)])).toMatchObject([
      { data: kim },
      { data: jana },
    ]);
    expect([await ofJana(), await ofKim()]).toEqual([1, 1]);
  });

  it('ask the system anew after a change, although Redis is full of what was before', async () => {
    expect(stateOf(await ask(ENERGY, 'mandy', 0))).toEqual(['LIVE']);
    await stage.written();
    expect(stateOf(await ask(ENERGY, 'mandy', 1))).toEqual(['CACHED']);
    const answer = await fetch(`${stage.house.sandbox.controlUrl}/households/mandy`);
    const { links } = (await answer.json()) as { links: { ENERGY: string } };
    const store = stage.gateways[0]!.get(Store, { strict: false });
    await store.transaction((transaction: Transaction<CustomerTables>) =>
      raiseDataEpoch(transaction, 'ENERGY', links.ENERGY),
    );
    await until('the change is known', async () => stateOf(await ask(ENERGY, 'mandy', 1))[0] === 'LIVE');
  });

  it('ask the system anew once the database was put back from a copy, whose epochs begin before', async () => {
    expect(stateOf(await ask(ENERGY, 'sabine', 0))).toEqual(['LIVE']);
    await stage.written();
    const tables = stage.gateways[0]!.get(Store, { strict: false }).tables();
    await sql`create table put_back (like store_migrations including all)`.execute(tables);
    await sql`insert into put_back select * from store_migrations`.execute(tables);
    await sql`drop table store_migrations`.execute(tables);
    await sql`alter table put_back rename to store_migrations`.execute(tables);
    await stage.restart(1);
    expect(stateOf(await ask(ENERGY, 'sabine', 1))).toEqual(['LIVE']);
  });
});
