import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CacheEntry, SharedValues } from '#lib/cache';
import { AppError, instantOf, type Reading, type RequestScope } from '#lib/kernel';
import { openScope, settle, TestClock } from '#lib/testing';
import type { ReadOperation, ReadRequest } from './read-operation.js';
import { Upstream } from './upstream.js';

const OPERATION: ReadOperation = {
  name: 'pond.fish',
  subsidiary: 'POND',
  system: 'ledger',
  ttlMs: 10_000,
  staleForMs: 60_000,
  deadlineMs: 8_000,
};

/** What instances share; the test answers lookups when it wants to. */
class FakeValues implements SharedValues {
  readonly entries = new Map<string, CacheEntry>();
  readonly asked: string[] = [];
  away = false;
  private held: (() => void)[] | null = null;

  find(key: string): Promise<CacheEntry | undefined> | undefined {
    this.asked.push(key);
    if (this.away) return undefined;
    const { held } = this;
    if (held === null) return Promise.resolve(this.entries.get(key));
    return new Promise((resolve) => held.push(() => resolve(this.entries.get(key))));
  }

  offer(key: string, entry: CacheEntry): void {
    this.entries.set(key, JSON.parse(JSON.stringify(entry)) as CacheEntry);
  }

  hold(): () => void {
    const held: (() => void)[] = [];
    this.held = held;
    return () => held.splice(0).forEach((answer) => answer());
  }
}

describe('a read with values shared among instances', () => {
  let clock: TestClock;
  let shared: FakeValues;
  let loads: string[];

  beforeEach(() => {
    clock = new TestClock();
    shared = new FakeValues();
    loads = [];
  });

  const instance = (values: SharedValues | null = shared): Upstream =>
    new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 }, values);
  const scope = (wishes: Parameters<typeof openScope>[1] = {}): RequestScope => openScope(clock, wishes);
  const fish = (wishes: Partial<ReadRequest<string>> = {}): ReadRequest<string> => {
    const { account = '0001' } = wishes;
    const load = (): Promise<{ value: string; omissions: [] }> => {
      loads.push(String(account));
      return Promise.resolve({ value: `fish of ${account}`, omissions: [] });
    };
    return { operation: OPERATION, account, args: [], load, ...wishes };
  };
  const out = (): Promise<never> => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'down'));
  const ask = async (
    upstream: Upstream,
    request: ReadRequest<string> = fish(),
  ): Promise<{ reading: Reading<string>; state: unknown }> => {
    const caller = scope();
    const reading = await upstream.read(request, caller);
    return { reading, state: caller.uses[0]?.state };
  };

  it('finds what another instance has read, with its age, and has it in memory from then on', async () => {
    await ask(instance());
    const asOf = instantOf(clock.now());
    await clock.advance(9_000);
    const other = instance();
    const { reading, state } = await ask(other);
    expect([reading.value, reading.source, state]).toEqual([
      'fish of 0001',
      { subsidiary: 'POND', system: 'ledger', asOf, stale: false },
      'CACHED',
    ]);
    const { length } = shared.asked;
    await ask(other);
    expect([loads.length, shared.asked.length]).toEqual([1, length]);
    // In memory with the times of the first read, not with new ones.
    await clock.advance(1_000);
    expect((await ask(other)).state).toBe('LIVE');
  });

  it('asks the system where the shared value is stale, and shows it, marked, when that is out', async () => {
    await ask(instance());
    await clock.advance(10_000);
    const { reading, state } = await ask(instance(), fish({ load: out }));
    expect([reading.value, reading.source.stale, state]).toEqual(['fish of 0001', true, 'STALE']);
    expect((await ask(instance())).state).toBe('LIVE');
    await clock.advance(70_000);
    await expect(instance().read(fish({ load: out }), scope())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('takes what another instance has refreshed in place of its own old value', async () => {
    const [one, other] = [instance(), instance()];
    await ask(one);
    await ask(other);
    await clock.advance(10_000);
    await ask(one);
    expect([(await ask(other)).state, loads.length]).toEqual(['CACHED', 2]);
  });

  it('never shares between accounts, arguments or epochs, even at once', async () => {
    await ask(instance());
    const upstream = instance();
    const readings = await Promise.all([
      ask(upstream, fish({ account: '0002' })),
      ask(upstream, fish({ account: '0003' })),
      ask(upstream, fish({ account: null })),
      ask(upstream, fish({ args: ['x'] })),
      ask(upstream, fish({ epoch: 1 })),
    ]);
    expect(readings.map(({ state }) => state)).toEqual(Array(5).fill('LIVE'));
    expect(loads).toEqual(['0001', '0002', '0003', 'null', '0001', '0001']);
    expect(new Set(shared.asked).size).toBe(6);
  });

  it('is looked up and made once for callers who ask at the same time', async () => {
    const answer = shared.hold();
    const upstream = instance();
    const readings = [ask(upstream), ask(upstream)];
    await settle();
    const late = ask(upstream);
    await settle();
    expect([shared.asked.length, loads.length]).toEqual([1, 0]);
    answer();
    expect((await Promise.all([...readings, late])).map(({ state }) => state)).toEqual(['LIVE', 'LIVE', 'LIVE']);
    expect(loads.length).toBe(1);
  });

  it('begins as early where there is nobody to look it up from as where it is never looked up', async () => {
    const away = Object.assign(new FakeValues(), { away: true });
    const stepsUntilLoad = async (values: SharedValues | null, operation = OPERATION): Promise<number> => {
      loads = [];
      void instance(values).read(fish({ operation }), scope());
      let steps = 0;
      for (; loads.length === 0; steps += 1) await Promise.resolve();
      return steps;
    };
    const unshared = await stepsUntilLoad(shared, { ...OPERATION, ttlMs: 0 });
    expect([await stepsUntilLoad(null), await stepsUntilLoad(away)]).toEqual([unshared, unshared]);
    expect(away.asked.length).toBe(1);
    expect(await stepsUntilLoad(shared)).toBeGreaterThan(unshared);
  });

  it('is neither looked up nor shared where it must be asked anew each time', async () => {
    const operation = { ...OPERATION, ttlMs: 0, staleForMs: 0 };
    await ask(instance(), fish({ operation }));
    expect([shared.asked, [...shared.entries]]).toEqual([[], []]);
  });

  it('is fresh no longer than if it had been read now, whatever the other clock said', async () => {
    const ahead = new TestClock('2026-11-22T13:00:00Z');
    const there = new Upstream(ahead, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 }, shared);
    await there.read(fish(), openScope(ahead));
    const here = instance();
    expect((await ask(here)).state).toBe('CACHED');
    shared.entries.clear();
    await clock.advance(10_000);
    expect((await ask(here, fish({ load: out }))).state).toBe('STALE');
    await clock.advance(60_000);
    await expect(here.read(fish({ load: out }), scope())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('does not go on to the system when everybody has gone during the lookup', async () => {
    const answer = shared.hold();
    const client = new AbortController();
    const reading = instance().read(fish(), scope({ signal: client.signal }));
    await settle();
    client.abort();
    await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    answer();
    await settle();
    expect(loads).toEqual([]);
  });

  it('serves whoever cannot wait longer with the stale value that the lookup has brought', async () => {
    await ask(instance());
    await clock.advance(10_000);
    const caller = scope({ waitMs: 2_000 });
    const reading = instance().read(fish({ load: () => new Promise(() => undefined) }), caller);
    await clock.advance(2_000);
    expect([(await reading).source.stale, caller.uses[0]?.state]).toEqual([true, 'STALE']);
  });
});
