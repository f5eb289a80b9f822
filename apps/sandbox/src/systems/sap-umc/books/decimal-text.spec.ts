import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareDecimals, sumOfAmounts, withScale } from './decimal-text.js';

const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
const euros = (value: number): string => `${value < 0 ? '-' : ''}${(Math.abs(value) / 100).toFixed(2)}`;

describe('decimal text', () => {
  it('gets the decimals that SAP writes', () => {
    expect(withScale('49.9', 4)).toBe('49.9000');
    expect(withScale('-0.05', 5)).toBe('-0.05000');
    expect(withScale('425.1', 14)).toBe('425.10000000000000');
  });

  it('sums like whole cents', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 20 }), (values) => {
        const sum = values.reduce((total, value) => total + value, 0);
        expect(sumOfAmounts(values.map(euros))).toBe(euros(sum));
      }),
    );
  });

  it('is ordered like its number whatever the scale', () => {
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 2, max: 14 }), (a, b, scale) => {
        expect(Math.sign(compareDecimals(withScale(euros(a), scale), euros(b)))).toBe(Math.sign(a - b));
      }),
    );
  });
});
