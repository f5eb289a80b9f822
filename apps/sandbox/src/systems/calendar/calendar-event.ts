import { parseHafasTime } from '../hafas/berlin.js';
import { escapeText } from './content-lines.js';

/** An event on the wall clock of Berlin. Dates are `YYYY-MM-DD`, times of day `HH:MM`. */
export interface CalendarEvent {
  /** Without the domain; exceptions to a series have that of the series. */
  readonly uid: string;
  readonly summary: string;
  /** First day. */
  readonly date: string;
  /** Null: the whole day. */
  readonly hours: readonly [opens: string, closes: string] | null;
  /** For whole days: the first day after it. */
  readonly until?: string;
  /** Tell the length by DURATION instead of DTEND. */
  readonly byDuration?: boolean;
  readonly rule?: string;
  /** Days of the series that are left out; one line of EXDATE for each list. */
  readonly except?: readonly (readonly string[])[];
  /** Day of the series that this event replaces. */
  readonly replaces?: string;
  /** Time of day of the replaced one when the series has another. */
  readonly replacedTime?: string;
  readonly cancelled?: boolean;
  readonly description?: string;
}

/** The end of a day in Berlin for UNTIL, which is in UTC when the series has a time zone. */
export function endOfDay(date: string): string {
  const last = new Date(parseHafasTime(date, '235959') ?? Number.NaN);
  return last.toISOString().replace(/[-:]|\.\d+/g, '');
}

/** `2026-11-22` as `20261122`. */
export function compact(date: string): string {
  return date.replaceAll('-', '');
}

/** The VEVENT of this event. Times carry TZID=Europe/Berlin; the calendar explains the zone nowhere. */
export function eventLines(event: CalendarEvent, place: string, stamp: string): string[] {
  const { hours, date } = event;
  const time = hours?.[0] ?? null;
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}@jenaer-baeder.example`,
    `DTSTAMP:${stamp}`,
    ...(event.replaces === undefined
      ? []
      : [`RECURRENCE-ID${moment(event.replaces, event.replacedTime ?? time)}`, 'SEQUENCE:1']),
    `DTSTART${moment(date, time)}`,
    ...end(event),
    ...(event.rule === undefined ? [] : [`RRULE:${event.rule}`]),
    ...(event.except ?? []).map((dates) => `EXDATE${moments(dates, time)}`),
    `SUMMARY:${escapeText(event.summary)}`,
    ...(event.description === undefined ? [] : [`DESCRIPTION:${escapeText(event.description)}`]),
    `LOCATION:${escapeText(place)}`,
    ...(event.cancelled === true ? ['STATUS:CANCELLED'] : []),
    'END:VEVENT',
  ];
}

function end({ date, hours, until, byDuration }: CalendarEvent): string[] {
  if (hours === null) return until === undefined ? [] : [`DTEND${moment(until, null)}`];
  return [byDuration === true ? `DURATION:${durationOf(hours)}` : `DTEND${moment(date, hours[1])}`];
}

function durationOf([opens, closes]: readonly [string, string]): string {
  const minutes = minutesOf(closes) - minutesOf(opens);
  return `PT${Math.floor(minutes / 60)}H${minutes % 60 === 0 ? '' : `${minutes % 60}M`}`;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function moment(date: string, time: string | null): string {
  return moments([date], time);
}

/** Parameters and values of a property of dates: `;TZID=…:20261122T100000` or `;VALUE=DATE:20261122`. */
function moments(dates: readonly string[], time: string | null): string {
  if (time === null) return `;VALUE=DATE:${dates.map(compact).join(',')}`;
  return `;TZID=Europe/Berlin:${dates.map((date) => `${compact(date)}T${time.replace(':', '')}00`).join(',')}`;
}
