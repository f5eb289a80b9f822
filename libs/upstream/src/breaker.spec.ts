import { beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import { Breaker } from './breaker.js';

describe('the breaker', () => {
  let clock: TestClock;
  let breaker: Breaker;
  const refusal = expect.objectContaining({
    code: 'UPSTREAM_UNAVAILABLE',
    details: { system: 'ledger', retryAfterSeconds: 10 },
  });
  const admitted = (account: string | null): boolean => {
    try {
      breaker.admit(account);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      return false;
    }
  };

  beforeEach(() => {
    clock = new TestClock();
    breaker = new Breaker('ledger', clock);
  });

  it('opens for one account after five failures in a row, and for that account only', () => {
    for (let count = 0; count < 5; count += 1) breaker.failure('A');
    expect(() => breaker.admit('A')).toThrow(refusal);
    expect([admitted('B'), admitted(null)]).toEqual([true, true]);
  });

  it('opens for the system when five accounts fail in a row', () => {
    for (const account of ['A', 'B', 'C', 'D']) breaker.failure(account);
    expect(admitted('Z')).toBe(true);
    breaker.failure('E');
    expect([admitted('Z'), admitted(null)]).toEqual([false, false]);
  });

  it('counts public reads one by one', () => {
    for (let count = 0; count < 5; count += 1) breaker.failure(null);
    expect(admitted('A')).toBe(false);
  });

  it('starts counting anew after a success', () => {
    for (const account of ['A', 'B', 'C', 'D']) breaker.failure(account);
    breaker.success('F');
    breaker.failure('E');
    expect(admitted('A')).toBe(true);
  });

  it('lets one probe through after ten seconds and closes when it succeeds', async () => {
    for (let count = 0; count < 5; count += 1) breaker.failure(null);
    await clock.advance(10_000);
    expect([admitted(null), admitted(null)]).toEqual([true, false]);
    breaker.success(null);
    expect([admitted(null), admitted(null)]).toEqual([true, true]);
  });

  it('lets the next call be the probe when nobody waited for the first one', async () => {
    for (let count = 0; count < 5; count += 1) breaker.failure(null);
    await clock.advance(10_000);
    expect([admitted(null), admitted(null)]).toEqual([true, false]);
    breaker.abandon(null);
    expect([admitted(null), admitted(null)]).toEqual([true, false]);
  });

  it('stays open for another ten seconds when the probe fails', async () => {
    for (let count = 0; count < 5; count += 1) breaker.failure('A');
    await clock.advance(10_000);
    expect(admitted('A')).toBe(true);
    breaker.failure('A');
    await clock.advance(9_999);
    expect(admitted('A')).toBe(false);
    await clock.advance(1);
    expect(admitted('A')).toBe(true);
  });
});
