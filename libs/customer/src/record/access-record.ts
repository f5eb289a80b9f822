import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CLOCK, instantOf, type Cancel, type Clock } from '#lib/kernel';
import { Store } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';
import type { AccessEntry } from './access-entry.js';
import { noteIfKnown, toRow } from './note-within.js';
import { readRecord, type RecordPage } from './read-record.js';
import { sealNext } from './seal-next.js';

/** How far back a customer may look: two years, the longest that claims usually need it. */
const SHOWN_MS = 2 * 365.25 * 86_400_000;
/** Pause between looks for entries that are not sealed yet. */
const SEAL_EVERY_MS = 1_000;

/** The record of access: who but the customer looked at what, one chain of digests per customer. */
@Injectable()
export class AccessRecord implements OnModuleInit, OnApplicationShutdown {
  private cancelTimer: Cancel = () => undefined;
  private stopped = false;
  private sealing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sealLater();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.sealing;
  }

  /**
   * Keeps entries before the data are shown; what cannot be recorded must not be shown.
   * @throws AppError UPSTREAM_UNAVAILABLE when the store is out of reach
   */
  async note(entries: readonly AccessEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.store.tables<CustomerTables>().insertInto('access_record').values(entries.map(toRow)).execute();
  }

  /**
   * Keeps that someone was refused; nothing when there is no such customer, whom the caller may have invented.
   * @throws AppError UPSTREAM_UNAVAILABLE when the store is out of reach
   */
  noteRefusal(entry: AccessEntry): Promise<void> {
    return noteIfKnown(this.store, entry);
  }

  /**
   * What others looked at in the last two years, newest first.
   * @param before id of the entry that ended the page before; null for the first page
   * @param subsidiary entries about data of this subsidiary only; null for all
   */
  list(
    customerId: string,
    first: number,
    before: bigint | null,
    subsidiary: string | null = null,
  ): Promise<RecordPage> {
    const since = instantOf(this.clock.now() - SHOWN_MS);
    return readRecord(this.store, { customerId, since, first, before, subsidiary });
  }

  /** Seals what is waiting, customer by customer; several instances may do so at once. */
  async sealAll(): Promise<void> {
    while (!this.stopped && (await sealNext(this.store)));
  }

  private sealLater(): void {
    this.cancelTimer = this.clock.after(SEAL_EVERY_MS, () => {
      // A store that is out of reach now is asked again at the next turn.
      this.sealing = this.sealAll().catch(() => undefined);
      void this.sealing.then(() => {
        if (!this.stopped) this.sealLater();
      });
    });
  }
}
