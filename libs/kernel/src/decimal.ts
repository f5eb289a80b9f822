import { Decimal } from 'decimal.js';

/** An exact decimal as plain text with fixed scale, e.g. `"49.00"`. Never a float, so it survives JSON and caches. */
export type DecimalText = string & { readonly __brand: 'DecimalText' };

const PLAIN = /^[+-]?\d{1,20}(?:\.\d{1,20})?$/;

/**
 * Reads plain decimal notation (`"425.10000000000000"`, `"-3"`); no exponent, no blanks, no thousands separators.
 * @returns the number rounded half-up (away from zero) to `scale` digits, or undefined when the text is no such number
 */
export function parseDecimal(text: string, scale = 2): DecimalText | undefined {
  if (!PLAIN.test(text)) return undefined;
  return plain(new Decimal(text), scale);
}

/** There is no minus zero in money. */
function plain(value: Decimal, scale: number): DecimalText {
  const rounded = value.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP);
  return (rounded.isZero() ? new Decimal(0) : rounded).toFixed(scale) as DecimalText;
}

/** An amount of money; `amount` has two decimals, `currency` is ISO 4217. */
export interface Money {
  readonly amount: DecimalText;
  readonly currency: string;
}

/** @throws RangeError when `amount` is not a plain decimal: a programming error, parse input with {@link parseDecimal}. */
export function money(amount: string, currency = 'EUR'): Money {
  const parsed = parseDecimal(amount, 2);
  if (parsed === undefined) throw new RangeError('not a decimal amount');
  return { amount: parsed, currency };
}

/** -1, 0 or 1, as `left` is below, equal to or above `right`. */
export function compareDecimals(left: DecimalText, right: DecimalText): number {
  return new Decimal(left).cmp(right);
}

/** Sum of decimals at `scale` digits; "0.00" for none. */
export function sumDecimals(terms: readonly DecimalText[], scale = 2): DecimalText {
  return plain(
    terms.reduce((sum, term) => sum.plus(term), new Decimal(0)),
    scale,
  );
}

/** Product of decimals, rounded half-up once, at `scale` digits. */
export function multiplyDecimals(factors: readonly DecimalText[], scale = 2): DecimalText {
  return plain(
    factors.reduce((product, factor) => product.times(factor), new Decimal(1)),
    scale,
  );
}

/** One `parts`th of a decimal, rounded half-up to `scale` digits. @throws RangeError when `parts` is no positive whole number */
export function divideDecimal(whole: DecimalText, parts: number, scale = 2): DecimalText {
  if (!Number.isSafeInteger(parts) || parts < 1) throw new RangeError('not a number of parts');
  return plain(new Decimal(whole).dividedBy(parts), scale);
}
