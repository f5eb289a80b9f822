import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hasRedisServer } from '#lib/testing';
import { readAsked, readOnlyNames } from '../asked-queries.js';
import type { GraphAnswer } from '../harness.js';
import { openRedisHouse, type RedisHouse } from './redis-house.js';

const withRedis = hasRedisServer('answers of which all that can is from Redis') ? describe : describe.skip;

// The machine may be busy with other suites.
jest.setTimeout(60_000);

/** What a model holds must come back from Redis as it was: each query of `test/queries` is asked on two gateways. */
withRedis('answers of which all that can is from Redis', () => {
  let stage: RedisHouse;

  beforeAll(async () => {
    // The clocks of both gateways and the sandbox stand still: so do all ages.
    stage = await openRedisHouse({ clock: undefined });
  }, 60_000);
  afterAll(() => stage?.close());

  const ask = (name: string, instance: number): Promise<GraphAnswer> => {
    const { query, variables, persona, headers } = readAsked(name);
    return stage.house.graphql({ query, variables }, { persona, instance, headers });
  };

  it.each(readOnlyNames)('are the same as from the systems: %s', async (name) => {
    const live = await ask(name, 0);
    await stage.written();
    const shared = await ask(name, 1);
    expect([shared.status, shared.data, shared.errors]).toEqual([live.status, live.data, live.errors]);
  });

  it('came from Redis, and nothing was lost on the way', () => {
    const [there, here] = stage.values.map(({ counts }) => counts);
    expect(there).toMatchObject({ dropped: 0, unanswered: 0, unreadable: 0 });
    expect(here!.hits).toBeGreaterThan(20);
    // Public data that both fetch at their start and the like.
    expect(here!.written).toBeLessThan(here!.hits);
  });
});
