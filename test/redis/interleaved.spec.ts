import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasRedisServer } from '#lib/testing';
import { NO_MEMORY, openRedisHouse, type RedisHouse } from './redis-house.js';

const withRedis = hasRedisServer('many requests of two customers through Redis') ? describe : describe.skip;

const QUERY = `{ me { name energy { contracts { number } } housing { leases { number } }
  transit { fareSubscriptions { number } } pools { cards { number } } } }`;
const REQUESTS = 1_000;
const AT_ONCE = 20;
const people = ['aylin', 'jana'];

withRedis('many requests of two customers through Redis', () => {
  let stage: RedisHouse;

  beforeAll(async () => {
    stage = await openRedisHouse({ environment: NO_MEMORY });
  }, 60_000);
  afterAll(() => stage?.close());

  it('never mix their data, a thousand times interleaved on two gateways', async () => {
    const ask = (turn: number): Promise<string> =>
      stage.house
        .graphql(
          { query: QUERY },
          { persona: people[turn % 2]!, instance: Math.floor(turn / 2) % 2, headers: { prefer: 'wait=10' } },
        )
        .then(({ data, errors }) => JSON.stringify({ data, errors }));
    const own = [await ask(0), await ask(1)];
    const canaries = own.map((text) => [...new Set(text.match(/\d{6,}/g))]);
    const foreign = canaries.map((_, index) =>
      canaries[1 - index]!.filter((number) => !canaries[index]!.includes(number)),
    );
    expect(Math.min(...foreign.map(({ length }) => length))).toBeGreaterThan(0);
    await stage.written();
    let sent = 0;
    const send = async (): Promise<void> => {
      while (sent < REQUESTS) {
        const turn = (sent += 1);
        const answer = await ask(turn);
        expect(foreign[turn % 2]!.filter((number) => answer.includes(number))).toEqual([]);
        expect(answer).toBe(own[turn % 2]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    const hits = stage.values.map(({ counts }) => counts.hits);
    expect(Math.min(...hits)).toBeGreaterThan(REQUESTS / 10);
  }, 240_000);
});
