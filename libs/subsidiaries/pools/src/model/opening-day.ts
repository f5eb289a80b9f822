import type { CalendarDate, Instant } from '#lib/kernel';

/** A time in which a pool is open. */
export interface OpeningSpan {
  readonly opens: Instant;
  /** Exclusive. */
  readonly closes: Instant;
  /** What the calendar calls it, e.g. "Frühschwimmen". */
  readonly title: string | null;
  /** What the calendar says besides. */
  readonly note: string | null;
}

/** The hours of one day. Without spans the pool is closed. */
export interface OpeningDay {
  readonly date: CalendarDate;
  /** Those that begin on this day in Berlin, in order; a long night belongs to its evening. */
  readonly spans: readonly OpeningSpan[];
  /** Why it is closed all day; null when it is open, or when the calendar gives no reason. */
  readonly closedReason: string | null;
  /** What the calendar announces for the day: closures, and what is on all day. */
  readonly notices: readonly string[];
}

/** Consecutive opening days, sorted. */
export type PoolHours = readonly OpeningDay[];

/** Whether one of the days has the pool open at that moment: the first moment of a span counts, its last does not. */
export function isOpenAt(hours: PoolHours, now: Instant): boolean {
  return hours.some(({ spans }) => spans.some(({ opens, closes }) => opens <= now && now < closes));
}
