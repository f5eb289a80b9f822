import { addDays, type CalendarDate } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { workingDayAfter } from './working-days.js';

/**
 * How far back gas, water and heating may begin or end: six weeks [A], a rule of the house. For power nothing is
 * retroactive since the supplier change in 24 hours (domain.md section 1, since 6 June 2025).
 */
const RETROACTIVE_DAYS = 42;
/** How far ahead a beginning may lie [A]. */
const AHEAD_DAYS = 365;

/**
 * The first day on which a supply may begin that is asked for today. Power is registered for the next working day but
 * one at the earliest (domain.md section 1).
 */
export function earliestBeginning(commodity: Commodity, today: CalendarDate): CalendarDate {
  return commodity === 'POWER' ? workingDayAfter(today, 2, 'market') : addDays(today, -RETROACTIVE_DAYS);
}

export function latestBeginning(today: CalendarDate): CalendarDate {
  return addDays(today, AHEAD_DAYS);
}

/**
 * The earliest last day of a supply whose end is asked for today. Power is deregistered for the next working day at the
 * earliest (domain.md section 1).
 */
export function earliestLastDay(commodity: Commodity, today: CalendarDate): CalendarDate {
  return commodity === 'POWER' ? workingDayAfter(today, 1, 'market') : addDays(today, -RETROACTIVE_DAYS);
}

/** The same for one contract: before its beginning it can still be taken back, as if it had never been. */
export function soonestLastDay(
  { commodity, from }: { readonly commodity: Commodity; readonly from: CalendarDate },
  today: CalendarDate,
): CalendarDate {
  return from > today ? addDays(from, -1) : earliestLastDay(commodity, today);
}
