import {
  addDays,
  berlinInstant,
  calendarDate,
  formatBerlin,
  instantOf,
  type CalendarDate,
  type Instant,
} from '#lib/kernel';
import { malformed, type WireObject } from '../wire/wire-object.js';

const DATE = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^(\d{0,2})(\d{2})(\d{2})(\d{2})$/;
/** Widest offset of any time zone, in minutes. */
const WIDEST_OFFSET = 14 * 60;

/** @returns the day of `YYYYMMDD`, or undefined when there is no such day */
export function parseHafasDate(text: string): CalendarDate | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  return year === undefined ? undefined : calendarDate(Number(year), Number(month), Number(day));
}

/**
 * The instant of `HHMMSS` or `DDHHMMSS` on an operating day; `DD` counts days after it (HAFAS mgate).
 * @param offsetMinutes what the system calls TZOffset. Without it Berlin's wall clock counts: in the hour that comes
 *   twice in October the first one is meant, in the hour that March skips the time moves forward.
 * @returns undefined when the text is no such time
 */
export function parseHafasTime(date: CalendarDate, text: string, offsetMinutes: number | null): Instant | undefined {
  const [, days, hours, minutes, seconds] = (TIME.exec(text) ?? []).map(Number);
  if (days === undefined || hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  if (hours > 47 || minutes > 59 || seconds > 59) return undefined;
  // Some operators count hours past midnight instead of days: 240500 is five past midnight.
  const day = addDays(date, days + Math.floor(hours / 24));
  const hour = hours % 24;
  if (offsetMinutes === null) return berlinInstant(day, hour, minutes, seconds);
  return instantOf(Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + minutes - offsetMinutes) * 60 + seconds) * 1000);
}

/** Date and time as a request carries them: Berlin's wall clock. */
export function formatHafasTime(instant: Instant): { readonly date: string; readonly time: string } {
  const [day = '', clock = ''] = formatBerlin(instant).slice(0, 19).split('T');
  return { date: day.replaceAll('-', ''), time: clock.replaceAll(':', '') };
}

/** @throws AppError UPSTREAM_MALFORMED when the field is missing or no date */
export function readHafasDate(object: WireObject, name: string): CalendarDate {
  const date = parseHafasDate(object.text(name, 8));
  if (date === undefined) throw malformed(object.at(name), 'is not a date YYYYMMDD');
  return date;
}

/**
 * Missing is null.
 * @throws AppError UPSTREAM_MALFORMED when the field is there and no time
 */
export function readHafasTime(
  object: WireObject,
  name: string,
  date: CalendarDate,
  offsetName: string,
): Instant | null {
  const text = object.optionalText(name, 8);
  if (text === null) return null;
  const instant = parseHafasTime(date, text, readOffset(object, offsetName));
  if (instant === undefined) throw malformed(object.at(name), 'is not a time HHMMSS or DDHHMMSS');
  return instant;
}

/** Some systems send 0 where they know no offset; Berlin never has it. */
function readOffset(object: WireObject, name: string): number | null {
  if (!object.has(name) || object.value(name) === 0) return null;
  const offset = object.integer(name);
  if (Math.abs(offset) > WIDEST_OFFSET) throw malformed(object.at(name), 'is not an offset in minutes');
  return offset;
}
