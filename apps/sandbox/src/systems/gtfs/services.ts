import { addDays, dayOfMonth } from '../../world/dates.js';
import { isPublicHoliday, isSchoolHoliday } from '../thuringian-holidays.js';

/** Days on which trips run. */
export interface Service {
  readonly id: 'taeglich' | 'mo-fr' | 'sa-so' | 'schultag' | 'ferientag';
  /** From Monday to Sunday as `calendar.txt` writes it; null: only `calendar_dates.txt` knows the days. */
  readonly weekly: string | null;
  runsOn(date: string): boolean;
}

/** First and last day of a feed, both included. */
export interface FeedPeriod {
  readonly first: string;
  readonly last: string;
}

export const DAILY: Service = { id: 'taeglich', weekly: '1111111', runsOn: () => true };
export const WORKING: Service = { id: 'mo-fr', weekly: '1111100', runsOn: isWorkingDay };
export const WEEKEND: Service = { id: 'sa-so', weekly: '0000011', runsOn: (date) => !isWorkingDay(date) };
export const SCHOOL: Service = {
  id: 'schultag',
  weekly: '1111100',
  runsOn: (date) => isWorkingDay(date) && !isSchoolHoliday(date),
};
export const HOLIDAY: Service = {
  id: 'ferientag',
  weekly: null,
  runsOn: (date) => isWorkingDay(date) && isSchoolHoliday(date),
};
export const SERVICES: readonly Service[] = [DAILY, WORKING, WEEKEND, SCHOOL, HOLIDAY];

/** A new feed comes out every month: it begins with the month before and holds until a year after. */
export function feedPeriod(today: string): FeedPeriod {
  return { first: dayOfMonth(today, -1, 1), last: addDays(dayOfMonth(today, 13, 1), -1) };
}

/** Days of the period on which the service does not keep to its week, with the exception type of GTFS. */
export function exceptionsOf(service: Service, period: FeedPeriod): { date: string; type: 1 | 2 }[] {
  return daysOf(period).flatMap((date) => {
    const usual = service.weekly?.[weekdayOf(date)] === '1';
    const runs = service.runsOn(date);
    return runs === usual ? [] : [{ date, type: runs ? (1 as const) : (2 as const) }];
  });
}

function daysOf({ first, last }: FeedPeriod): string[] {
  const days: string[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) days.push(date);
  return days;
}

function isWorkingDay(date: string): boolean {
  return weekdayOf(date) < 5 && !isPublicHoliday(date);
}

/** 0 is Monday. */
function weekdayOf(date: string): number {
  return (new Date(date).getUTCDay() + 6) % 7;
}
