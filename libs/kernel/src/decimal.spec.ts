import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compareDecimals,
  divideDecimal,
  money,
  multiplyDecimals,
  parseDecimal,
  sumDecimals,
  type DecimalText,
} from './index.js';

describe('decimals', () => {
  it('reads what legacy systems write and rounds half up', () => {
    expect(parseDecimal('425.10000000000000')).toBe('425.10');
    expect(parseDecimal('0.005')).toBe('0.01');
    expect(parseDecimal('-0.005')).toBe('-0.01');
    expect(parseDecimal('1.005')).toBe('1.01');
    expect(parseDecimal('0012')).toBe('12.00');
    expect(parseDecimal('-0.001')).toBe('0.00');
  });

  it.each(['', ' 1', '1,5', '1e3', 'NaN', 'Infinity', '0x10', '1.', '.5', '--1', '1'.repeat(30)])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it('adds cents exactly, however many', () => {
    const cents = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 50 });
    const text = (amount: number): DecimalText => {
      const digits = String(Math.abs(amount)).padStart(3, '0');
      return parseDecimal(`${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`)!;
    };
    fc.assert(
      fc.property(cents, (amounts) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0);
        expect(compareDecimals(sumDecimals(amounts.map(text)), text(total))).toBe(0);
      }),
    );
  });

  it('multiplies exactly and rounds once', () => {
    const factors = ['0.26714000', '3500', '1.19'].map((text) => parseDecimal(text, 8)!);
    expect(multiplyDecimals(factors)).toBe('1112.64');
    expect(multiplyDecimals([parseDecimal('0.005', 3)!, parseDecimal('1')!])).toBe('0.01');
    expect(multiplyDecimals([])).toBe('1.00');
  });

  it('divides into equal parts', () => {
    expect(divideDecimal(parseDecimal('100')!, 12)).toBe('8.33');
    expect(divideDecimal(parseDecimal('0.06')!, 12)).toBe('0.01');
    expect(() => divideDecimal(parseDecimal('1')!, 0)).toThrow(RangeError);
  });

  it('keeps money at two decimals and refuses anything else as money', () => {
    expect(money('49')).toEqual({ amount: '49.00', currency: 'EUR' });
    expect(() => money('forty-nine')).toThrow(RangeError);
  });
});
