import { setImmediate } from 'node:timers/promises';
import type { CacheEntry } from '../value-cache.js';

/** Bounds of what waits, in bytes as counted in memory (two a character). */
const LARGEST_BYTES = 1_000_000;
const MOST_BYTES = 16_000_000;
const MOST_ENTRIES = 1_000;
/** Written in one go; as much is turned into bytes without a pause. */
const BATCH_BYTES = 500_000;
const BATCH_ENTRIES = 32;

/** A value to be written. */
export interface Offer {
  readonly key: string;
  readonly entry: CacheEntry;
}

interface Waiting extends Offer {
  readonly bytes: number;
}

/** Values on their way to Redis: written later and in order, a batch after the other; the newest of a key counts. */
export class WriteQueue {
  private readonly waiting = new Map<string, Waiting>();
  private bytes = 0;
  private running: Promise<void> | null = null;

  /** @param write takes a batch; it never fails */
  constructor(private readonly write: (batch: readonly Offer[]) => Promise<void>) {}

  /** @returns false when there is no room for it */
  offer(key: string, entry: CacheEntry, bytes: number): boolean {
    this.remove(key);
    if (bytes > LARGEST_BYTES || this.bytes + bytes > MOST_BYTES || this.waiting.size >= MOST_ENTRIES) return false;
    this.waiting.set(key, { key, entry, bytes });
    this.bytes += bytes;
    this.running ??= this.run();
    return true;
  }

  /** Ends when nothing waits any more. */
  async drain(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    // The answer that brought the value goes first.
    await setImmediate();
    while (this.waiting.size > 0) {
      await this.write(this.take());
      await setImmediate();
    }
    this.running = null;
  }

  private take(): Offer[] {
    const batch: Offer[] = [];
    let bytes = 0;
    for (const offer of this.waiting.values()) {
      if (batch.length > 0 && (bytes + offer.bytes > BATCH_BYTES || batch.length >= BATCH_ENTRIES)) break;
      bytes += offer.bytes;
      batch.push(offer);
      this.remove(offer.key);
    }
    return batch;
  }

  private remove(key: string): void {
    this.bytes -= this.waiting.get(key)?.bytes ?? 0;
    this.waiting.delete(key);
  }
}
