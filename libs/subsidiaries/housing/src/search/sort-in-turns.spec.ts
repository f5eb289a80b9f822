import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { atOnce } from '../feed/turns.js';
import { sortedInTurns } from './sort-in-turns.js';

describe('sorting in turns', () => {
  it('gives what sorting at once gives, equal items in their order', () => {
    const lists = fc.uint32Array({ max: 1_000_000, maxLength: 6_000, size: 'max' });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 1_000 }), (items, divisor) => {
        const compare = (left: number, right: number) => Math.floor(left / divisor) - Math.floor(right / divisor);
        const before = items.slice();
        expect(atOnce(sortedInTurns(items, compare))).toEqual(items.toSorted(compare));
        expect(items).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('never compares more than a turn may take', () => {
    let compared = 0;
    const most = { inATurn: 0 };
    const work = sortedInTurns(
      Uint32Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 20_011),
      (a, b) => {
        compared += 1;
        return a - b;
      },
    );
    for (let turn = work.next(); !turn.done; turn = work.next()) {
      most.inATurn = Math.max(most.inATurn, compared);
      compared = 0;
    }
    expect(most.inATurn).toBeLessThan(10_000);
  });
});
