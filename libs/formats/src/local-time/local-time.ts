import { berlinInstant, parseCalendarDate, parseInstant, type Instant } from '#lib/kernel';

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,12})?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A timestamp with any number of decimals, with `T` or a blank, with or without offset. Without one it is Berlin's
 * wall clock; a bare date is its midnight. Fractions of a second are dropped.
 */
export function localInstant(text: string): Instant | undefined {
  const [, day, hour = '00', minute = '00', second = '00', zone] = TIMESTAMP.exec(text) ?? [];
  const date = day === undefined ? undefined : parseCalendarDate(day);
  if (date === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (zone === undefined) return berlinInstant(date, Number(hour), Number(minute), Number(second));
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return parseInstant(`${date}T${hour}:${minute}:${second}${offset}`);
}
