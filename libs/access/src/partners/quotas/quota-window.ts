export const QUOTA_PERIODS = ['minute', 'day'] as const;

export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

/** Lengths in milliseconds; days are those of UTC. */
export const PERIOD_MS: Readonly<Record<QuotaPeriod, number>> = { minute: 60_000, day: 86_400_000 };

/** Of a quota as many requests are counted here at most before the other instances hear of them. */
const PART_UNTOLD = 1 / 20;
/** What was told longer ago is told anew with the next request. */
const TOLD_EVERY_MS = 1_000;

/** One partner's requests in one minute or day: those that all instances told, and those of this one since. */
export class QuotaWindow {
  private told = 0;
  private untold = 0;
  private toldAt = -Infinity;

  constructor(
    readonly period: QuotaPeriod,
    /** Clock time in milliseconds at which the window begins. */
    readonly startsAt: number,
    readonly quota: number,
  ) {}

  get endsAt(): number {
    return this.startsAt + PERIOD_MS[this.period];
  }

  get remaining(): number {
    return Math.max(0, this.quota - this.told - this.untold);
  }

  count(): void {
    this.untold += 1;
  }

  /** Whether the other instances must hear of this one now. @param now monotonic time in milliseconds */
  isDue(now: number): boolean {
    return this.untold >= Math.max(1, this.quota * PART_UNTOLD) || now - this.toldAt >= TOLD_EVERY_MS;
  }

  /** Requests to be told; they count as told from here on. */
  take(now: number): number {
    const taken = this.untold;
    this.untold = 0;
    this.told += taken;
    this.toldAt = now;
    return taken;
  }

  /** What all instances together have told. */
  learn(total: number): void {
    this.told = Math.max(this.told, total);
  }

  /** What was taken could not be told: it is told next time. */
  putBack(taken: number): void {
    this.told -= taken;
    this.untold += taken;
  }
}
