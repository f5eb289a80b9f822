import { Decimal } from 'decimal.js';
import { parseDecimal, type DecimalText } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';

/** Lexical space of xsd:double (XML Schema part 2, 3.2.5) without INF and NaN, bounded in length. */
const DOUBLE = /^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?$/;

/**
 * An amount that is sent as xsd:double, in cents: half a cent rounds away from zero. Doubles carry noise such as
 * `12.340000000000002` or `-5.6E-14`, which rounds away, and there is no minus zero.
 * @throws AppError UPSTREAM_MALFORMED for INF, NaN, text that is no number and amounts past 20 digits
 */
export function readCents(text: string, path: string): DecimalText {
  const trimmed = text.trim();
  if (!DOUBLE.test(trimmed)) throw malformed(path, 'is not a finite number');
  const cents = new Decimal(trimmed).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  const amount = parseDecimal((cents.isZero() ? cents.abs() : cents).toFixed(2));
  if (amount === undefined) throw malformed(path, 'is too large');
  return amount;
}

/** A whole number of xsd:long that is an identifier, as its digits. @throws AppError UPSTREAM_MALFORMED */
export function readId(text: string, path: string): string {
  const digits = text.trim();
  if (!/^\d{1,19}$/.test(digits)) throw malformed(path, 'is not a whole number');
  return digits;
}

/** A whole number of xsd:int that is a code. @throws AppError UPSTREAM_MALFORMED */
export function readCode(text: string, path: string): number {
  const digits = text.trim();
  if (!/^-?\d{1,9}$/.test(digits)) throw malformed(path, 'is not a whole number');
  return Number(digits);
}
