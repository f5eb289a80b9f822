import { calendarDate, instantOf, type CalendarDate, type Instant } from '#lib/kernel';

/** A date of OData v2 JSON (`/Date(…)/`). */
export interface ODataDate {
  /** Milliseconds since 1970, UTC. */
  readonly ticks: number;
  /** Minutes east of UTC of an Edm.DateTimeOffset; null for an Edm.DateTime, which has no time zone. */
  readonly offset: number | null;
}

/** The slashes may still be escaped where an answer was stored as a string inside a string. */
const SHAPE = /^\\?\/Date\((-?\d{1,15})(?:([+-])(\d{1,4}))?\)\\?\/$/;
const MINUTE_MS = 60_000;
/** First and last millisecond that a calendar date with a four-digit year can name. */
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** @returns undefined when `text` is no such date or lies outside the years 1 to 9999 */
export function parseODataDate(text: string): ODataDate | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const ticks = Number(match[1]);
  const offset = match[3] === undefined ? null : Number(`${match[2]}${match[3]}`);
  const local = ticks + (offset ?? 0) * MINUTE_MS;
  const inRange = [ticks, local].every((value) => value >= EARLIEST && value <= LATEST);
  return inRange ? { ticks, offset } : undefined;
}

/** The day that the clock on the wall of the sender showed. */
export function dayOf({ ticks, offset }: ODataDate): CalendarDate | undefined {
  const local = new Date(ticks + (offset ?? 0) * MINUTE_MS);
  return calendarDate(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate());
}

/**
 * The most that can be said of a date without knowing its property: with an offset it is an instant; without one it is
 * a day at midnight and otherwise a wall-clock time `YYYY-MM-DDThh:mm:ss.sss` of no zone.
 */
export function describeODataDate(date: ODataDate): CalendarDate | Instant | string | undefined {
  const instant = instantOf(date.ticks);
  if (date.offset !== null) return instant;
  return instant.endsWith('T00:00:00.000Z') ? dayOf(date) : instant.slice(0, -1);
}
