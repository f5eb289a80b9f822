import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CacheEntry, SharedValues } from '#lib/cache';
import { AppError } from '#lib/kernel';
import { openScope, TestClock } from '#lib/testing';
import type { ReadOperation } from './read-operation.js';
import { Upstream } from './upstream.js';

const OPERATION: ReadOperation = {
  name: 'pond.fish',
  subsidiary: 'POND',
  system: 'ledger',
  ttlMs: 10_000,
  staleForMs: 60_000,
  deadlineMs: 8_000,
};
const INSTANCES = 2;

/** Redis that may be away for a while, lose what it is told meanwhile, and come back with what it held. */
class FadingValues implements SharedValues {
  readonly entries = new Map<string, CacheEntry>();
  away = false;

  find(key: string): Promise<CacheEntry | undefined> | undefined {
    return this.away ? undefined : Promise.resolve(this.entries.get(key));
  }

  offer(key: string, entry: CacheEntry): void {
    if (!this.away) this.entries.set(key, JSON.parse(JSON.stringify(entry)) as CacheEntry);
  }
}

const STEPS = fc.array(
  fc.oneof(
    fc.record({ step: fc.constant('read' as const), instance: fc.nat(INSTANCES - 1), out: fc.boolean() }),
    fc.record({ step: fc.constant('change' as const) }),
    fc.record({ step: fc.constant('redis' as const), away: fc.boolean() }),
    fc.record({ step: fc.constant('restart' as const), instance: fc.nat(INSTANCES - 1) }),
    fc.record({ step: fc.constant('wait' as const), milliseconds: fc.constantFrom(1_000, 10_000, 60_000) }),
  ),
  { maxLength: 40 },
);

describe('values that Redis gives back', () => {
  it('are never of an older epoch, nor older than they may be, whatever fails and comes back meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(STEPS, async (steps) => {
        const clock = new TestClock();
        const shared = new FadingValues();
        const start = (): Upstream => new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 }, shared);
        const instances = Array.from({ length: INSTANCES }, start);
        let epoch = 0;
        for (const step of steps) {
          if (step.step === 'change') epoch += 1;
          else if (step.step === 'redis') shared.away = step.away;
          else if (step.step === 'restart') instances[step.instance] = start();
          else if (step.step === 'wait') await clock.advance(step.milliseconds);
          else {
            const now = { epoch, at: clock.now() };
            const out = new AppError('UPSTREAM_TIMEOUT', 'no answer');
            const request = {
              operation: OPERATION,
              account: '0001',
              args: [],
              epoch,
              load: () => (step.out ? Promise.reject(out) : Promise.resolve({ value: now, omissions: [] })),
            };
            const reading = await instances[step.instance]!.read(request, openScope(clock)).catch(() => undefined);
            if (reading === undefined) continue;
            const { ttlMs, staleForMs } = OPERATION;
            const age = now.at - reading.value.at;
            expect(reading.value.epoch).toBe(epoch);
            expect(age).toBeLessThan(ttlMs + staleForMs);
            expect(reading.source.stale).toBe(age >= ttlMs);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
