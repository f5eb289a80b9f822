import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SHARED_VALUES, type RedisValues } from '#lib/cache';
import { systemClock } from '#lib/kernel';
import { openTestRedis, until, type TestRedis } from '#lib/testing';
import { openHouse, type House, type HouseOptions } from '../harness.js';

/** Setting of gateways that keep nothing in memory: then whatever is cached comes from Redis. */
export const NO_MEMORY = { CACHE_BYTES: '1' };

/** Gateways with one Redis behind their memory. */
export interface RedisHouse {
  readonly house: House;
  readonly redis: TestRedis;
  readonly gateways: readonly NestFastifyApplication[];
  /** The shared values of each gateway as it is now. */
  readonly values: readonly RedisValues[];
  /** Stops one of the gateways and starts it anew; ends when it uses Redis. */
  restart(instance: number): Promise<void>;
  /** Ends when all that was read is in Redis. */
  written(): Promise<void>;
  /** Ends when all gateways use Redis, or none. */
  used(wanted: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * As {@link openHouse}, two gateways with the real clock unless told; ends when all use Redis. It is the server
 * itself that freezes or dies: a proxy in a process as busy as this one would be too late of its own.
 */
export async function openRedisHouse(options: HouseOptions = {}): Promise<RedisHouse> {
  const redis = await openTestRedis();
  const values: RedisValues[] = [];
  const gateways: NestFastifyApplication[] = [];
  let next = 0;
  const house = await openHouse({
    clock: systemClock,
    instances: 2,
    ...options,
    environment: { ...options.environment, REDIS_URL: redis.url },
    arrange: (gateway) => {
      gateways[next] = gateway;
      values[next] = gateway.get<RedisValues>(SHARED_VALUES, { strict: false });
      next += 1;
    },
  }).catch(async (error: unknown) => {
    await redis.close();
    throw error;
  });
  const used = (wanted: boolean): Promise<void> =>
    until(`Redis is ${wanted ? '' : 'not '}used`, () => values.every(({ isUsable }) => isUsable === wanted));
  await used(true);
  return {
    house,
    redis,
    gateways,
    values,
    restart: async (instance) => {
      next = instance;
      await house.restart(instance);
      await used(true);
    },
    written: async () => void (await Promise.all(values.map((shared) => shared.drain()))),
    used,
    close: async () => {
      await house.close();
      await redis.close();
    },
  };
}
