import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppError, CLOCK, instantOf, type Cancel, type Clock, type Instant } from '#lib/kernel';
import { GtfsBackend, type FeedVersion } from './backend/gtfs.backend.js';
import { importAside } from './timetable/import-aside.js';
import { StopDirectory } from './timetable/stop-directory.js';
import type { Timetable } from './timetable/timetable.js';
import { TransitSettings } from './transit.settings.js';

/** The timetable in the process. */
export interface KeptTimetable {
  readonly timetable: Timetable;
  readonly directory: StopDirectory;
  /** When it was made. */
  readonly asOf: Instant;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Download and import together. */
const DEADLINE_MS = 5 * MINUTE;
const FIRST_RETRY_MS = 15 * SECOND;

/**
 * Fetches the timetable off the path of any question: once after the start, then at intervals, each a tenth shorter or
 * longer by chance, so that many instances do not ask at once. The last good one stays in use until a better one is
 * there, whole.
 */
@Injectable()
export class TimetableKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('transit/gtfs');
  private readonly stop = new AbortController();
  private kept: KeptTimetable | null = null;
  private version: FeedVersion | null = null;
  private failures = 0;
  private loading: Promise<void> = Promise.resolve();
  private cancelNext: Cancel = () => undefined;

  constructor(
    private readonly backend: GtfsBackend,
    private readonly settings: TransitSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (this.backend.isPresent) this.begin();
  }

  async onApplicationShutdown(): Promise<void> {
    this.cancelNext();
    this.stop.abort(new AppError('UPSTREAM_UNAVAILABLE', 'shutting down'));
    await this.loading;
  }

  /** False where no timetable is configured: then there will never be one. */
  get isPresent(): boolean {
    return this.backend.isPresent;
  }

  /**
   * The timetable; before there is any, that of the load under way.
   * @throws AppError UPSTREAM_UNAVAILABLE when there is none
   */
  async get(): Promise<KeptTimetable> {
    if (this.kept === null) await this.loading;
    if (this.kept !== null) return this.kept;
    throw new AppError('UPSTREAM_UNAVAILABLE', 'no timetable is loaded', { reason: 'no timetable is loaded' });
  }

  private begin(): void {
    this.loading = this.loadAndPlan();
  }

  private async loadAndPlan(): Promise<void> {
    const interval = this.settings.gtfsRefreshMinutes * MINUTE;
    try {
      await this.load();
      this.failures = 0;
      this.schedule(interval);
    } catch (error) {
      this.tell(error);
      this.schedule(Math.min(FIRST_RETRY_MS * 2 ** Math.min(this.failures, 10), interval));
      this.failures += 1;
    }
  }

  private schedule(milliseconds: number): void {
    if (this.stop.signal.aborted) return;
    this.cancelNext = this.clock.after(milliseconds * (0.9 + Math.random() * 0.2), () => this.begin());
  }

  private async load(): Promise<void> {
    const begun = this.clock.monotonic();
    const deadline = new AbortController();
    const cancel = this.clock.after(DEADLINE_MS, () =>
      deadline.abort(new AppError('UPSTREAM_TIMEOUT', 'the timetable took too long')),
    );
    try {
      const signal = AbortSignal.any([this.stop.signal, deadline.signal]);
      const file = await this.backend.findFeed(this.version, { signal });
      if (file === null) return;
      const { timetable, omitted } = await importAside(file.bytes, signal);
      this.kept = {
        timetable,
        directory: new StopDirectory(timetable),
        asOf: file.modified ?? instantOf(this.clock.now()),
      };
      this.version = file.version;
      const seconds = ((this.clock.monotonic() - begun) / SECOND).toFixed(1);
      const { stops, trips, calls } = timetable;
      const counts = `${stops.length} stops, ${trips.ids.length} trips, ${calls.trip.length} calls`;
      const message = `timetable loaded in ${seconds} s: ${counts}, ${omitted} rows left out`;
      if (omitted > 0) this.log.warn(message);
      else this.log.log(message);
    } finally {
      cancel();
    }
  }

  private tell(error: unknown): void {
    if (this.stop.signal.aborted) return;
    const what = error instanceof AppError ? `${error.code}, ${error.message}` : String(error);
    const meanwhile = this.kept === null ? 'there is none yet' : `that of ${this.kept.asOf} stays in use`;
    this.log.warn(`timetable not loaded (${what}); ${meanwhile}`);
  }
}
