import { beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import { BatchExceptions } from './batch-exceptions.js';

describe('exceptions from batches', () => {
  let clock: TestClock;
  let exceptions: BatchExceptions;

  beforeEach(() => {
    clock = new TestClock();
    exceptions = new BatchExceptions(clock);
  });

  it('cover an account at one service, or a whole service, for ten minutes', async () => {
    exceptions.except('ERP', '1');
    exceptions.except('CRM', null);
    const covered = (): boolean[] =>
      [
        ['ERP', '1'],
        ['ERP', '2'],
        ['CRM', '1'],
        ['CRM', '2'],
      ].map(([service = '', account = '']) => exceptions.covers(service, account));
    expect(covered()).toEqual([true, false, true, true]);
    await clock.advance(599_999);
    expect(covered()).toEqual([true, false, true, true]);
    await clock.advance(1);
    expect(covered()).toEqual([false, false, false, false]);
  });

  it('last ten minutes from the last trouble', async () => {
    exceptions.except('ERP', '1');
    await clock.advance(500_000);
    exceptions.except('ERP', '1');
    await clock.advance(500_000);
    expect(exceptions.covers('ERP', '1')).toBe(true);
  });

  it('are ten thousand at most: the oldest is forgotten', () => {
    for (let account = 0; account <= 10_000; account += 1) exceptions.except('ERP', String(account));
    expect(['0', '1', '10000'].map((account) => exceptions.covers('ERP', account))).toEqual([false, true, true]);
  });
});
