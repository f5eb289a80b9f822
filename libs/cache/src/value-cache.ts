import { LRUCache } from 'lru-cache';

/** A value with the times that decide whether it may be shown. */
export interface CacheEntry {
  readonly value: unknown;
  /** Clock time in milliseconds until which it counts as fresh. */
  readonly freshUntil: number;
  /** Clock time in milliseconds until which it may be shown as stale. */
  readonly staleUntil: number;
}

/** Cost of key, entry object and list links beside the value itself, in bytes; measured roughly, meant as a floor. */
const OVERHEAD_BYTES = 200;

/**
 * Values in memory, bounded by bytes; the least recently used go first. It knows nothing of time:
 * whoever asks compares the entry's times with the clock.
 */
export class ValueCache {
  private readonly entries: LRUCache<string, CacheEntry>;

  constructor(maximumBytes: number) {
    this.entries = new LRUCache({ maxSize: maximumBytes });
  }

  find(key: string): CacheEntry | undefined {
    return this.entries.get(key);
  }

  /**
   * An entry larger than the whole cache is not kept.
   * @returns its bytes, as counted for the bound
   */
  set(key: string, entry: CacheEntry): number {
    const size = sizeOf(entry, key);
    this.entries.set(key, entry, { size });
    return size;
  }

  /** Bytes held at present, as counted for the bound. */
  get bytes(): number {
    return this.entries.calculatedSize;
  }
}

/** JavaScript holds text with one or two bytes a character; two are counted. */
function sizeOf(entry: CacheEntry, key: string): number {
  return OVERHEAD_BYTES + 2 * (key.length + (JSON.stringify(entry.value)?.length ?? 0));
}
