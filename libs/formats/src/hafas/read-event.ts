import type { CalendarDate } from '#lib/kernel';
import { WireObject } from '../wire/wire-object.js';
import type { HafasEvent } from './hafas-model.js';
import { readHafasTime } from './hafas-time.js';

/** Field names of arrivals begin with `a`, of departures with `d`. */
export type Prefix = 'a' | 'd';

/**
 * Reads arrival or departure at a stop of a HAFAS answer.
 * @param date operating day that the times count from
 * @returns null when the trip has no such event there (first or last stop)
 */
export function readEvent(stop: WireObject, prefix: Prefix, date: CalendarDate): HafasEvent | null {
  const offset = `${prefix}TZOffset`;
  const expected = readHafasTime(stop, `${prefix}TimeR`, date, offset);
  // An extra stop has a forecast only.
  const planned = readHafasTime(stop, `${prefix}TimeS`, date, offset) ?? expected;
  if (planned === null) return null;
  return {
    planned,
    expected,
    platform: readPlatform(stop, `${prefix}Pl`, 'R') ?? readPlatform(stop, `${prefix}Pl`, 'S'),
    cancelled: stop.value(`${prefix}Cncl`) === true || stop.value('isCncl') === true,
  };
}

/** Up to version 1.42 a text `dPlatfS`, later an object `dPltfS`. */
function readPlatform(stop: WireObject, start: string, kind: 'R' | 'S'): string | null {
  const text = stop.optionalText(`${start}atf${kind}`, 100);
  return (text ?? stop.optionalObject(`${start}tf${kind}`)?.optionalText('txt', 100))?.trim() || null;
}
