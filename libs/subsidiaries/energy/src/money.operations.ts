import type { ReadOperation } from '#lib/upstream';
import { asOfNow, BANK_ACCOUNTS, SAP } from './operations.js';

const MINUTE = 60_000;

/** Terms of payment change when somebody changes them here or at the counter. */
export const AGREEMENTS: ReadOperation = {
  ...SAP,
  name: 'energy.agreements',
  ttlMs: 15 * MINUTE,
  staleForMs: 24 * 60 * MINUTE,
  deadlineMs: 6000,
};

/** Bank accounts with what changing one needs; compared, never shown. */
export const HELD_BANK_ACCOUNTS: ReadOperation = asOfNow({ ...BANK_ACCOUNTS, name: 'energy.held-bank-accounts' });

/** Whether a payment is there already; compared, never shown. */
export const PAYMENTS: ReadOperation = asOfNow({ ...BANK_ACCOUNTS, name: 'energy.payments' });
