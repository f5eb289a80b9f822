import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Cancel, type Clock } from '#lib/kernel';
import { EpochLog } from './epoch-log.js';

/** How often the log is read. */
const READ_EVERY_MS = 100;
/** How long what is in memory may be trusted after a reading of the log began. */
export const LEASE_MS = 250;
/**
 * What a writer waits after its commit before it answers: by then every lease that began before the commit has ended.
 * The margin covers the moment between an instance's last look at its lease and its answer's leaving.
 */
export const LEASE_WAIT_MS = LEASE_MS + 50;
/** After so long without a reading the log may have forgotten changes: then all of memory is forgotten, too. */
const LONGEST_ABSENCE_MS = 1_800_000;
/** How often each instance tidies the log. */
const FORGET_EVERY_MS = 600_000;
/** Entries kept per instance; the least recently used are asked for again. */
const ENTRIES = 50_000;

/**
 * What this instance may believe of its own memory. It reads the log of changes every 100 ms; each reading gives a
 * lease of 250 ms from its start, and a change seen there drops the entry. Without a lease nothing in memory counts,
 * so an instance that lost the database never serves what may have changed.
 */
@Injectable()
export class Coherence implements OnModuleInit, OnApplicationShutdown {
  private readonly entries = new LRUCache<string, object>({ max: ENTRIES });
  private stopped = false;
  private lastReading = 0;
  private lastForgetting = 0;
  private trustedUntil = 0;
  private next: string | null = null;
  /** Rises with every reading that saw a change: an entry loaded meanwhile may be older than the change. */
  private generation = 0;
  private cancelTimer: Cancel = () => undefined;

  constructor(
    private readonly log: EpochLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.readLog();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  /**
   * The entry of `key`: from memory under the lease, else loaded now.
   * @throws what `load` throws
   */
  async get<T extends object>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    return this.getAmong<T>(key, async () => {
      const loaded = await load();
      return loaded === undefined ? [] : [[key, loaded]];
    });
  }

  /**
   * As {@link get}, where one look brings more than was asked for: all of it is kept, and what is known already stays,
   * for it cannot be older.
   * @param load entries by their keys, all as of one moment
   */
  async getAmong<T extends object>(
    key: string,
    load: () => Promise<Iterable<readonly [key: string, entry: object]>>,
  ): Promise<T | undefined> {
    const known = this.find<T>(key);
    if (known) return known;
    const { generation } = this;
    const loaded = new Map(await load());
    if (generation === this.generation) {
      for (const [name, entry] of loaded) if (name === key || !this.entries.has(name)) this.entries.set(name, entry);
    }
    return loaded.get(key) as T | undefined;
  }

  /** The entry of `key` if it is in memory and may be trusted right now. */
  find<T extends object>(key: string): T | undefined {
    return this.clock.monotonic() < this.trustedUntil ? (this.entries.get(key) as T | undefined) : undefined;
  }

  /** Waits until no instance can still trust what was true before a commit that has just been made. */
  afterCommit(): Promise<void> {
    return new Promise((resolve) => this.clock.after(LEASE_WAIT_MS, resolve));
  }

  private async tidy(now: number): Promise<void> {
    if (now - this.lastForgetting < FORGET_EVERY_MS) return;
    this.lastForgetting = now;
    await this.log.forget();
  }

  private async readLog(): Promise<void> {
    const begun = this.clock.monotonic();
    try {
      if (begun - this.lastReading > LONGEST_ABSENCE_MS) this.next = null;
      const { changes, next } = await this.log.read(this.next);
      // A first reading knows nothing of what was changed before it.
      if (this.next === null) this.entries.clear();
      if (changes.length > 0 || this.next === null) this.generation += 1;
      for (const { key } of changes) this.entries.delete(key);
      this.next = next;
      this.lastReading = begun;
      this.trustedUntil = begun + LEASE_MS;
      await this.tidy(begun);
    } catch {
      // The lease runs out by itself; the next reading goes on where the last good one ended.
    }
    if (!this.stopped) this.cancelTimer = this.clock.after(READ_EVERY_MS, () => void this.readLog());
  }
}
