import { PER_SECOND, rowsOf } from './sample.js';
import type { Scenario } from './scenario.js';
import { measureWarm } from './warm.js';

/** The same with a memory cache that holds nothing, so that each read is answered by Redis. */
export const redis: Scenario = {
  name: 'redis',
  describe: 'dasselbe, aber die Angaben stehen nur in Redis (braucht REDIS_URL oder redis-server)',
  async run(bench) {
    const { contenders, redisUrl } = bench;
    if (redisUrl === undefined) {
      bench.tell('redis: not run, there is neither REDIS_URL nor redis-server');
      return undefined;
    }
    const all = [await contenders.oursExecuting(), await contenders.oursFromRedis(redisUrl)];
    const taken = await measureWarm(bench, all, 'redis');
    return {
      scenario: 'redis',
      title: 'Warm in Redis only',
      how: 'As before; the second gateway has a memory cache of one byte (`CACHE_BYTES=1`), so every value comes from Redis.',
      drawn: PER_SECOND,
      rows: rowsOf(taken),
      verdicts: [],
    };
  },
};
