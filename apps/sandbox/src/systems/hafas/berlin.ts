import { Temporal } from 'temporal-polyfill';

const ZONE = 'Europe/Berlin';

/** A calendar day in Berlin: 24 hours long, or 23 and 25 when the clocks change. */
export interface BerlinDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Epoch milliseconds of its first instant. */
  readonly startsAt: number;
  /** The hour the wall clock shows in each hour that passes, e.g. 0, 1, 3, … on the last Sunday of March. */
  readonly wallHours: readonly number[];
  readonly isWeekend: boolean;
}

/** The day with this date. */
export function berlinDay(date: string): BerlinDay {
  const plain = Temporal.PlainDate.from(date);
  const start = plain.toZonedDateTime(ZONE);
  const wallHours = Array.from({ length: start.hoursInDay }, (_, hour) => start.add({ hours: hour }).hour);
  return { date, startsAt: start.epochMilliseconds, wallHours, isWeekend: plain.dayOfWeek > 5 };
}

/** The date in Berlin at this instant, `YYYY-MM-DD`. */
export function berlinDate(epochMilliseconds: number): string {
  return zoned(epochMilliseconds).toPlainDate().toString();
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Minutes that Berlin is ahead of UTC at this instant: 60 or 120. */
export function offsetMinutes(epochMilliseconds: number): number {
  return zoned(epochMilliseconds).offsetNanoseconds / 60_000_000_000;
}

/** `2026-11-22` as HAFAS writes it: `20261122`. */
export function hafasDate(date: string): string {
  return date.replaceAll('-', '');
}

/**
 * The wall clock in Berlin as HAFAS writes it relative to `date`: `HHMMSS`, and `DDHHMMSS` with the number of days
 * in front when it is past midnight.
 */
export function hafasTime(epochMilliseconds: number, date: string): string {
  const moment = zoned(epochMilliseconds);
  const days = Temporal.PlainDate.from(date).until(moment.toPlainDate()).days;
  return (days === 0 ? [] : [days])
    .concat(moment.hour, moment.minute, moment.second)
    .map((part) => String(part).padStart(2, '0'))
    .join('');
}

/** @returns `YYYY-MM-DD`, or undefined when the text is no existing day as `YYYYMMDD` */
export function parseHafasDate(text: string): string | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (parts === null) return undefined;
  try {
    return Temporal.PlainDate.from(`${parts[1]}-${parts[2]}-${parts[3]}`, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

/**
 * The instant of a wall-clock time `HHMMSS` on that date. In the skipped hour of March it moves on by that hour, in the
 * doubled hour of October the first one is meant.
 * @returns epoch milliseconds, or undefined when the text is no time of day
 */
export function parseHafasTime(date: string, text: string): number | undefined {
  const parts = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(text);
  if (parts === null) return undefined;
  const time = { hour: Number(parts[1]), minute: Number(parts[2]), second: Number(parts[3]) };
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: ZONE, plainTime: time }).epochMilliseconds;
}

function zoned(epochMilliseconds: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(ZONE);
}
