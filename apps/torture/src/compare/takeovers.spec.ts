import { describe, expect, it } from '@jest/globals';
import type { ProcessStep } from '#lib/processes';
import { findTakeovers, median, type StepEntry } from './takeovers.js';

const entry = (at: number, pid: number, step: ProcessStep, processId = 'p'): StepEntry => {
  return { at, pid, step, processId, kind: 'x' };
};

describe('the time of a takeover', () => {
  it('is that from a death to the next lease by another instance', () => {
    const entries = [entry(40, 2, 'leased'), entry(10, 1, 'leased'), entry(11, 1, 'intended'), entry(60, 3, 'leased')];
    expect(findTakeovers(entries, [{ at: 15, pid: 1 }], [])).toEqual([
      { processId: 'p', milliseconds: 25, overOutage: false },
    ]);
  });

  it('counts what the dead one held: not what it had settled, never leased, or what others held', () => {
    const entries = [
      entry(1, 1, 'leased', 'settled'),
      entry(2, 1, 'settled', 'settled'),
      entry(3, 1, 'leasing', 'not-committed'),
      entry(4, 2, 'leased', 'another'),
      ...['settled', 'not-committed', 'another'].map((id) => entry(20, 3, 'leased', id)),
    ];
    expect(findTakeovers(entries, [{ at: 5, pid: 1 }], [])).toEqual([]);
  });

  it('does not count what somebody else had leased before, from one that was only asleep', () => {
    const entries = [entry(1, 1, 'leased'), entry(5, 2, 'leased'), entry(6, 2, 'settled'), entry(30, 3, 'leased')];
    const deaths = [
      { at: 2, pid: 1 },
      { at: 9, pid: 1 },
    ];
    expect(findTakeovers(entries, deaths, []).map(({ milliseconds }) => milliseconds)).toEqual([3]);
  });

  it('does not count a lease of the one that died, before or after', () => {
    const entries = [entry(1, 1, 'leased'), entry(9, 1, 'leased'), entry(12, 2, 'leased')];
    expect(findTakeovers(entries, [{ at: 5, pid: 1 }], []).map(({ milliseconds }) => milliseconds)).toEqual([7]);
  });

  it('is marked when the database was away meanwhile', () => {
    const entries = [entry(1, 1, 'leased'), entry(20, 2, 'leased')];
    const over = (from: number, until: number): unknown =>
      findTakeovers(entries, [{ at: 5, pid: 1 }], [{ from, until }])[0]?.overOutage;
    expect([over(2, 6), over(10, 12), over(19, 30), over(1, 4), over(21, 30)]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('has a median', () => {
    expect([median([3, 1, 2]), median([1, 2, 3, 4]), median([])]).toEqual([2, 2, Number.NaN]);
  });
});
