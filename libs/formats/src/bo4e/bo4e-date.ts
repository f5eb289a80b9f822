import { parseCalendarDate, parseInstant, type CalendarDate, type Instant } from '#lib/kernel';

/**
 * A point in time as far as the sender said it: an instant where an offset was written, a calendar day at midnight
 * without one, else a wall-clock time `YYYY-MM-DDThh:mm:ss` of no zone. A day of the German market that is sent in UTC
 * is an instant at 22 or 23 o'clock of the day before.
 */
export type Bo4eDate = Instant | CalendarDate | LocalTime;
export type LocalTime = string & { readonly __brand: 'LocalTime' };

const DAY = String.raw`(\d{4})-?(\d\d)-?(\d\d)`;
const TIME = String.raw`(\d\d):?(\d\d)(?::?(\d\d)(\.\d{1,9})?)?`;
const OFFSET = String.raw`(?:(Z)|([+-]\d\d)(?::?(\d\d))?)`;
/** ISO 8601, with a blank for the T or without separators, as SAP and .NET write it. */
const SHAPE = new RegExp(`^${DAY}(?:[Tt ]?${TIME}(?: ?${OFFSET})?)?$`);

/** .NET writes its first and last day where nothing is set. */
const UNSET: ReadonlySet<string> = new Set(['0001-01-01', '9999-12-31']);

/** @returns null where the text says that nothing is set, undefined where it is no date */
export function parseBo4eDate(text: string): Bo4eDate | null | undefined {
  if (text.length > 60) return undefined;
  const match = SHAPE.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, date, hour = '00', minute = '00', second = '00', fraction = '', zulu, east, eastMinutes] =
    match;
  const day = parseCalendarDate(`${year}-${month}-${date}`);
  if (day === undefined) return undefined;
  if (UNSET.has(day)) return null;
  const time = `${day}T${hour}:${minute}:${second}`;
  const offset = zulu ?? (east === undefined ? undefined : `${east}:${eastMinutes ?? '00'}`);
  if (offset !== undefined) return parseInstant(time + fraction + offset);
  if (parseInstant(`${time}Z`) === undefined) return undefined;
  return time.endsWith('T00:00:00') ? day : (time as LocalTime);
}
