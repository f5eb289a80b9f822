import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { systemClock, type Clock } from '#lib/kernel';
import {
  hasRedisServer,
  openFaultProxy,
  openTestRedis,
  settle,
  TestClock,
  until,
  type FaultProxy,
  type TestRedis,
} from '#lib/testing';
import type { CacheEntry } from '../value-cache.js';
import { openRedisValues, type RedisValues } from './redis-values.js';

const withRedis = hasRedisServer('values shared through Redis') ? describe : describe.skip;

// The machine may be busy with other suites.
jest.setTimeout(60_000);

const KEY = Buffer.alloc(32, 7).toString('base64');
const HOUR_MS = 3_600_000;

const entry = (value: unknown): CacheEntry => {
  const now = Date.now();
  return { value, freshUntil: now + HOUR_MS, staleUntil: now + 2 * HOUR_MS };
};

withRedis('values shared through Redis', () => {
  let redis: TestRedis;
  let proxy: FaultProxy;
  /** Through the proxy. */
  let address: string;
  let opened: RedisValues[];
  let said: string[];

  beforeAll(async () => {
    const note = (text: string): void => void said.push(text);
    Logger.overrideLogger({ log: note, warn: note, error: note });
    redis = await openTestRedis();
    proxy = await openFaultProxy({ path: redis.url });
    address = `${proxy.host}:${proxy.port}`;
  }, 30_000);
  afterAll(async () => {
    await proxy?.close();
    await redis?.close();
  });

  beforeEach(() => {
    opened = [];
    said = [];
  });
  afterEach(async () => {
    proxy.pass();
    for (const values of opened) await values.onApplicationShutdown();
    await redis.tell('FLUSHALL');
  });

  const start = (
    wishes: { url?: string; key?: string; mark?: string; build?: string; clock?: Clock } = {},
  ): RedisValues => {
    const { url = `redis://${address}`, key = '', mark = 's1', build = 'b1', clock = systemClock } = wishes;
    const settings = { redisUrl: url, redisPrefix: 'test', redisValueKey: key };
    const values = openRedisValues(settings, clock, { mark }, build);
    opened.push(values);
    values.onModuleInit();
    return values;
  };
  const open = async (wishes: Parameters<typeof start>[0] = {}): Promise<RedisValues> => {
    const values = start(wishes);
    await until('Redis is used', () => values.isUsable);
    return values;
  };
  /** On a starved machine even Redis may be too late for once; then it is tried again. */
  const share = async (values: RedisValues, key: string, offered: CacheEntry): Promise<void> => {
    const { written } = values.counts;
    await until('the value is written', async () => {
      values.offer(key, offered, 100);
      await values.drain();
      return values.counts.written > written;
    });
  };
  /** What Redis has, as soon as it has said so. */
  const look = async (values: RedisValues, key: string): Promise<CacheEntry | undefined> => {
    let found: CacheEntry | undefined;
    await until('Redis has answered', async () => {
      const { unanswered, unasked } = values.counts;
      found = await values.find(key);
      return values.counts.unanswered === unanswered && values.counts.unasked === unasked;
    });
    return found;
  };

  it('are found by another instance, with their own times, as long as they may be shown', async () => {
    const [one, other] = [await open(), await open()];
    const offered = entry({ contracts: ['0300000017'] });
    await share(one, '["energy.contracts","0300000017"]', offered);
    expect(await look(other, '["energy.contracts","0300000017"]')).toEqual(offered);
    expect(await look(other, '["energy.contracts","0300000018"]')).toBeUndefined();
    const [name] = await redis.listKeys();
    expect(name).not.toContain('0300000017');
    const left = await redis.tell('PTTL', name!);
    expect(left).toBeGreaterThan(HOUR_MS);
    expect(left).toBeLessThanOrEqual(2 * HOUR_MS);
  });

  it('outlive the instance, with what it had not yet written when it stopped', async () => {
    const before = await open();
    before.offer('a', entry('kept'), 100);
    await before.onApplicationShutdown();
    expect(await look(await open(), 'a')).toMatchObject({ value: 'kept' });
  });

  it('are readable with the key only, where there is one', async () => {
    const [one, other, stranger] = [await open({ key: KEY }), await open({ key: KEY }), await open()];
    const offered = entry('Jana Großmann');
    await share(one, 'a', offered);
    expect([await look(other, 'a'), await look(stranger, 'a')]).toEqual([offered, undefined]);
    const [bytes] = (await redis.readAll()).values();
    expect(bytes!.includes('Jana')).toBe(false);
  });

  it('are not found beside another state of the database, whose epochs are counted anew', async () => {
    const [one, other] = [await open(), await open({ mark: 's2' })];
    await share(one, 'a', entry('old'));
    expect([await look(other, 'a'), await look(one, 'a')]).toMatchObject([undefined, { value: 'old' }]);
  });

  it('cannot be put under another name', async () => {
    const one = await open({ key: KEY });
    await share(one, 'a', entry('of a'));
    const [nameOfA] = await redis.listKeys();
    await share(one, 'b', entry('of b'));
    const nameOfB = (await redis.listKeys()).find((name) => name !== nameOfA)!;
    await redis.tell('SET', nameOfB, (await redis.readAll()).get(nameOfA!)!);
    expect(await look(one, 'b')).toBeUndefined();
    expect(one.counts.unreadable).toBe(1);
  });

  it('of another build are not read', async () => {
    await share(await open(), 'a', entry(1));
    expect(await look(await open({ build: 'b2' }), 'a')).toBeUndefined();
  });

  it('are not written when they cannot be shown any more, or JSON would change them', async () => {
    const values = await open();
    values.offer('old', { value: 1, freshUntil: 0, staleUntil: 1 }, 100);
    values.offer('map', entry(new Map()), 100);
    await until('both are dropped', () => values.counts.dropped === 2);
    expect(await redis.listKeys()).toEqual([]);
  });

  it('cost one wait of 50 ms when Redis freezes, and then none until it answers again', async () => {
    const clock = new TestClock();
    const values = await open({ clock });
    proxy.freeze();
    const first = values.find('a');
    await clock.advance(49);
    const second = values.find('b');
    await clock.advance(1);
    await settle();
    // The second has waited 1 ms: whoever waits is let go together.
    expect(await Promise.all([first, second])).toEqual([undefined, undefined]);
    const probes = proxy.accepted + 3;
    await until('it has been probed some times', () => {
      expect(values.find('c')).toBeUndefined();
      return proxy.accepted >= probes;
    });
    expect(values.counts.unanswered).toBe(2);
    proxy.pass();
    await until('it is used again', () => values.isUsable);
    expect(await look(values, 'a')).toBeUndefined();
    expect(values.counts.misses).toBe(1);
  });

  it('are not waited for when each answer is late', async () => {
    const values = await open();
    proxy.slow(80);
    expect(await values.find('a')).toBeUndefined();
    const probes = proxy.accepted + 3;
    await until('it has been probed some times', () => proxy.accepted >= probes);
    expect([values.isUsable, values.find('a'), values.counts.unanswered]).toEqual([false, undefined, 1]);
  });

  it.each([
    ['is cut', (): void => proxy.cut()],
    ['is refused', (): void => proxy.refuse()],
  ])('are missed without a failure while the connection %s, and found again', async (_, disturb) => {
    const values = await open();
    await share(values, 'a', entry(1));
    const asked = values.find('a');
    disturb();
    // It may have been faster than the disturbance.
    expect([undefined, 1]).toContain((await asked)?.value);
    await until('the loss is noticed', () => !values.isUsable);
    expect(values.find('a')).toBeUndefined();
    values.offer('b', entry(2), 100);
    expect(values.counts.dropped).toBe(1);
    proxy.pass();
    await until('it is used again', () => values.isUsable);
    expect(await look(values, 'a')).toMatchObject({ value: 1 });
  });

  it('are missed without a failure when Redis is killed and comes back empty', async () => {
    const values = await open();
    await share(values, 'a', entry(1));
    await redis.kill();
    await until('the loss is noticed', () => !values.isUsable);
    expect(values.find('a')).toBeUndefined();
    await redis.start();
    await until('it is used again', () => values.isUsable);
    expect(await look(values, 'a')).toBeUndefined();
    await share(values, 'a', entry(2));
    expect(await look(values, 'a')).toMatchObject({ value: 2 });
  });

  it('are still read when Redis takes no more', async () => {
    const values = await open();
    await share(values, 'a', entry(1));
    await redis.tell('CONFIG', 'SET', 'maxmemory', '1');
    values.offer('b', entry(2), 100);
    await until('the value is refused', () => values.counts.dropped === 1);
    await redis.tell('CONFIG', 'SET', 'maxmemory', '0');
    expect([values.isUsable, await look(values, 'a')]).toMatchObject([true, { value: 1 }]);
    expect(said).toEqual([expect.stringMatching(/^Redis fails: OOM\. /)]);
  });

  it('need the password, and whoever has another one goes without', async () => {
    await redis.tell('CONFIG', 'SET', 'requirepass', 'swordfish');
    const [wrong, none] = [`redis://:hunter2@${address}`, `redis://${address}`].map((url) => start({ url }));
    const right = start({ url: `redis://:swordfish@${address}` });
    await until('the right one is used', () => right.isUsable);
    const tries = proxy.accepted + 4;
    await until('the others have tried some times', () => proxy.accepted >= tries);
    expect([wrong!.isUsable, none!.isUsable]).toEqual([false, false]);
    await redis.tell('CONFIG', 'SET', 'requirepass', '');
    expect(said.join('\n')).toMatch(/WRONGPASS|NOAUTH/);
    expect(said.join('\n')).not.toMatch(/hunter2|swordfish|127\.0\.0\.1/);
  });

  it('do not keep a start or a stop waiting where there has never been a Redis', async () => {
    const values = start({ url: 'redis://127.0.0.1:1' });
    expect(values.find('a')).toBeUndefined();
    await values.onApplicationShutdown();
    expect(values.isUsable).toBe(false);
  });

  it('are let go when the instance stops while Redis is frozen', async () => {
    const values = await open();
    proxy.freeze();
    const asked = values.find('a');
    values.offer('b', entry(1), 100);
    await values.onApplicationShutdown();
    expect([await asked, values.isUsable]).toEqual([undefined, false]);
  });
});
