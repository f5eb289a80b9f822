import { describe, expect, it } from '@jest/globals';
import { AppError, type Instant } from '#lib/kernel';
import { settle, TestClock } from '#lib/testing';
import { FeedKeeper, type FeedContent } from './feed-keeper.js';

const MINUTE_MS = 60_000;
const LIST = ['a', 'b'];
const content = (change: Partial<FeedContent<string>> = {}): FeedContent<string> => ({
  value: LIST,
  omissions: [],
  leftOut: 0,
  ...change,
});
const failing = () => Promise.reject(new AppError('UPSTREAM_MALFORMED', 'x', { path: '$', reason: 'is cut off' }));

/** A keeper of a feed that loads as told, five minutes apart without jitter. */
function keeperOf(load: (attempt: number, signal: AbortSignal) => Promise<FeedContent<string>>) {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const log: string[] = [];
  const seen = { attempts: 0, changes: 0 };
  const keeper = new FeedKeeper<string>(
    { name: 'wodis', deadlineMs: MINUTE_MS, load: ({ signal }) => load((seen.attempts += 1), signal) },
    {
      clock,
      refreshMs: 5 * MINUTE_MS,
      log: { log: (line) => log.push(line), warn: (line) => log.push(`! ${line}`) },
      onChange: () => Promise.resolve(void (seen.changes += 1)),
      random: () => 0.5,
    },
  );
  return { clock, keeper, log, seen };
}

describe('a kept feed', () => {
  it('is loaded at once, then again and again, and told of when it has changed', async () => {
    const { clock, keeper, log, seen } = keeperOf((attempt) =>
      Promise.resolve(content(attempt > 2 ? { value: [] } : {})),
    );
    await keeper.start();
    expect(keeper.current).toMatchObject({ value: LIST, asOf: '2026-11-22T12:00:00.000Z' });
    await clock.advance(5 * MINUTE_MS);
    expect([seen.attempts, seen.changes]).toEqual([2, 1]);
    expect(keeper.current?.asOf).toBe('2026-11-22T12:05:00.000Z');
    await clock.advance(5 * MINUTE_MS);
    expect([seen.attempts, seen.changes]).toEqual([3, 2]);
    expect(log).toEqual(['wodis: 2 flats', 'wodis: 0 flats']);
  });

  it('is as old as it says itself', async () => {
    const { keeper } = keeperOf(() => Promise.resolve(content({ asOf: '2026-11-20T01:00:00.000Z' as Instant })));
    await keeper.start();
    expect(keeper.current?.asOf).toBe('2026-11-20T01:00:00.000Z');
  });

  it('stays as it was while it cannot be read, and is asked for again sooner, then more seldom', async () => {
    const { clock, keeper, log, seen } = keeperOf((attempt) =>
      attempt === 1 || attempt === 4 ? Promise.resolve(content()) : failing(),
    );
    await keeper.start();
    await clock.advance(5 * MINUTE_MS);
    expect(keeper.current?.value).toBe(LIST);
    expect(keeper.failure).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    await clock.advance(15_000);
    await clock.advance(30_000);
    expect(seen).toEqual({ attempts: 4, changes: 1 });
    expect(keeper.failure).toBeNull();
    expect(log).toEqual([
      'wodis: 2 flats',
      '! wodis: UPSTREAM_MALFORMED $ is cut off',
      '! wodis: UPSTREAM_MALFORMED $ is cut off',
    ]);
  });

  it('never waits longer after failures than after success', async () => {
    const { clock, keeper, seen } = keeperOf(failing);
    await keeper.start();
    await clock.advance(60 * MINUTE_MS);
    const before = seen.attempts;
    await clock.advance(5 * MINUTE_MS);
    expect(seen.attempts).toBe(before + 1);
    expect(keeper.current).toBeNull();
  });

  it('is good and in doubt when only a part of it is missing', async () => {
    const failure = new AppError('UPSTREAM_UNAVAILABLE', 'x', { upstreamCode: 'HTTP 503' });
    const { keeper, log } = keeperOf(() => Promise.resolve(content({ failure, leftOut: 3 })));
    await keeper.start();
    expect(keeper.current?.value).toBe(LIST);
    expect(keeper.failure).toBe(failure);
    expect(log).toEqual(['! wodis: UPSTREAM_UNAVAILABLE HTTP 503', '! wodis: 2 flats, 3 left out']);
  });

  it('names a few of the rows that were left out', async () => {
    const omissions = Array.from({ length: 100 }, (_, index) => ({ path: `[${index}]`, reason: 'is wrong' }));
    const { keeper } = keeperOf(() => Promise.resolve(content({ omissions, leftOut: 100 })));
    await keeper.start();
    expect(keeper.current?.omissions).toEqual(omissions.slice(0, 20));
  });

  it('that hangs is given up at its deadline', async () => {
    const { clock, keeper } = keeperOf(
      (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const started = keeper.start();
    await clock.advance(MINUTE_MS);
    await started;
    expect(keeper.failure).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  it('is let go of at the end: nothing is under way, nothing comes again, nothing is said', async () => {
    const { clock, keeper, log, seen } = keeperOf(
      (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const started = keeper.start();
    keeper.stop();
    await started;
    await clock.advance(60 * MINUTE_MS);
    await settle();
    expect(seen.attempts).toBe(1);
    expect(log).toEqual([]);
  });
});
