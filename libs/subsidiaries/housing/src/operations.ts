import type { ReadOperation } from '#lib/upstream';

/** Key of the subsidiary in the graph, in links and in `source`. */
export const HOUSING_KEY = 'HOUSING';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Leases change a few times a year, rents once or twice: ten minutes old is as good as new. */
export const LEASES: ReadOperation = {
  name: 'housing.leases',
  subsidiary: HOUSING_KEY,
  system: 'tenancy',
  ttlMs: 10 * MINUTE_MS,
  staleForMs: 24 * HOUR_MS,
  deadlineMs: 6_000,
};

/** Where a tenant's flats are, for what rests on it: asked anew each time, never kept. */
export const HOMES: ReadOperation = { ...LEASES, name: 'housing.homes', ttlMs: 0, staleForMs: 0 };

/** Whether a repair report has arrived. */
export const REPAIR_STATUS: ReadOperation = { ...HOMES, name: 'housing.repair-status' };

/** Name of the search over flats to let in `extensions.sources`. It reads from memory: see `feed/feed-keeper.ts`. */
export const LISTINGS = 'housing.listings';
