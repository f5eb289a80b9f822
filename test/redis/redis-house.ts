import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SHARED_VALUES, type RedisValues } from '#lib/cache';
import { systemClock } from '#lib/kernel';
import { openFaultProxy, openTestRedis, until, type FaultProxy, type TestRedis } from '#lib/testing';
import { openHouse, type House, type HouseOptions } from '../harness.js';

/** Setting of gateways that keep nothing in memory: then whatever is cached comes from Redis. */
export const NO_MEMORY = { CACHE_BYTES: '1', ANSWER_BYTES: '0' };

/** Gateways with one Redis behind their memory. */
export interface RedisHouse {
  readonly house: House;
  readonly redis: TestRedis;
  /** Between the gateways and Redis where the options say so. */
  readonly network: FaultProxy;
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

export interface RedisHouseOptions extends HouseOptions {
  /** Makes the network to Redis fail instead of Redis. The proxy shares this busy process: it may be late of its own. */
  readonly throughProxy?: boolean;
}

/** As {@link openHouse}, two gateways with the real clock unless told; ends when all use Redis. */
export async function openRedisHouse({ throughProxy, ...options }: RedisHouseOptions = {}): Promise<RedisHouse> {
  const redis = await openTestRedis();
  const network = await openFaultProxy({ path: redis.url });
  const closeRedis = async (): Promise<void> => {
    await network.close();
    await redis.close();
  };
  const values: RedisValues[] = [];
  const gateways: NestFastifyApplication[] = [];
  let next = 0;
  const house = await openHouse({
    clock: systemClock,
    instances: 2,
    ...options,
    environment: {
      ...options.environment,
      REDIS_URL: throughProxy === true ? `redis://${network.host}:${network.port}` : redis.url,
    },
    arrange: (gateway) => {
      gateways[next] = gateway;
      values[next] = gateway.get<RedisValues>(SHARED_VALUES, { strict: false });
      next += 1;
    },
  }).catch(async (error: unknown) => {
    await closeRedis();
    throw error;
  });
  const used = (wanted: boolean): Promise<void> =>
    until(`Redis is ${wanted ? '' : 'not '}used`, () => values.every(({ isUsable }) => isUsable === wanted));
  await used(true);
  return {
    house,
    redis,
    network,
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
      await closeRedis();
    },
  };
}
