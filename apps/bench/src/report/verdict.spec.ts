import { describe, expect, it } from '@jest/globals';
import { ratiosOf, spreadOf } from './spread.js';
import { judge, type Target } from './verdict.js';

const atLeast: Target = { what: 'speed', at: 'least', floor: 4, aim: 6, unit: '×' };
const atMost: Target = { what: 'delay', at: 'most', floor: 1.2, aim: 1.1, unit: '×' };

describe('the spread of several rounds', () => {
  it.each([
    [[3], { median: 3, min: 3, max: 3 }],
    [[5, 1, 3], { median: 3, min: 1, max: 5 }],
    [[4, 1, 2, 3], { median: 2.5, min: 1, max: 4 }],
  ])('of %j has a middle and two ends', (values, expected) => {
    expect(spreadOf(values)).toEqual(expected);
  });

  it('is nothing without a round', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  it('of ratios is taken round by round', () => {
    expect(ratiosOf([10, 30], [5, 10])).toEqual([2, 3]);
  });
});

describe('a verdict', () => {
  it.each([
    [[4, 5], 'met', 'missed'],
    [[4, 6], 'met', 'undecided'],
    [[6, 7], 'met', 'met'],
    [[3.9, 4.1], 'undecided', 'missed'],
    [[2, 3.99], 'missed', 'missed'],
    [[3, 8], 'undecided', 'undecided'],
  ])('on at least 4 and 6 measured as %j is %s and %s', (values, ofFloor, ofAim) => {
    expect(judge(atLeast, spreadOf(values))).toMatchObject({ ofFloor, ofAim });
  });

  it.each([
    [[1, 1.1], 'met', 'met'],
    [[1.15, 1.2], 'met', 'missed'],
    [[1.1, 1.21], 'undecided', 'undecided'],
    [[1.3, 1.4], 'missed', 'missed'],
  ])('on at most 1.2 and 1.1 measured as %j is %s and %s', (values, ofFloor, ofAim) => {
    expect(judge(atMost, spreadOf(values))).toMatchObject({ ofFloor, ofAim });
  });
});
