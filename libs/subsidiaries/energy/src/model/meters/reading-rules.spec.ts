import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { Register } from './meter.js';
import {
  cutToScale,
  mayHaveOverflown,
  objectionOfRegister,
  objectionToDay,
  objectionToValue,
  valueAtScale,
} from './reading-rules.js';

const day = (text: string): CalendarDate => text as CalendarDate;

function register(changes: Partial<Register> = {}): Register {
  return {
    number: '001',
    name: 'Hochtarif',
    unit: 'kWh',
    integerDigits: 6,
    decimals: 1,
    lastValue: '4711.1' as DecimalText,
    lastDate: day('2025-12-31'),
    ...changes,
  };
}

/** A register together with two counts of its last digit: what it showed last, and what it shows now. */
const situations = fc
  .record({ integerDigits: fc.integer({ min: 1, max: 9 }), decimals: fc.integer({ min: 0, max: 4 }) })
  .chain(({ integerDigits, decimals }) => {
    const largest = 10n ** BigInt(integerDigits + decimals) - 1n;
    const counts = fc.bigInt({ min: 0n, max: largest });
    return fc.record({
      integerDigits: fc.constant(integerDigits),
      decimals: fc.constant(decimals),
      last: counts,
      now: counts,
    });
  });

/** How a meter with so many decimals shows a count of its last digit. */
function shown(count: bigint, decimals: number): string {
  const digits = count.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

describe('a value', () => {
  it.each(['NaN', 'Infinity', '', ' 12', '1e5', '-3', '+3', '1,5', '1.', '.5', '1.2.3', '0x10', '١٢', '12 ', '1_000'])(
    '"%s" is no number',
    (value) => {
      expect(objectionToValue(value)).toEqual({ code: 'NOT_A_NUMBER' });
      expect(objectionOfRegister(value, register())).toEqual({ code: 'NOT_A_NUMBER' });
    },
  );

  it('of twelve digits is none of any meter, zeros in front aside', () => {
    expect(objectionToValue('123456789012')).toEqual({ code: 'TOO_MANY_DIGITS' });
    expect(objectionToValue('000000000012.5')).toBeNull();
  });

  it('says with an objection what the meter can show', () => {
    expect(objectionOfRegister('1234567', register())).toEqual({ code: 'TOO_MANY_DIGITS', maximum: '999999.9' });
    expect(objectionOfRegister('5000.55', register())).toEqual({ code: 'TOO_MANY_DECIMALS' });
    expect(objectionOfRegister('4711.0', register())).toEqual({ code: 'READING_BELOW_LAST', minimum: '4711.1' });
    expect(objectionOfRegister('5000.50', register())).toBeNull();
  });

  it('may stay as it was, and may be anything where nothing is known', () => {
    expect(objectionOfRegister('4711.1', register())).toBeNull();
    expect(objectionOfRegister('0', register({ lastValue: null, lastDate: null }))).toBeNull();
  });

  it('that the register can show is refused only when it is below the last one', () => {
    fc.assert(
      fc.property(situations, ({ integerDigits, decimals, last, now }) => {
        const known = register({ integerDigits, decimals, lastValue: shown(last, decimals) as DecimalText });
        const range = 10n ** BigInt(integerDigits + decimals);
        const hasOverflown = now < last && (range - last + now) * 2n < range;
        const objection = objectionOfRegister(shown(now, decimals), known);
        expect(objection?.code ?? null).toBe(now >= last || hasOverflown ? null : 'READING_BELOW_LAST');
      }),
    );
  });

  it('with one digit too many is refused on either side of the separator', () => {
    fc.assert(
      fc.property(situations, fc.integer({ min: 1, max: 9 }), ({ integerDigits, decimals, now }, digit) => {
        const known = register({ integerDigits, decimals, lastValue: null });
        const tooLong = `${digit}${shown(now, decimals).padStart(integerDigits + (decimals === 0 ? 0 : decimals + 1), '0')}`;
        expect(objectionOfRegister(tooLong, known)?.code).toBe('TOO_MANY_DIGITS');
        const tooFine = `${shown(now, decimals)}${decimals === 0 ? '.' : ''}${digit}`;
        expect(objectionOfRegister(tooFine, known)?.code).toBe('TOO_MANY_DECIMALS');
      }),
    );
  });

  it('keeps its amount at the scale of the register, whatever zeros it is written with', () => {
    fc.assert(
      fc.property(situations, fc.nat(5), fc.nat(5), ({ integerDigits, decimals, now }, front, behind) => {
        const known = register({ integerDigits, decimals });
        const written = `${'0'.repeat(front)}${shown(now, decimals)}${decimals === 0 ? '' : '0'.repeat(behind)}`;
        expect(valueAtScale(written, known)).toBe(shown(now, decimals));
      }),
    );
    expect(() => valueAtScale('NaN', register())).toThrow(RangeError);
  });
});

describe('a meter that begins anew at zero', () => {
  it.each([
    ['999990', '5.0', true],
    ['500000.1', '0', true],
    ['500000', '0', false],
    ['4711.1', '4711', false],
    ['4711.1', '0', false],
  ])('stood at %s and may show %s: %s', (last, value, expected) => {
    expect(mayHaveOverflown(value, last as DecimalText, register())).toBe(expected);
  });
});

describe('what a meter shows of a longer number', () => {
  it.each([
    ['4711.19999999999999', 1, '4711.1'],
    ['4711', 2, '4711.00'],
    ['4711.99999999999999', 0, '4711'],
  ])('of %s with %i decimals is %s', (value, decimals, expected) => {
    expect(cutToScale(value as DecimalText, decimals)).toBe(expected);
  });
});

describe('the day of a reading', () => {
  const today = day('2026-11-22');

  it('is today at the latest and the earliest day at the earliest', () => {
    expect(objectionToDay(today, today, today)).toBeNull();
    expect(objectionToDay(day('2026-11-23'), today, null)).toEqual({ code: 'DATE_IN_FUTURE' });
    expect(objectionToDay(day('2025-12-30'), today, day('2025-12-31'))).toEqual({
      code: 'DATE_TOO_EARLY',
      earliest: '2025-12-31',
    });
    expect(objectionToDay(day('1999-01-01'), today, null)).toBeNull();
  });
});
