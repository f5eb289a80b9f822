import { addDays, calendarDate, parseDecimal, type CalendarDate, type Problem } from '#lib/kernel';

/** A time in which a subscription rests; whole calendar months when we ask for one. */
export interface Pause {
  readonly from: CalendarDate;
  /** Last day; null while no end is fixed. */
  readonly until: CalendarDate | null;
}

/** A subscription as far as it matters to a pause; shown to nobody but its customer. */
export interface PausableSubscription {
  /** The shop's number, e.g. `ABO-0012345`. */
  readonly number: string;
  readonly product: string;
  /** Last day of the subscription; null is open-ended. */
  readonly until: CalendarDate | null;
  readonly pause: Pause | null;
}

/** A wish for a pause: `from` is a month `YYYY-MM`. */
export interface PauseWish {
  readonly from: string;
  readonly months: number;
}

/** Conditions of the shop: two months of a calendar year may rest, the last one at most a year ahead. */
const MOST_MONTHS = 2;
const MONTHS_AHEAD = 12;
/** Notice as for a cancellation: up to the 10th it works from next month on, then from the month after. */
const LAST_DAY_OF_NOTICE = 10;

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** First to last day of the wished months. @throws RangeError when `from` is no month */
export function pauseOf({ from, months }: PauseWish): { readonly from: CalendarDate; readonly until: CalendarDate } {
  const first = `${from}-01` as CalendarDate;
  return { from: monthAfter(first, 0), until: addDays(monthAfter(first, months), -1) };
}

/** First day of the first month that can still be paused. */
export function earliestPause(today: CalendarDate): CalendarDate {
  return monthAfter(today, Number(today.slice(8)) > LAST_DAY_OF_NOTICE ? 2 : 1);
}

/** What stands against a wish whatever the subscription; the shop has the last word on months that rested already. */
export function findPauseProblem(wish: PauseWish, today: CalendarDate): Problem | null {
  if (!Number.isInteger(wish.months) || wish.months < 1 || wish.months > MOST_MONTHS) return tooManyMonths(MOST_MONTHS);
  const { from } = pauseOf(wish);
  const earliest = earliestPause(today);
  if (from < earliest) return { path: 'from', code: 'DATE_TOO_EARLY', earliest };
  return from > monthAfter(today, MONTHS_AHEAD + 1 - wish.months) ? { path: 'from', code: 'DATE_TOO_LATE' } : null;
}

/** @param most months that may rest; at least one */
export function tooManyMonths(most: number): Problem {
  const bounds = { minimum: parseDecimal('1', 0)!, maximum: parseDecimal(String(most), 0)! };
  return { path: 'months', code: 'AMOUNT_OUT_OF_BOUNDS', ...bounds };
}

export function isSamePause(one: Pause | null, other: Pause): boolean {
  return one !== null && one.from === other.from && one.until === other.until;
}

/** First day of the month that comes so many months after the one of `date`. */
function monthAfter(date: CalendarDate, months: number): CalendarDate {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const first = calendarDate(Math.floor(count / 12), (count % 12) + 1, 1);
  if (first === undefined) throw new RangeError('not a month');
  return first;
}
