import { addDays } from '../../world/dates.js';

/** All days from `first` to `last`, both included, that fall on one of the weekdays; 0 is Sunday. */
export function weekdaysBetween(first: string, last: string, weekdays: readonly number[]): string[] {
  const days: string[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    if (weekdays.includes(new Date(date).getUTCDay())) days.push(date);
  }
  return days;
}

/** The n-th such weekday of a month, `YYYY-MM`. */
export function nthWeekday(month: string, n: number, weekday: number): string {
  return weekdaysBetween(`${month}-01`, `${month}-28`, [weekday])[n - 1] ?? `${month}-01`;
}
