import type { ReadOperation } from '#lib/upstream';

/** Key of the subsidiary in links, sources and the graph. */
export const ENERGY_KEY = 'ENERGY';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const base = { subsidiary: ENERGY_KEY, system: 'sap-umc' } as const;

/** Contracts change by processes that take days; a morning's view serves until SAP is back. */
export const CONTRACTS: ReadOperation = {
  ...base,
  name: 'energy.contracts',
  ttlMs: 15 * MINUTE,
  staleForMs: 24 * HOUR,
  deadlineMs: 6 * SECOND,
};

/** Customers change the amount themselves and look at it right after. The deepest expand: the longest deadline. */
export const INSTALMENTS: ReadOperation = {
  ...base,
  name: 'energy.instalments',
  ttlMs: 2 * MINUTE,
  staleForMs: 12 * HOUR,
  deadlineMs: 8 * SECOND,
};

/** Payments are posted in runs; an open amount that is long out of date makes people pay twice. */
export const INVOICES: ReadOperation = {
  ...base,
  name: 'energy.invoices',
  ttlMs: 5 * MINUTE,
  staleForMs: 2 * HOUR,
  deadlineMs: 8 * SECOND,
};
