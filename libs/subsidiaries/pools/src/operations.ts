import type { ReadOperation } from '#lib/upstream';

/** Key of the subsidiary in links, sources and the graph. */
export const POOLS_KEY = 'POOLS';

/**
 * Value cards of one client. A balance changes when the customer pays at a gate or a counter, and people look at it
 * right afterwards: fresh for seconds only.
 */
export const CARDS: ReadOperation = {
  name: 'pools.cards',
  subsidiary: POOLS_KEY,
  system: 'till',
  ttlMs: 15_000,
  staleForMs: 60 * 60_000,
  deadlineMs: 6_000,
};

/** The same cards where money depends on them: asked anew each time, never kept. */
export const TOP_UP_CARDS: ReadOperation = { ...CARDS, name: 'pools.top-up-cards', ttlMs: 0, staleForMs: 0 };

/** Counters of all pools in one call; the gates report every few seconds, and everybody may see the same answer. */
export const OCCUPANCY: ReadOperation = {
  name: 'pools.occupancy',
  subsidiary: POOLS_KEY,
  system: 'ticos',
  ttlMs: 30_000,
  staleForMs: 10 * 60_000,
  deadlineMs: 4_000,
};

/** Opening hours of one pool. A closure must be seen soon; hours of last week are still better than none. */
export const HOURS: ReadOperation = {
  name: 'pools.hours',
  subsidiary: POOLS_KEY,
  system: 'calendar',
  ttlMs: 15 * 60_000,
  staleForMs: 7 * 24 * 60 * 60_000,
  deadlineMs: 8_000,
};
