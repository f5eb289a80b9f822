import type { RecurrenceRule } from './calendar-model.js';
import { DAY } from './wall-clock.js';

interface CalendarDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly dayOfMonth: number;
  /** 0 = Monday. */
  readonly weekday: number;
}

/** @param day days since 1970 */
export function calendarDay(day: number): CalendarDay {
  const date = new Date(day * DAY * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    weekday: weekdayOf(day),
  };
}

/** The first of January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Months since the year 0. */
export function monthOf(day: number): number {
  const { year, month } = calendarDay(day);
  return year * 12 + month - 1;
}

export function daysOfMonth(month: number): readonly number[] {
  const first = firstOfMonth(month);
  return Array.from({ length: firstOfMonth(month + 1) - first }, (_, index) => first + index);
}

function firstOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000 / DAY;
}

function firstOfYear(year: number): number {
  return Date.UTC(year, 0, 1) / 1000 / DAY;
}

/** Whether a day passes all BY-parts of a rule that concern days. */
export function matchesDay(rule: RecurrenceRule, day: number): boolean {
  const { year, month, dayOfMonth, weekday } = calendarDay(day);
  const inMonth = (): Place => span(dayOfMonth, daysBetween(firstOfMonth, year * 12 + month - 1));
  const inYear = (): Place => span(day - firstOfYear(year) + 1, daysBetween(firstOfYear, year));
  const inWeeks = (): Place => weekOf(day, year, rule.weekStart);
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return false;
  if (!isAmong(rule.byMonthDay, inMonth) || !isAmong(rule.byYearDay, inYear)) return false;
  if (!isAmong(rule.byWeekNo, inWeeks)) return false;
  if (rule.byDay.length === 0) return true;
  const scope = scopeOfNth(rule);
  const inScope = (): Place => weeks(scope === 'month' ? inMonth() : inYear());
  return rule.byDay.some(
    (each) => each.weekday === weekday && (each.nth === 0 || scope === null || isAmong([each.nth], inScope)),
  );
}

function daysBetween(firstOf: (period: number) => number, period: number): number {
  return firstOf(period + 1) - firstOf(period);
}

/** A place counted from both ends, as BY-parts do: the last of 31 is 31 and -1. */
interface Place {
  readonly fromStart: number;
  readonly fromEnd: number;
}

function span(fromStart: number, length: number): Place {
  return { fromStart, fromEnd: fromStart - length - 1 };
}

/** The how manyeth of its weekday a day is. */
function weeks({ fromStart, fromEnd }: Place): Place {
  return { fromStart: Math.ceil(fromStart / 7), fromEnd: Math.floor(fromEnd / 7) };
}

/** Asks for the place only when something is wanted: this runs for every day of every rule. */
function isAmong(wanted: readonly number[], placeOf: () => Place): boolean {
  if (wanted.length === 0) return true;
  const { fromStart, fromEnd } = placeOf();
  return wanted.some((each) => each === fromStart || each === fromEnd);
}

/** `2MO` means nothing in a weekly rule; there it counts as `MO`. */
function scopeOfNth({ frequency, byMonth }: RecurrenceRule): 'month' | 'year' | null {
  if (frequency === 'MONTHLY') return 'month';
  if (frequency === 'YEARLY') return byMonth.length > 0 ? 'month' : 'year';
  return null;
}

/** ISO 8601 week, for any first day of the week: week 1 is the first with four days in the year. */
function weekOf(day: number, year: number, weekStart: number): Place {
  const own = [year + 1, year, year - 1].find((each) => firstWeek(each, weekStart) <= day) ?? year;
  const first = firstWeek(own, weekStart);
  return span(Math.floor((day - first) / 7) + 1, (firstWeek(own + 1, weekStart) - first) / 7);
}

function firstWeek(year: number, weekStart: number): number {
  const fourth = firstOfYear(year) + 3;
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7);
}
