import type { ReadOperation } from '#lib/upstream';

/** Key of the subsidiary in links, sources and the graph. */
export const ENERGY_KEY = 'ENERGY';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The one system behind this subsidiary. */
export const SAP = { subsidiary: ENERGY_KEY, system: 'sap-umc' } as const;

/** Contracts change by processes that take days; a morning's view serves until SAP is back. */
export const CONTRACTS: ReadOperation = {
  ...SAP,
  name: 'energy.contracts',
  ttlMs: 15 * MINUTE,
  staleForMs: 24 * HOUR,
  deadlineMs: 6 * SECOND,
};

/** Customers change the amount themselves and look at it right after. The deepest expand: the longest deadline. */
export const INSTALMENTS: ReadOperation = {
  ...SAP,
  name: 'energy.instalments',
  ttlMs: 2 * MINUTE,
  staleForMs: 12 * HOUR,
  deadlineMs: 8 * SECOND,
};

/** Payments are posted in runs; an open amount that is long out of date makes people pay twice. */
export const INVOICES: ReadOperation = {
  ...SAP,
  name: 'energy.invoices',
  ttlMs: 5 * MINUTE,
  staleForMs: 2 * HOUR,
  deadlineMs: 8 * SECOND,
};

/** Registers change with the meter, every few years, but the last reading is looked at right after it was sent. */
export const METERS: ReadOperation = {
  ...SAP,
  name: 'energy.meters',
  ttlMs: 5 * MINUTE,
  staleForMs: 12 * HOUR,
  deadlineMs: 8 * SECOND,
};

/** What a meter has shown over the years; grows by a reading or two a year, and at once when the customer sends one. */
export const METER_READINGS: ReadOperation = {
  ...SAP,
  name: 'energy.meter-readings',
  ttlMs: 5 * MINUTE,
  staleForMs: 12 * HOUR,
  deadlineMs: 8 * SECOND,
};

/** Grows once a month. */
export const CONSUMPTION: ReadOperation = {
  ...SAP,
  name: 'energy.consumption',
  ttlMs: HOUR,
  staleForMs: 24 * HOUR,
  deadlineMs: 8 * SECOND,
};

/** Profiles arrive over night. */
export const PROFILE: ReadOperation = {
  ...SAP,
  name: 'energy.profile',
  ttlMs: HOUR,
  staleForMs: 24 * HOUR,
  deadlineMs: 8 * SECOND,
};

/** Fetched each time: large, rarely looked at twice, and never to be had once a right has ended. */
export const INVOICE_FILE: ReadOperation = {
  ...SAP,
  name: 'energy.invoice-file',
  ttlMs: 0,
  staleForMs: 0,
  deadlineMs: 10 * SECOND,
};

/** As old as the invoices: what is owed follows from them. */
export const BALANCES: ReadOperation = { ...INVOICES, name: 'energy.balances' };

/** Agreed with an agent, and rarely. */
export const PAYMENT_PLANS: ReadOperation = { ...INVOICES, name: 'energy.payment-plans', ttlMs: 15 * MINUTE };

/** An old bank account is worse than none: never shown stale. */
export const BANK_ACCOUNTS: ReadOperation = {
  ...SAP,
  name: 'energy.bank-accounts',
  ttlMs: 2 * MINUTE,
  staleForMs: 0,
  deadlineMs: 6 * SECOND,
};

/** Changes when the contract does. */
export const TERMS: ReadOperation = { ...CONTRACTS, name: 'energy.terms' };

/** Changes once a year, with the bill. */
export const BILLING_PERIOD: ReadOperation = {
  ...SAP,
  name: 'energy.billing-period',
  ttlMs: HOUR,
  staleForMs: 24 * HOUR,
  deadlineMs: 6 * SECOND,
};

/** The house's own list; it changes by customising. */
export const READING_NOTES: ReadOperation = {
  ...SAP,
  name: 'energy.reading-notes',
  ttlMs: 12 * HOUR,
  staleForMs: 24 * HOUR,
  deadlineMs: 6 * SECOND,
};

/** Asked anew each time, because it decides whether a reading of this very day is there already. */
export const READINGS: ReadOperation = {
  ...SAP,
  name: 'energy.readings',
  ttlMs: 0,
  staleForMs: 0,
  deadlineMs: 10 * SECOND,
};

/** The plans of {@link INSTALMENTS} with what changing them needs. */
export const INSTALMENT_PLANS: ReadOperation = { ...INSTALMENTS, name: 'energy.instalment-plans' };

/** The same read, but asked anew: what is about to be changed must not be judged by what was. */
export function asOfNow(operation: ReadOperation): ReadOperation {
  return { ...operation, name: `${operation.name}-now`, ttlMs: 0, staleForMs: 0 };
}
