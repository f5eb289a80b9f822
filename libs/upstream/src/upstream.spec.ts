import { beforeEach, describe, expect, it } from '@jest/globals';
import { AppError, type Loaded, type RequestScope } from '#lib/kernel';
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

const loaded = <T>(value: T): Loaded<T> => ({ value, omissions: [] });

/** A load that ends when the test says so. */
function heldLoad(): {
  load: ReadRequest<string>['load'];
  calls: AbortSignal[];
  answer: (value: string) => void;
  fail: (error: Error) => void;
} {
  const calls: AbortSignal[] = [];
  let answer: (value: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const load = ({ signal }: { signal: AbortSignal }): Promise<Loaded<string>> => {
    calls.push(signal);
    return new Promise((resolve, reject) => {
      answer = (value) => resolve(loaded(value));
      fail = reject;
    });
  };
  return { load, calls, answer: (value) => answer(value), fail: (error) => fail(error) };
}

describe('a read', () => {
  let clock: TestClock;
  let upstream: Upstream;
  const scope = (wishes: Parameters<typeof openScope>[1] = {}): RequestScope => openScope(clock, wishes);
  const request = (
    load: ReadRequest<string>['load'],
    account: string | null = '0001',
    operation = OPERATION,
  ): ReadRequest<string> => ({
    operation,
    account,
    args: [],
    load,
  });

  beforeEach(() => {
    clock = new TestClock();
    upstream = new Upstream(clock, { concurrent: 2, waiting: 2, cacheBytes: 1_000_000 });
  });

  it('tells its load for whom it is, so that reads of one account may share a request', async () => {
    const accounts: unknown[] = [];
    const load: ReadRequest<string>['load'] = ({ account }) => {
      accounts.push(account);
      return Promise.resolve(loaded('fish'));
    };
    await upstream.read(request(load), scope());
    await upstream.read(request(load, null), scope());
    expect(accounts).toEqual(['0001', null]);
  });

  it('is LIVE first and CACHED within its time to live, with the age of the first answer', async () => {
    let calls = 0;
    const load = (): Promise<Loaded<string>> => Promise.resolve(loaded(`fish ${(calls += 1)}`));
    const first = scope();
    expect((await upstream.read(request(load), first)).value).toBe('fish 1');
    await clock.advance(9_999);
    const second = scope();
    const reading = await upstream.read(request(load), second);
    expect([reading.value, reading.source.asOf]).toEqual(['fish 1', '2026-11-22T12:00:00.000Z']);
    await clock.advance(1);
    expect((await upstream.read(request(load), scope())).value).toBe('fish 2');
    expect([first.uses[0]?.state, second.uses[0]?.state]).toEqual(['LIVE', 'CACHED']);
  });

  it('is made once for callers who ask at the same time, but never shared between accounts', async () => {
    const one = heldLoad();
    const other = heldLoad();
    const readings = [scope(), scope()].map((caller) => upstream.read(request(one.load), caller));
    const foreign = upstream.read(request(other.load, '0002'), scope());
    await settle();
    expect([one.calls.length, other.calls.length]).toEqual([1, 1]);
    one.answer('mine');
    other.answer('theirs');
    expect((await Promise.all(readings)).map(({ value }) => value)).toEqual(['mine', 'mine']);
    expect((await foreign).value).toBe('theirs');
  });

  it('gives one request the same answer however often it asks', async () => {
    let calls = 0;
    const load = (): Promise<Loaded<number>> => Promise.resolve(loaded((calls += 1)));
    const operation = { ...OPERATION, ttlMs: 0 };
    const caller = scope();
    const ask = (): Promise<{ value: number }> => upstream.read({ operation, account: '1', args: [], load }, caller);
    expect([(await ask()).value, (await ask()).value, caller.uses.length]).toEqual([1, 1, 1]);
  });

  it('times out for a caller whose patience ends, goes on, and warms the cache', async () => {
    const held = heldLoad();
    const caller = scope({ waitMs: 2_000 });
    const reading = upstream.read(request(held.load), caller);
    await clock.advance(2_000);
    await expect(reading).rejects.toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      details: { subsidiary: 'POND', system: 'ledger', retryAfterSeconds: 2 },
    });
    expect(held.calls[0]?.aborted).toBe(false);
    held.answer('late fish');
    await settle();
    const second = scope();
    expect((await upstream.read(request(held.load), second)).value).toBe('late fish');
    expect(second.uses[0]?.state).toBe('CACHED');
  });

  it('ends at its own deadline even when the adapter does not heed the signal', async () => {
    const held = heldLoad();
    const reading = upstream.read(request(held.load), scope({ waitMs: 60_000 }));
    await settle();
    await clock.advance(8_000);
    await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(held.calls[0]?.aborted).toBe(true);
  });

  it('is aborted when the last caller has gone, and not before', async () => {
    const held = heldLoad();
    const clients = [new AbortController(), new AbortController()];
    const readings = clients.map(({ signal }) => upstream.read(request(held.load), scope({ signal })));
    await settle();
    clients[0]?.abort();
    await expect(readings[0]).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(held.calls[0]?.aborted).toBe(false);
    clients[1]?.abort();
    await expect(readings[1]).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(held.calls[0]?.aborted).toBe(true);
  });

  it('that was given up by those who waited says nothing about the system', async () => {
    for (let count = 0; count < 6; count += 1) {
      const client = new AbortController();
      const heed: ReadRequest<string>['load'] = ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      const reading = upstream.read(request(heed), scope({ signal: client.signal }));
      await settle();
      client.abort();
      await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
      await settle();
    }
    const answer = await upstream.read(
      request(() => Promise.resolve(loaded('fish'))),
      scope(),
    );
    expect(answer.value).toBe('fish');
  });

  it('shows the last known value, marked stale, while the system is out, and not for ever', async () => {
    const out = (): Promise<never> => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'down'));
    await upstream.read(
      request(() => Promise.resolve(loaded('old fish'))),
      scope(),
    );
    await clock.advance(10_000);
    const caller = scope();
    const reading = await upstream.read(request(out), caller);
    expect([reading.value, reading.source.stale, caller.uses[0]?.state]).toEqual(['old fish', true, 'STALE']);
    await clock.advance(60_000);
    await expect(upstream.read(request(out), scope())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('does not hide a refusal or garbage behind an old value', async () => {
    await upstream.read(
      request(() => Promise.resolve(loaded('old fish'))),
      scope(),
    );
    await clock.advance(10_000);
    const garbage = (): Promise<never> => Promise.reject(new AppError('UPSTREAM_MALFORMED', 'garbage', { path: 'd' }));
    const caller = scope();
    await expect(upstream.read(request(garbage), caller)).rejects.toMatchObject({
      code: 'UPSTREAM_MALFORMED',
      details: { path: 'd' },
    });
    expect(caller.uses[0]?.failure?.code).toBe('UPSTREAM_MALFORMED');
  });

  it('turns an unexpected failure of an adapter into INTERNAL, with its place', async () => {
    const bug = (): Promise<never> => Promise.reject(new TypeError('x is undefined'));
    await expect(upstream.read(request(bug), scope())).rejects.toMatchObject({
      code: 'INTERNAL',
      details: { system: 'ledger' },
    });
  });

  it('lets a hung system hold only its own places', async () => {
    const held = heldLoad();
    const hung = ['1', '2', '3', '4'].map((account) => upstream.read(request(held.load, account), scope()));
    await settle();
    expect(held.calls).toHaveLength(2);
    await expect(upstream.read(request(held.load, '5'), scope())).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    const elsewhere = { ...OPERATION, name: 'lake.fish', subsidiary: 'LAKE' };
    const fine = request(() => Promise.resolve(loaded('trout')), '1', elsewhere);
    expect((await upstream.read(fine, scope())).value).toBe('trout');
    await clock.advance(2_000);
    expect((await Promise.allSettled(hung)).every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('spends at most a tenth more calls than requests on a dead system', async () => {
    let calls = 0;
    const dead = (): Promise<never> => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', `down ${(calls += 1)}`));
    const requests = 300;
    for (let index = 0; index < requests; index += 1) {
      const reading = upstream.read(request(dead, String(index)), scope());
      await clock.advance(1_000);
      await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    }
    expect(calls).toBeLessThanOrEqual(requests * 1.1);
  });
});
