import { addDays, berlinInstant, calendarDate, epochOf, instantOf, type CalendarDate, type Instant } from '#lib/kernel';
import type { TicketValidity } from '../ticket-facts.js';
import type { FcbRecord } from './fcb-record.js';

const MINUTES_A_DAY = 1_440;
const LAST_SECOND = { minute: MINUTES_A_DAY - 1, second: 59 };

/** Day of a year, from 1. Some issuers number on beyond the year's end. */
export function dayOfYear(year: number, day: number): CalendarDate | null {
  const first = calendarDate(year, 1, 1);
  return first === undefined ? null : addDays(first, Math.max(0, day - 1));
}

/** Open tickets, passes and the like: days from the day of issue, then days from the first day. */
export function relativeValidity(document: FcbRecord, issuedOn: CalendarDate): TicketValidity | null {
  const fromDay = document.number('validFromDay');
  const untilDay = document.number('validUntilDay');
  if (fromDay === null || untilDay === null) return null;
  const first = addDays(issuedOn, fromDay);
  const shift = document.number('validFromUTCOffset');
  return {
    from: momentOf(first, document.number('validFromTime') ?? 0, 0, shift),
    until: endOf(
      addDays(first, untilDay),
      document.number('validUntilTime'),
      document.number('validUntilUTCOffset') ?? shift,
    ),
  };
}

/** A reservation holds from departure to arrival; without an arrival to the end of the day. */
export function reservedTime(document: FcbRecord, issuedOn: CalendarDate): TicketValidity {
  const first = addDays(issuedOn, document.number('departureDate') ?? 0);
  const shift = document.number('departureUTCOffset');
  const last = addDays(first, document.number('arrivalDate') ?? 0);
  return {
    from: momentOf(first, document.number('departureTime') ?? 0, 0, shift),
    until: endOf(last, document.number('arrivalTime'), document.number('arrivalUTCOffset') ?? shift),
  };
}

/** Vouchers name years and days; customer cards count the last year from the first. */
export function yearlyValidity(document: FcbRecord, countsYears: boolean): TicketValidity | null {
  const fromYear = document.number('validFromYear') ?? 0;
  const untilYear = (document.number('validUntilYear') ?? 0) + (countsYears ? fromYear : 0);
  const first = dayOfYear(fromYear, document.number('validFromDay') ?? 1);
  const untilDay = document.number('validUntilDay');
  const last = untilDay === null ? (calendarDate(untilYear, 12, 31) ?? null) : dayOfYear(untilYear, untilDay);
  if (first === null || last === null) return null;
  return { from: momentOf(first, 0, 0, null), until: endOf(last, null, null) };
}

export function parkingTime(document: FcbRecord, issuedOn: CalendarDate): TicketValidity {
  const first = addDays(issuedOn, document.number('fromParkingDate') ?? 0);
  const last = addDays(first, document.number('untilParkingDate') ?? 0);
  return { from: momentOf(first, 0, 0, null), until: endOf(last, null, null) };
}

/** Without a time the whole last day counts. */
function endOf(date: CalendarDate, minute: number | null, shift: number | null): Instant {
  return minute === null
    ? momentOf(date, LAST_SECOND.minute, LAST_SECOND.second, shift)
    : momentOf(date, minute, 0, shift);
}

/** @param shift quarters of an hour from local time to UTC; null for the time in Berlin */
function momentOf(date: CalendarDate, minute: number, second: number, shift: number | null): Instant {
  const day = minute === MINUTES_A_DAY ? addDays(date, 1) : date;
  const ofDay = minute % MINUTES_A_DAY;
  if (shift === null) return berlinInstant(day, Math.floor(ofDay / 60), ofDay % 60, second);
  return instantOf(epochOf(`${day}T00:00:00Z` as Instant) + ((ofDay + shift * 15) * 60 + second) * 1_000);
}
