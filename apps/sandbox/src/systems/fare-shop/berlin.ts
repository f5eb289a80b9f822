import { Temporal } from 'temporal-polyfill';

const ZONE = 'Europe/Berlin';

/** An instant as the shop writes it, with Berlin's offset: `2026-11-22T18:00:00+01:00`. */
export function berlinTimestamp(epochMilliseconds: number): string {
  return written(Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(ZONE));
}

/** The full hour of that day in Berlin, in the same notation. */
export function berlinHour(date: string, hour: number): string {
  return written(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: ZONE, plainTime: { hour } }));
}

/** First day of the month that lies `months` after the month of `date`. */
export function firstOfMonth(date: string, months = 0): string {
  return Temporal.PlainDate.from(date).with({ day: 1 }).add({ months }).toString();
}

/** Last day of the month of `date`. */
export function lastOfMonth(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.with({ day: day.daysInMonth }).toString();
}

function written(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
