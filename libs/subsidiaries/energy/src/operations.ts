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
