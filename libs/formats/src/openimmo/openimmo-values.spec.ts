import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openImmoDate, openImmoDecimal, openImmoFlag } from './openimmo-values.js';

describe('numbers of OpenImmo', () => {
  it.each([
    ['450', '450.00'],
    ['450.5', '450.50'],
    ['5.', '5.00'],
    ['.5', '0.50'],
    ['+7', '7.00'],
    ['-0', '0.00'],
    ['1.234', '1.23'],
    ['450,5', '450.50'],
    ['1234,56', '1234.56'],
  ])('"%s" is %s', (text, expected) => {
    expect(openImmoDecimal(text, 2)).toBe(expected);
  });

  it.each(['1,234', '1.234,50', '1,234.50', '1 234', '1e3', '450 €', '.', '', '-', '4,5,6', '9'.repeat(60)])(
    '"%s" is none',
    (text) => {
      expect(openImmoDecimal(text, 2)).toBeUndefined();
    },
  );

  it('with dot and with comma mean the same where both are allowed', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99), (whole, cents) => {
        const digits = String(cents).padStart(2, '0');
        expect(openImmoDecimal(`${whole},${digits}`, 2)).toBe(`${whole}.${digits}`);
        expect(openImmoDecimal(`${whole}.${digits}`, 2)).toBe(`${whole}.${digits}`);
      }),
    );
  });
});

describe('flags and dates of OpenImmo', () => {
  it('know true, false, 1 and 0 only', () => {
    expect(['true', 'TRUE', '1', 'false', '0', 'ja', ''].map(openImmoFlag)).toEqual([
      true,
      true,
      true,
      false,
      false,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2026-03-01+01:00', '2026-03-01'],
    ['2026-03-01Z', '2026-03-01'],
    ['2026-03-01T00:00:00', '2026-03-01'],
    ['1.3.2026', '2026-03-01'],
    ['2026-02-30', undefined],
    ['31.04.2026', undefined],
    ['sofort', undefined],
    ['2026-03-01 bald', undefined],
  ])('the date "%s" is %s', (text, expected) => {
    expect(openImmoDate(text)).toBe(expected);
  });
});
