import { calendarDate, parseCalendarDate, type CalendarDate } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import { instantAt, optionalNumber, optionalPart, rowsOf, wholeNumber } from './zms-fields.js';
import type { ZmsDay, ZmsSlot } from './zms-model.js';

const BOOKABLE: ReadonlyMap<string, ZmsDay['bookable']> = new Map([
  ['bookable', 'BOOKABLE'],
  ['full', 'FULL'],
  ['notBookable', 'NOT_BOOKABLE'],
  ['restricted', 'RESTRICTED'],
]);

/** `day`: date in three parts, free appointments as numbers or text. */
export function readDay(row: unknown, path: string): ZmsDay {
  const wire = new WireObject(row, path);
  const free = optionalPart(wire, 'freeAppointments');
  return {
    date: readDate(wire),
    bookable: BOOKABLE.get(wire.optionalText('status', 50) ?? '') ?? 'OTHER',
    free: free === null ? 0 : (optionalNumber(free, 'public') ?? 0),
  };
}

export function readDate(wire: WireObject): CalendarDate {
  const date = calendarDate(wholeNumber(wire, 'year'), wholeNumber(wire, 'month'), wholeNumber(wire, 'day'));
  if (date === undefined) throw malformed(wire.path, 'is no date');
  return date;
}

/** A day of the citizen API's calendar: its free times by provider. */
export function readDaySlots(row: unknown, path: string): readonly ZmsSlot[] {
  const wire = new WireObject(row, path);
  if (parseCalendarDate(wire.text('date', 10)) === undefined) throw malformed(wire.at('date'), 'is no date');
  const byProvider = optionalPart(wire, 'appointments');
  if (byProvider === null) return [];
  return Object.keys(wire.value('appointments') as object).flatMap((providerId) =>
    readTimes(byProvider.value(providerId), byProvider.at(providerId), providerId),
  );
}

/** Seconds since 1970, as numbers or text. */
export function readTimes(value: unknown, path: string, providerId: string | null): readonly ZmsSlot[] {
  return rowsOf(value, path).map((time, index) => ({ start: readTime(time, `${path}[${index}]`), providerId }));
}

function readTime(time: unknown, path: string): ZmsSlot['start'] {
  const seconds = typeof time === 'string' && /^\d{1,12}$/.test(time) ? Number(time) : time;
  if (typeof seconds !== 'number' || !Number.isSafeInteger(seconds)) throw malformed(path, 'is not a whole number');
  return instantAt(seconds, path);
}
