import { ValueCache, type CacheEntry, type SharedValues } from '#lib/cache';
import type { Clock, Reading, ReadState } from '#lib/kernel';
import type { ReadOperation } from './read-operation.js';

/** A reading and how it came about. */
export interface Answer<T> {
  readonly reading: Reading<T>;
  readonly state: ReadState;
  /** Clock time in milliseconds until which it counts as fresh; absent for one that does not, or may not be kept. */
  readonly freshUntil?: number;
}

/** Readings in this process's memory and, where there are, in values shared with other instances behind it. */
export class ReadingCache {
  private readonly memory: ValueCache;

  constructor(
    private readonly clock: Clock,
    maximumBytes: number,
    private readonly shared: SharedValues | null,
  ) {
    this.memory = new ValueCache(maximumBytes);
  }

  /** A fresh reading from memory. */
  findFresh<T>(key: string): Answer<T> | undefined {
    return this.freshOf(this.memory.find(key));
  }

  /** What may be shown when the system cannot be asked: from memory, marked stale unless it is fresh by now. */
  findStale<T>(key: string): Answer<T> | undefined {
    const entry = this.memory.find(key);
    if (entry === undefined || this.clock.now() >= entry.staleUntil) return undefined;
    const reading = entry.value as Reading<T>;
    return (
      this.freshOf(entry) ?? { reading: { ...reading, source: { ...reading.source, stale: true } }, state: 'STALE' }
    );
  }

  /**
   * A fresh reading of another instance. It and even a stale one is in memory from then on, with its own times.
   * @returns undefined, not a promise, where nobody is to be asked: then the read loses no tick
   */
  findShared<T>(key: string, operation: ReadOperation): Promise<Answer<T> | undefined> | undefined {
    if (operation.ttlMs <= 0) return undefined;
    return this.shared?.find(key)?.then((entry) => entry && this.freshOf(this.takeOver(key, entry, operation)));
  }

  /** @returns until when it counts as fresh; undefined for what is not kept */
  keep(key: string, reading: Reading<unknown>, { ttlMs, staleForMs }: ReadOperation): number | undefined {
    if (ttlMs <= 0) return undefined;
    const freshUntil = this.clock.now() + ttlMs;
    const entry = { value: reading, freshUntil, staleUntil: freshUntil + staleForMs };
    const bytes = this.memory.set(key, entry);
    this.shared?.offer(key, entry, bytes);
    return freshUntil;
  }

  /** No longer than if it were read now: another machine's clock may be ahead. */
  private takeOver(key: string, entry: CacheEntry, { ttlMs, staleForMs }: ReadOperation): CacheEntry {
    const freshUntil = Math.min(entry.freshUntil, this.clock.now() + ttlMs);
    const taken = { ...entry, freshUntil, staleUntil: Math.min(entry.staleUntil, freshUntil + staleForMs) };
    const known = this.memory.find(key);
    if (known === undefined || known.freshUntil < freshUntil) this.memory.set(key, taken);
    return taken;
  }

  private freshOf<T>(entry: CacheEntry | undefined): Answer<T> | undefined {
    if (entry === undefined || this.clock.now() >= entry.freshUntil) return undefined;
    return { reading: entry.value as Reading<T>, state: 'CACHED', freshUntil: entry.freshUntil };
  }
}
