import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Clock, DataState } from '#lib/kernel';
import type { CacheSettings } from '../cache.settings.js';
import type { SharedValues } from '../shared-values.js';
import type { CacheEntry } from '../value-cache.js';
import { buildMark } from './build-mark.js';
import { KeyNames } from './key-names.js';
import { Lookups } from './lookups.js';
import { quietly } from './quietly.js';
import { RedisLink } from './redis-link.js';
import { ValueCodec } from './value-codec.js';
import { WriteQueue, type Offer } from './write-queue.js';

/** What became of lookups and offers since the start. */
export interface SharedCounts {
  hits: number;
  /** Redis had nothing under that name. */
  misses: number;
  /** Asked, but no answer came in time. */
  unanswered: number;
  /** Not asked, since Redis is not there at present. */
  unasked: number;
  /** What was found could not be read: another key, or not ours. */
  unreadable: number;
  written: number;
  /** Offers left out: too large, too many, not plain data, refused, or Redis not there. */
  dropped: number;
}

/**
 * @param state of the database whose epochs are in the keys; values of another one are not found
 * @param build marks the shape of what is written; of the running code unless given
 */
export function openRedisValues(
  settings: CacheSettings,
  clock: Clock,
  state: DataState = { mark: '' },
  build = buildMark(),
): RedisValues {
  const { redisUrl, redisPrefix, redisValueKey } = settings;
  const master = redisValueKey === '' ? null : Buffer.from(redisValueKey, 'base64');
  const logger = new Logger('Redis');
  const report = quietly(clock, (problem) =>
    logger.warn(`Redis fails: ${problem}. What it does not give or take is kept in memory only.`),
  );
  return new RedisValues(
    new RedisLink(redisUrl, clock, report),
    new KeyNames(redisPrefix, build, state, master),
    new ValueCodec(master),
    clock,
  );
}

/** Values in Redis. It may be slow, frozen or dead: then nothing is found, and nobody waits longer than once 50 ms. */
export class RedisValues implements SharedValues, OnModuleInit, OnApplicationShutdown {
  readonly counts: SharedCounts = {
    hits: 0,
    misses: 0,
    unanswered: 0,
    unasked: 0,
    unreadable: 0,
    written: 0,
    dropped: 0,
  };
  private readonly lookups: Lookups;
  private readonly queue: WriteQueue;

  constructor(
    private readonly link: RedisLink,
    private readonly names: KeyNames,
    private readonly codec: ValueCodec,
    private readonly clock: Clock,
  ) {
    this.lookups = new Lookups(link);
    this.queue = new WriteQueue((batch) => this.write(batch));
  }

  onModuleInit(): void {
    this.link.open();
  }

  /** What was read last is worth the next start's while. */
  async onApplicationShutdown(): Promise<void> {
    await this.drain();
    this.link.close();
  }

  /** Ends when everything that was offered is written or dropped. */
  drain(): Promise<void> {
    return this.queue.drain();
  }

  /** Whether Redis would be asked now. */
  get isUsable(): boolean {
    return this.link.isUsable;
  }

  find(key: string): Promise<CacheEntry | undefined> | undefined {
    if (this.link.isUsable) return this.ask(this.names.nameOf(key));
    this.counts.unasked += 1;
    return undefined;
  }

  offer(key: string, entry: CacheEntry, bytes: number): void {
    if (!this.link.isUsable || !this.queue.offer(key, entry, bytes)) this.counts.dropped += 1;
  }

  private async ask(name: string): Promise<CacheEntry | undefined> {
    const bytes = await this.lookups.find(name);
    if (bytes === undefined) this.counts.unanswered += 1;
    else if (bytes === null) this.counts.misses += 1;
    else {
      const entry = this.codec.decode(bytes, name);
      this.counts[entry === undefined ? 'unreadable' : 'hits'] += 1;
      return entry;
    }
    return undefined;
  }

  private async write(batch: readonly Offer[]): Promise<void> {
    const written = await Promise.all(batch.map((offer) => this.writeOne(offer)));
    for (const done of written) this.counts[done ? 'written' : 'dropped'] += 1;
  }

  private async writeOne({ key, entry }: Offer): Promise<boolean> {
    const lifeMs = Math.ceil(entry.staleUntil - this.clock.now());
    if (!this.link.isUsable || lifeMs <= 0) return false;
    const name = this.names.nameOf(key);
    const bytes = this.codec.encode(entry, name);
    if (bytes === null) return false;
    return (await this.link.ask((client) => client.set(name, bytes, 'PX', lifeMs))) === 'OK';
  }
}
