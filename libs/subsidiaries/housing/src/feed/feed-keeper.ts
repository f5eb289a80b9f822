import { AppError, instantOf, type Cancel, type Clock, type Instant, type Loaded, type Omission } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { FeedName } from '../model/listing.js';

/** A list of flats that is fetched and read as a whole. */
export interface FeedSource<T> {
  readonly name: FeedName;
  /** Time for fetching and reading it; whatever takes longer hangs. */
  readonly deadlineMs: number;
  /** The list as it is now: the very same `value` while nothing has changed. @throws AppError UPSTREAM_* */
  load(call: UpstreamCall): Promise<FeedContent<T>>;
}

export interface FeedContent<T> extends Loaded<readonly T[]> {
  /** Rows that were left out; `omissions` may name the first of them only. */
  readonly leftOut: number;
  /** Why the value may be older than it should be, although it is good. */
  readonly failure?: AppError;
}

/** The last good state of a feed. */
export interface KeptFeed<T> {
  readonly value: readonly T[];
  readonly asOf: Instant;
  readonly omissions: readonly Omission[];
}

/** The part of Nest's logger that is needed here. */
export interface FeedLog {
  log(message: string): void;
  warn(message: string): void;
}

export interface FeedKeeperOptions {
  readonly clock: Clock;
  readonly refreshMs: number;
  readonly log: FeedLog;
  /** Called when the value has changed; the next refresh waits for it. */
  readonly onChange: () => Promise<void>;
  /** Spreads the instances' refreshes; 0 to below 1. */
  readonly random?: () => number;
}

/** After a failure the feed is asked again sooner, then more and more seldom. */
const FIRST_RETRY_MS = 15_000;
const JITTER = 0.1;
/** Omissions that are shown to clients; the log has their number. */
const MOST_OMISSIONS = 20;

/**
 * Keeps one feed in memory and up to date, off the path of any request. The last good state stays until there is a
 * better one, however long that takes; whether it is stale, and how old it is, is told.
 */
export class FeedKeeper<T> {
  private kept: KeptFeed<T> | null = null;
  private announced: readonly T[] | undefined;
  private lastFailure: AppError | null = null;
  private failures = 0;
  private running = new AbortController();
  private cancelNext: Cancel = () => undefined;
  private stopped = false;

  constructor(
    private readonly source: FeedSource<T>,
    private readonly options: FeedKeeperOptions,
  ) {}

  get name(): FeedName {
    return this.source.name;
  }

  /** Null until the feed was read once. */
  get current(): KeptFeed<T> | null {
    return this.kept;
  }

  /** Why the feed could not be had or read at the last attempt; null when all is well. */
  get failure(): AppError | null {
    return this.lastFailure;
  }

  /** Loads the feed now, and from then on again and again. Ends with the first attempt, whatever that brought. */
  async start(): Promise<void> {
    if (this.stopped) return;
    await this.attempt();
    if (this.stopped) return;
    this.cancelNext = this.options.clock.after(this.pauseMs(), () => void this.start());
  }

  /** Gives up what is under way; nothing is loaded any more. */
  stop(): void {
    this.stopped = true;
    this.cancelNext();
    this.running.abort(new AppError('UPSTREAM_UNAVAILABLE', 'the program stops'));
  }

  private async attempt(): Promise<void> {
    const { clock, onChange } = this.options;
    const running = new AbortController();
    this.running = running;
    const cancel = clock.after(this.source.deadlineMs, () => {
      running.abort(new AppError('UPSTREAM_TIMEOUT', `${this.name} took too long`));
    });
    try {
      const content = await this.source.load({ signal: running.signal });
      this.keep(content);
      if (content.value !== this.announced) await onChange();
      this.announced = content.value;
    } catch (error) {
      this.fail(error);
    } finally {
      cancel();
    }
  }

  private keep({ value, omissions, leftOut, asOf, failure }: FeedContent<T>): void {
    const isNew = value !== this.kept?.value;
    // A server that does not date its file is believed to be up to date.
    const date = asOf ?? instantOf(this.options.clock.now());
    this.kept = { value, asOf: date, omissions: omissions.slice(0, MOST_OMISSIONS) };
    if (failure) this.fail(failure);
    else {
      this.lastFailure = null;
      this.failures = 0;
    }
    if (!isNew) return;
    const { log } = this.options;
    if (leftOut === 0) log.log(`${this.name}: ${value.length} flats`);
    else log.warn(`${this.name}: ${value.length} flats, ${leftOut} left out`);
  }

  private fail(error: unknown): void {
    if (this.stopped) return;
    this.failures += 1;
    this.lastFailure =
      error instanceof AppError ? error : new AppError('INTERNAL', `${this.name} failed unexpectedly`, {}, error);
    const { code, details } = this.lastFailure;
    const where = details.path === undefined ? (details.upstreamCode ?? '') : `${details.path} ${details.reason}`;
    this.options.log.warn(`${this.name}: ${code} ${where}`.trimEnd());
  }

  private pauseMs(): number {
    const { refreshMs, random = Math.random } = this.options;
    const retryMs = this.failures === 0 ? refreshMs : FIRST_RETRY_MS * 2 ** Math.min(this.failures - 1, 20);
    return Math.min(refreshMs, retryMs) * (1 - JITTER + 2 * JITTER * random());
  }
}
