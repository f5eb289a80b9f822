import type { CalendarDate } from '#lib/kernel';
import { Temporal } from 'temporal-polyfill';

const DAY_SECONDS = 24 * 3600;
const HALF_DAY_SECONDS = DAY_SECONDS / 2;
/** A clock is never further from UTC; a few hours more do no harm. */
const FARTHEST_OFFSET_SECONDS = 16 * 3600;
const MOST_KEPT = 1_000;

/** Service days are counted from 1970-01-01, so that they fit into typed arrays. */
export function dayOfDate(date: CalendarDate): number {
  return Date.parse(date) / (DAY_SECONDS * 1000);
}

export function dateOfDay(day: number): CalendarDate {
  return new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10) as CalendarDate;
}

/** Monday is 0. */
export function weekdayOfDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Where the service days of one time zone begin. */
export class ServiceDays {
  private readonly starts = new Map<number, number>();

  constructor(readonly zone: string) {}

  /**
   * Epoch seconds from which the times of a service day count: noon minus twelve hours (GTFS reference). That is
   * midnight except on the days of clock changes, where it is an hour off.
   */
  startOf(day: number): number {
    const known = this.starts.get(day);
    if (known !== undefined) return known;
    if (this.starts.size >= MOST_KEPT) this.starts.clear();
    const noon = Temporal.PlainDate.from(dateOfDay(day)).toZonedDateTime({ timeZone: this.zone, plainTime: '12:00' });
    const start = noon.epochMilliseconds / 1000 - HALF_DAY_SECONDS;
    this.starts.set(day, start);
    return start;
  }
}

/**
 * Every day on which something may happen between two moments (epoch seconds), when times run up to `latest`
 * seconds. Days at the edges may turn out to be too many.
 */
export function daysBetween(
  from: number,
  until: number,
  latest: number,
): { readonly first: number; readonly last: number } {
  return {
    first: Math.floor((from - latest - FARTHEST_OFFSET_SECONDS) / DAY_SECONDS),
    last: Math.floor((until + FARTHEST_OFFSET_SECONDS) / DAY_SECONDS),
  };
}
