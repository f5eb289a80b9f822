import { Temporal } from 'temporal-polyfill';

/** A calendar date `YYYY-MM-DD` without time zone: contract starts, due dates. Not an instant. */
export type CalendarDate = string & { readonly __brand: 'CalendarDate' };
/** A point in time as RFC 3339 in UTC, e.g. `2026-11-22T17:00:00.000Z`. */
export type Instant = string & { readonly __brand: 'Instant' };

/** All subsidiaries live here; both clock changes are covered by tests. */
export const BERLIN = 'Europe/Berlin';

/** @returns the date, or undefined when `text` is not an existing day in `YYYY-MM-DD` */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as CalendarDate;
  } catch {
    return undefined;
  }
}

/** A date from its parts, or undefined when there is no such day (31 April). `month` counts from 1. */
export function calendarDate(year: number, month: number, day: number): CalendarDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString() as CalendarDate;
  } catch {
    return undefined;
  }
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as CalendarDate;
}

/** Epoch milliseconds to an Instant. @throws RangeError outside years 0–9999 */
export function instantOf(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString() as Instant;
}

/** Epoch milliseconds of an Instant. */
export function epochOf(instant: Instant): number {
  return Date.parse(instant);
}

/** @returns the instant of RFC 3339 text that names its offset or `Z`; undefined otherwise */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  try {
    return instantOf(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** The calendar date in Berlin at that instant. */
export function berlinDate(instant: Instant): CalendarDate {
  const hour = Math.floor(epochOf(instant) / HOUR_MS);
  const known = dateOfHour.get(hour);
  if (known !== undefined) return known;
  const date = zoned(instant).toPlainDate().toString() as CalendarDate;
  // Before 1970 offsets were not always whole hours.
  if (hour < 0) return date;
  if (dateOfHour.size >= MOST_HOURS) dateOfHour.clear();
  dateOfHour.set(hour, date);
  return date;
}

/** Asked for several times by every request. Berlin's offsets are whole hours, so that an hour of UTC has one date. */
const dateOfHour = new Map<number, CalendarDate>();
const HOUR_MS = 3_600_000;
const MOST_HOURS = 5_000;

/**
 * The instant of a wall-clock time in Berlin. In the hour that is skipped in March the time moves forward by the gap;
 * in the hour that comes twice in October the first one is meant (RFC 5545 rule).
 */
export function berlinInstant(date: CalendarDate, hour: number, minute: number, second = 0): Instant {
  const local = Temporal.PlainDate.from(date).toPlainDateTime({ hour, minute, second });
  return instantOf(local.toZonedDateTime(BERLIN, { disambiguation: 'compatible' }).epochMilliseconds);
}

/** RFC 3339 with the offset Berlin has at that instant, to the second: `2026-11-22T18:00:00+01:00`. */
export function formatBerlin(instant: Instant): string {
  const known = formatted.get(instant);
  if (known !== undefined) return known;
  const text = zoned(instant).toString({ timeZoneName: 'never', smallestUnit: 'second' });
  if (formatted.size >= MOST_FORMATTED) formatted.clear();
  formatted.set(instant, text);
  return text;
}

/** A text takes 20 µs, and what is in memory is shown again and again with the same instants. */
const formatted = new Map<Instant, string>();
const MOST_FORMATTED = 5_000;

function zoned(instant: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochOf(instant)).toZonedDateTimeISO(BERLIN);
}
