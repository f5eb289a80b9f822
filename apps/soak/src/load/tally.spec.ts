import { describe, expect, it } from '@jest/globals';
import { Tally } from './tally.js';

describe('the tally of the soak', () => {
  it('counts requests and codes, and nothing as wrong that was answered', () => {
    const tally = new Tally();
    tally.add('dashboard', ['OK'], 10, false);
    tally.add('command', ['REFUSED CARD_LIMIT'], 20, false);
    expect([tally.total, [...tally.byCode], [...tally.unexpected]]).toEqual([2, [['REFUSED CARD_LIMIT', 1]], []]);
  });

  it('takes outages for expected only while something is made to fail', () => {
    const tally = new Tally();
    tally.add('dashboard', ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE'], 10, true);
    expect(tally.unexpected.size).toBe(0);
    tally.add('dashboard', ['UPSTREAM_TIMEOUT'], 10, false);
    expect([...tally.unexpected]).toEqual([['dashboard: UPSTREAM_TIMEOUT', 1]]);
  });

  it.each(['INTERNAL', 'FORBIDDEN', 'HTTP 500', 'no answer'])('never expects %s', (outcome) => {
    const tally = new Tally();
    tally.add('sign-in', [outcome], 10, true);
    expect([...tally.unexpected]).toEqual([[`sign-in: ${outcome}`, 1]]);
  });

  it('tells the slowest answers since it was asked last', () => {
    const tally = new Tally();
    for (let index = 1; index <= 200; index += 1) tally.add('name', ['OK'], index, false);
    expect([tally.takeP99(), tally.takeP99()]).toEqual([198, 0]);
  });
});
