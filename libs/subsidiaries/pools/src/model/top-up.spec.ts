import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountOf, findAmountProblem, writeAmount } from './top-up.js';

describe('the amount of a top-up', () => {
  it.each([
    ['4.99', 'AMOUNT_OUT_OF_BOUNDS'],
    ['250.01', 'AMOUNT_OUT_OF_BOUNDS'],
    ['0.00', 'AMOUNT_OUT_OF_BOUNDS'],
    ['-10.00', 'AMOUNT_OUT_OF_BOUNDS'],
    ['99999999999999999999', 'AMOUNT_OUT_OF_BOUNDS'],
    ['10.005', 'TOO_MANY_DECIMALS'],
    ['249.999999999', 'TOO_MANY_DECIMALS'],
    ['10,50', 'NOT_A_NUMBER'],
    ['1e2', 'NOT_A_NUMBER'],
    ['NaN', 'NOT_A_NUMBER'],
    ['INF', 'NOT_A_NUMBER'],
    ['0x10', 'NOT_A_NUMBER'],
    ['+10', 'NOT_A_NUMBER'],
    [' 10', 'NOT_A_NUMBER'],
    ['10\n', 'NOT_A_NUMBER'],
    ['١٠', 'NOT_A_NUMBER'],
    ['', 'NOT_A_NUMBER'],
  ])('is refused as %j: %s', (amount, code) => {
    expect(findAmountProblem(amount, 'amount')).toMatchObject({ path: 'amount', code });
    expect(() => amountOf(amount)).toThrow(RangeError);
  });

  it('names its bounds', () => {
    expect(findAmountProblem('1', 'amount')).toMatchObject({ minimum: '5.00', maximum: '250.00' });
  });

  it.each([
    ['5', '5.00'],
    ['5.0', '5.00'],
    ['0250.00', '250.00'],
    ['10.5', '10.50'],
  ])('written as %s is %s', (text, amount) => {
    expect(writeAmount(text)).toBe(amount);
    expect(amountOf(text)).toBe(amount);
  });

  it('is one of the whole cents between its bounds, and each of them is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 30_000 }), (cents) => {
        const text = (cents / 100).toFixed(2);
        expect(findAmountProblem(text, 'amount') === null).toBe(cents >= 500 && cents <= 25_000);
      }),
    );
  });

  it('is never more or less than its text says, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.double().map(String), fc.stringMatching(/^-?\d{1,4}[.,]?\d{0,4}$/)),
        (text) => {
          if (findAmountProblem(writeAmount(text), 'amount') !== null) return;
          expect(Number(amountOf(text))).toBe(Number(text));
        },
      ),
    );
  });
});
