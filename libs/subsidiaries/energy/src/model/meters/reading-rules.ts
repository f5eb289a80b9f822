import { parseDecimal, type CalendarDate, type DecimalText } from '#lib/kernel';
import type { Register } from './meter.js';
import type { Objection } from './objection.js';

/** Digits with at most one dot: no sign, no exponent, no thousands separators, which people and programs read apart. */
const PLAIN = /^(\d{1,40})(?:\.(\d{1,40}))?$/;
/** Meters show five to eight digits before the separator; longer numbers are none of a meter, whatever SAP says later. */
const MOST_INTEGER_DIGITS = 10;

/** What can be said of a value without knowing the register it belongs to. */
export function objectionToValue(value: string): Objection | null {
  const parts = partsOf(value);
  if (parts === undefined) return { code: 'NOT_A_NUMBER' };
  return parts.integer.length > MOST_INTEGER_DIGITS ? { code: 'TOO_MANY_DIGITS' } : null;
}

/**
 * Whether the register can show the value now: digits before and after the separator, and not below the last value
 * unless the meter has begun anew (domain.md section 1, local checks of a reading).
 */
export function objectionOfRegister(value: string, register: Register): Objection | null {
  const objection = objectionToValue(value);
  const parts = partsOf(value);
  if (objection !== null || parts === undefined) return objection;
  const { integerDigits, decimals, lastValue } = register;
  if (parts.integer.length > integerDigits) return { code: 'TOO_MANY_DIGITS', maximum: largestValue(register) };
  if (parts.fraction.length > decimals) return { code: 'TOO_MANY_DECIMALS' };
  if (lastValue === null || !isBelow(value, lastValue, decimals) || mayHaveOverflown(value, lastValue, register)) {
    return null;
  }
  return { code: 'READING_BELOW_LAST', minimum: lastValue };
}

/**
 * Whether a meter that stood at `last` can show the smaller `value` because it has begun anew at zero. It can when less
 * than half of all it can count has been used meanwhile: anything more is a slip of the pen rather than a consumption.
 */
export function mayHaveOverflown(value: string, last: DecimalText, { integerDigits, decimals }: Register): boolean {
  const range = 10n ** BigInt(integerDigits + decimals);
  const used = range - scaled(last, decimals) + scaled(value, decimals);
  return used * 2n < range;
}

/** Not in the future, not before the last reading, not before the supply began; all days inclusive. */
export function objectionToDay(
  day: CalendarDate,
  today: CalendarDate,
  earliest: CalendarDate | null,
): Objection | null {
  if (day > today) return { code: 'DATE_IN_FUTURE' };
  return earliest !== null && day < earliest ? { code: 'DATE_TOO_EARLY', earliest } : null;
}

/** The value at the scale of its register. @throws RangeError for text that {@link objectionOfRegister} objects to */
export function valueAtScale(value: string, { decimals }: Register): DecimalText {
  const text = parseDecimal(partsOf(value) === undefined ? '' : normalised(value), decimals);
  if (text === undefined) throw new RangeError('not a reading');
  return text;
}

/** What a meter shows of a longer number: digits behind its last one are cut, never rounded up past it. */
export function cutToScale(value: DecimalText, decimals: number): DecimalText {
  const [integer = '', fraction = ''] = value.split('.');
  const cut = fraction.slice(0, decimals).padEnd(decimals, '0');
  return (decimals === 0 ? integer : `${integer}.${cut}`) as DecimalText;
}

function largestValue({ integerDigits, decimals }: Register): DecimalText {
  return `${'9'.repeat(integerDigits)}${decimals === 0 ? '' : `.${'9'.repeat(decimals)}`}` as DecimalText;
}

function isBelow(left: string, right: string, decimals: number): boolean {
  return scaled(left, decimals) < scaled(right, decimals);
}

/** The number in units of the last decimal: exact, where a floating point number is not. */
function scaled(value: string, decimals: number): bigint {
  const { integer, fraction } = partsOf(value) ?? { integer: '0', fraction: '' };
  return BigInt(integer + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

function normalised(value: string): string {
  const { integer, fraction } = partsOf(value)!;
  return fraction === '' ? integer : `${integer}.${fraction}`;
}

/** Zeros in front and behind say nothing. */
function partsOf(value: string): { readonly integer: string; readonly fraction: string } | undefined {
  const match = PLAIN.exec(value);
  if (match === null) return undefined;
  return { integer: match[1]!.replace(/^0+(?=\d)/, ''), fraction: (match[2] ?? '').replace(/0+$/, '') };
}
