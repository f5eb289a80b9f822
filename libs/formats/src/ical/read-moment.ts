import ICAL from 'ical.js';
import { calendarDate } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';
import type { CalendarMoment, CalendarSpan } from './calendar-model.js';
import { unescapeText, type ContentLine } from './content-lines.js';
import { DAY } from './wall-clock.js';

/** The zones of one file. */
export interface ZoneDesk {
  /** Of moments that name none. */
  readonly floating: string;
  /** @returns undefined when the file's TZID means nothing */
  readonly resolve: (tzid: string) => string | undefined;
}

/** The calendar in use since; earlier dates only stand in definitions of zones. */
const FIRST_YEAR = 1583;
const LONGEST_SPAN = 3660 * DAY;

/** @throws AppError UPSTREAM_MALFORMED unless it is one DATE or DATE-TIME */
export function readMoment(line: ContentLine, zones: ZoneDesk, path: string): CalendarMoment {
  return parseMoment(line.value, line, zones, path);
}

/** All of a list of DATE or DATE-TIME. @throws AppError UPSTREAM_MALFORMED */
export function readMoments(line: ContentLine, zones: ZoneDesk, path: string): readonly CalendarMoment[] {
  return line.value.split(',').map((item) => parseMoment(item.trim(), line, zones, path));
}

/**
 * One DATE or DATE-TIME with the parameters of its property. VALUE=DATE takes the date of a DATE-TIME; a bare date
 * counts as DATE whatever VALUE says.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function parseMoment(text: string, line: ContentLine, zones: ZoneDesk, path: string): CalendarMoment {
  const local = parseLocal(text);
  if (local === undefined) throw malformed(path, 'is neither a date nor a date with time');
  const [date, time] = local.split('T');
  const isDate = time === undefined || line.parameters.get('VALUE')?.toUpperCase() === 'DATE';
  if (isDate) return { local: date ?? local, zone: null };
  if (text.endsWith('Z')) return { local, zone: 'UTC' };
  // Some writers escape it like a text, as in the definition of the zone.
  const tzid = unescapeText(line.parameters.get('TZID') ?? '').trim();
  const zone = tzid === '' ? zones.floating : zones.resolve(tzid);
  if (zone === undefined) throw malformed(path, 'names an unknown time zone');
  return { local, zone };
}

/** @returns `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; a leap second counts as the one before */
export function parseLocal(text: string, firstYear = FIRST_YEAR): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z?)?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute = '', second = ''] = match;
  const date = Number(year) < firstYear ? undefined : calendarDate(Number(year), Number(month), Number(day));
  if (date === undefined || hour === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return `${date}T${hour}:${minute}:${second === '60' ? '59' : second}`;
}

/** DURATION of RFC 5545: weeks and days go by the wall clock, the rest by real time. */
export function parseDuration(text: string, path: string): CalendarSpan {
  const { weeks, days, hours, minutes, seconds, isNegative } = durationOf(text, path);
  const wall = (weeks * 7 + days) * DAY;
  const exact = hours * 3600 + minutes * 60 + seconds;
  if (isNegative && wall + exact > 0) throw malformed(path, 'is negative');
  if (!(wall + exact <= LONGEST_SPAN)) throw malformed(path, 'is longer than ten years');
  return { wall, exact };
}

function durationOf(text: string, path: string): ICAL.Duration {
  // The library also accepts what the standard does not, such as an hour without its T.
  const wellFormed = /^[+-]?P(?:\d{1,9}W|(?=[\dT])(?:\d{1,9}D)?(?:T(?=\d)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}S)?)?)$/i;
  if (!wellFormed.test(text)) throw malformed(path, 'is no duration');
  return ICAL.Duration.fromString(text.toUpperCase());
}

/** @throws AppError UPSTREAM_MALFORMED when the end lies before the start or more than ten years after it */
export function checkSpan(span: CalendarSpan, path: string): CalendarSpan {
  const seconds = span.wall + span.exact;
  if (seconds < 0) throw malformed(path, 'lies before the start');
  if (seconds > LONGEST_SPAN) throw malformed(path, 'lies more than ten years after the start');
  return span;
}
