import { instantOf, parseCalendarDate, type CalendarDate, type Instant } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import type { RealtimeText, RealtimeTrip, TripRelationship } from './gtfsrt-model.js';

/** 10000-01-01, in seconds. What lies there or later means "for ever". */
const END_OF_TIME = 253_402_300_800;

/**
 * POSIX seconds. Zero is what many producers write for "not known".
 * @returns null for zero and for ever
 */
export function optionalInstant(object: WireObject, name: string): Instant | null {
  const seconds = optionalNumber(object, name);
  if (seconds === null || seconds === 0 || seconds >= END_OF_TIME) return null;
  if (seconds < 0) throw malformed(object.at(name), 'is before 1970');
  return instantOf(seconds * 1000);
}

export function optionalNumber(object: WireObject, name: string): number | null {
  const value = object.value(name);
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw malformed(object.at(name), 'is not a number');
  return value;
}

/** `YYYYMMDD`. */
export function optionalDay(object: WireObject, name: string): CalendarDate | null {
  const text = object.optionalText(name);
  if (text === null) return null;
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const date = parseCalendarDate(`${year}-${month}-${day}`);
  if (date === undefined) throw malformed(object.at(name), 'is not a date YYYYMMDD');
  return date;
}

/** Seconds of `H:MM:SS`, which may run past 24:00:00. */
export function optionalStart(object: WireObject, name: string): number | null {
  const text = object.optionalText(name);
  if (text === null) return null;
  const [, hours, minutes, seconds] = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text) ?? [];
  if (seconds === undefined) throw malformed(object.at(name), 'is not a time HH:MM:SS');
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Name of an enumeration's value; `fallback` is the default of the specification. */
export function enumName(object: WireObject, name: string, fallback: string): string {
  return object.optionalText(name) ?? fallback;
}

export function readTrip(object: WireObject): RealtimeTrip {
  return {
    trip: object.optionalText('trip_id'),
    route: object.optionalText('route_id'),
    direction: optionalNumber(object, 'direction_id'),
    startDate: optionalDay(object, 'start_date'),
    startSeconds: optionalStart(object, 'start_time'),
    relationship: enumName(object, 'schedule_relationship', 'SCHEDULED') as TripRelationship,
  };
}

export function optionalTrip(object: WireObject): RealtimeTrip | null {
  const trip = object.optionalObject('trip');
  return trip === null ? null : readTrip(trip);
}

export function readTexts(object: WireObject, name: string): RealtimeText[] {
  const translated = object.optionalObject(name);
  if (translated === null) return [];
  return objectsIn(translated, 'translation').map((each) => ({
    text: each.textOrEmpty('text', 100_000),
    language: each.optionalText('language'),
  }));
}

export function objectsIn(object: WireObject, name: string): WireObject[] {
  return object.list(name).map((each, index) => new WireObject(each, `${object.at(name)}[${index}]`));
}
