import { describe, expect, it } from '@jest/globals';
import { counts, readMoment, writeMoment } from './moment.js';

describe('a moment', () => {
  it.each(['intended:1', 'read-back:12', 'settled:3@pools.top-up-card', 'settled:3@a.b,c.d'])(
    '%s is written as it is read',
    (text) => {
      expect(writeMoment(readMoment(text))).toBe(text);
    },
  );

  it('counts steps of its kinds, or of all', () => {
    const passed = { step: 'leased', kind: 'a.b' };
    const moments = ['leased:1', 'leased:1@c.d,a.b', 'leased:1@c.d', 'settled:1'];
    expect(moments.map((text) => counts(readMoment(text), passed))).toEqual([true, true, false, false]);
  });

  it.each(['', 'intended', 'intended:0', 'sleeping:1', 'intended:1@', 'intended:1@a,', 'intended:1 '])(
    'is not "%s"',
    (text) => {
      expect(() => readMoment(text)).toThrow(RangeError);
    },
  );
});
