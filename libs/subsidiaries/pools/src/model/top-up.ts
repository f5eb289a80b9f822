import { compareDecimals, parseDecimal, type DecimalText, type Problem } from '#lib/kernel';

/** What may be put on a card at once: below, the fees eat it up; above, a lost card costs too much. Set by the pools. */
const LEAST = parseDecimal('5.00')!;
const MOST = parseDecimal('250.00')!;

const NUMBER = /^-?\d{1,20}(?:\.(\d{1,20}))?$/;
const DECIMALS = 2;

/** Amounts that are the same are written the same; what is no amount in cents stays as it is, to be refused by name. */
export function writeAmount(text: string): string {
  return /^\d{1,15}(?:\.\d{1,2})?$/.test(text) ? parseDecimal(text)! : text;
}

/**
 * What stands against an amount to put on a card. It is never rounded: whoever means 10.005 is asked again.
 * @returns null for whole cents from 5.00 to 250.00
 */
export function findAmountProblem(amount: string, path: string): Problem | null {
  const decimals = NUMBER.exec(amount);
  if (decimals === null) return { path, code: 'NOT_A_NUMBER' };
  if ((decimals[1] ?? '').length > DECIMALS) return { path, code: 'TOO_MANY_DECIMALS' };
  const value = parseDecimal(amount)!;
  if (compareDecimals(value, LEAST) >= 0 && compareDecimals(value, MOST) <= 0) return null;
  return { path, code: 'AMOUNT_OUT_OF_BOUNDS', minimum: LEAST, maximum: MOST };
}

/** An amount that {@link findAmountProblem} has nothing against, in euros and cents. @throws RangeError for any other */
export function amountOf(text: string): DecimalText {
  const amount = parseDecimal(text);
  if (amount === undefined || findAmountProblem(text, '') !== null) throw new RangeError('not an amount to top up');
  return amount;
}
