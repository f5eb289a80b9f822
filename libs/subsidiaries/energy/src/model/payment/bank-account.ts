import type { Labels } from '#lib/customer';
import { AppError, type Principal } from '#lib/kernel';
import { PAYMENT } from '../labels.js';

/** A bank account on file. */
export interface BankAccount {
  /** Four digits, counted per business partner. */
  readonly number: string;
  readonly holder: string;
  /** Name of the bank; null when the system does not say. */
  readonly bank: string | null;
  /** IBAN without blanks, or an account number of old; some systems mask it themselves. */
  readonly iban: string;
}

export const bankAccountLabels: Labels<BankAccount> = {
  number: PAYMENT,
  holder: PAYMENT,
  bank: PAYMENT,
  iban: PAYMENT,
};

/**
 * The country and the last four characters; everything else is hidden, however short the number. Enough to tell one's
 * own accounts apart, useless for a debit.
 */
export function maskedIban(iban: string): string {
  const country = /^[A-Z]{2}/.exec(iban)?.[0] ?? '';
  const end = iban.length - country.length > 8 ? iban.slice(-4) : '';
  const hidden = '•'.repeat(iban.length - country.length - end.length);
  return (country + hidden + end).replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * Lets only the customers themselves see an IBAN in full, and only right after a second factor.
 * @param now clock time in milliseconds
 * @throws AppError FORBIDDEN for anyone else, STEP_UP_REQUIRED without a fresh factor
 */
export function expectMaySeeIban(principal: Principal, now: number): void {
  if (principal.kind !== 'customer') {
    throw new AppError('FORBIDDEN', 'only customers see their IBAN in full', { reason: 'is for the customer only' });
  }
  if (now >= (principal.stepUpUntil ?? 0)) {
    const reason = 'sign in again with the second factor';
    throw new AppError('STEP_UP_REQUIRED', reason, { reason });
  }
}
