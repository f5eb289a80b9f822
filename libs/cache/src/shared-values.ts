import type { CacheEntry } from './value-cache.js';

/**
 * Values behind memory, shared by instances and kept over their restarts. It holds nothing that cannot be lost: nothing
 * here fails, an answer that does not come is as good as a value that is not there.
 */
export interface SharedValues {
  /**
   * Looks a value up; lookups of one tick travel together.
   * @returns undefined at once where asking makes no sense now, so that nobody waits for it
   */
  find(key: string): Promise<CacheEntry | undefined> | undefined;

  /**
   * Offers a value to others, some time after this call; what is too large or too much is left out.
   * @param bytes what it takes in memory, as {@link ValueCache.set} counts
   */
  offer(key: string, entry: CacheEntry, bytes: number): void;
}

/** Injection token of the shared values; null where there are none. */
export const SHARED_VALUES = Symbol('SharedValues');
