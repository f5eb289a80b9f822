import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupsOf } from './consent-groups.js';

const KEYS = ['A', 'B', 'C', 'D', 'E'];
const pair = fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...KEYS));

const coversOf = (pairs: readonly (readonly [string, string])[]) => (one: string, other: string) =>
  pairs.some(([left, right]) => (left === one && right === other) || (left === other && right === one));

describe('groups of consents', () => {
  it('put one declaration for several together', () => {
    expect(groupsOf(KEYS, (one, other) => !['A', 'E'].includes(one) && !['A', 'E'].includes(other))).toEqual([
      ['B', 'C', 'D'],
    ]);
  });

  it('keep apart what was never agreed to together', () => {
    const covers = coversOf([
      ['A', 'B'],
      ['B', 'C'],
    ]);
    expect(groupsOf(KEYS, covers)).toEqual([
      ['A', 'B'],
      ['B', 'C'],
    ]);
  });

  it('say exactly what the pairs say', () => {
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const covers = coversOf(pairs);
        const groups = groupsOf(KEYS, covers);
        for (const one of KEYS) {
          for (const other of KEYS) {
            const together = groups.some((group) => group.includes(one) && group.includes(other));
            if (one !== other) expect(together).toBe(covers(one, other));
            else if (covers(one, one)) expect(together).toBe(true);
          }
        }
      }),
    );
  });

  it('contain no group within another one', () => {
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const groups = groupsOf(KEYS, coversOf(pairs));
        const contained = groups.filter((group) =>
          groups.some((other) => other !== group && group.every((key) => other.includes(key))),
        );
        expect(contained).toEqual([]);
      }),
    );
  });
});
