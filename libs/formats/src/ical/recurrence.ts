import { malformed } from '../wire/wire-object.js';
import type { RecurrenceRule } from './calendar-model.js';
import { DAY, dayOf } from './wall-clock.js';
import { calendarDay, daysOfMonth, matchesDay, monthOf } from './rule-days.js';

/** Told of each day looked at and each time found, before it costs anything. */
export type Spend = (steps: number) => void;

/** The bound of all rules: what they cost depends on them alone, not on the machine. */
export function stepCounter(most: number, path: string): Spend {
  let spent = 0;
  return (steps) => {
    spent += steps;
    if (spent > most) throw malformed(path, `needs more than ${most} steps to expand`);
  };
}

const CLOCK_UNITS = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 } as const;

/**
 * The wall-clock times of a rule from `start` to `last`, both inclusive, in order. Every loop ends at `last`, so a
 * rule that can never come true ends too. A start that its own rule does not mean is none of them: RFC 5545 leaves
 * that open, and calendar programs mostly do so.
 */
export function* ruleWalls(given: RecurrenceRule, start: number, last: number, spend: Spend): Generator<number> {
  const rule = completed(given, start);
  let count = 0;
  for (const period of periodsOf(rule, start, last, spend)) {
    for (const wall of atPositions(period, rule.bySetPos)) {
      if (wall < start) continue;
      count += 1;
      if (wall > last || (rule.count !== null && count > rule.count)) return;
      yield wall;
    }
  }
}

/** What a rule does not say comes from the start of its series. */
function completed(rule: RecurrenceRule, start: number): RecurrenceRule {
  if (rule.byDay.length + rule.byMonthDay.length + rule.byYearDay.length > 0) return rule;
  const { month, dayOfMonth, weekday } = calendarDay(dayOf(start));
  const onWeekday = { ...rule, byDay: [{ weekday, nth: 0 }] };
  const onDayOfMonth = { ...rule, byMonthDay: [dayOfMonth] };
  switch (rule.frequency) {
    case 'YEARLY':
      if (rule.byWeekNo.length > 0) return onWeekday;
      return rule.byMonth.length > 0 ? onDayOfMonth : { ...onDayOfMonth, byMonth: [month] };
    case 'MONTHLY':
      return onDayOfMonth;
    case 'WEEKLY':
      return onWeekday;
    default:
      return rule;
  }
}

/** Times of each year, month, week …, sorted; BYSETPOS counts within them. */
function* periodsOf(rule: RecurrenceRule, start: number, last: number, spend: Spend): Generator<readonly number[]> {
  if (rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY' || rule.frequency === 'SECONDLY') {
    yield* clockPeriods(rule, CLOCK_UNITS[rule.frequency], start, last, spend);
    return;
  }
  const times = timesOf(rule, start - dayOf(start) * DAY, 'DAY');
  for (const days of dayPeriods(rule, dayOf(start), dayOf(last))) {
    spend(days.length + 1);
    const matching = days.filter((day) => matchesDay(rule, day));
    spend(matching.length * times.length);
    yield matching.flatMap((day) => times.map((time) => day * DAY + time));
  }
}

function* dayPeriods(rule: RecurrenceRule, first: number, last: number): Generator<readonly number[]> {
  if (rule.frequency === 'DAILY') {
    for (let day = first; day <= last; day += rule.interval) yield [day];
  } else if (rule.frequency === 'WEEKLY') {
    const sinceWeekStart = (calendarDay(first).weekday - rule.weekStart + 7) % 7;
    for (let day = first - sinceWeekStart; day <= last; day += 7 * rule.interval) {
      yield [0, 1, 2, 3, 4, 5, 6].map((offset) => day + offset);
    }
  } else {
    const stride = rule.frequency === 'YEARLY' ? 12 : 1;
    const firstMonth = monthOf(first);
    for (let at = firstMonth - (firstMonth % stride); at <= monthOf(last); at += stride * rule.interval) {
      const months = Array.from({ length: stride }, (_, offset) => at + offset);
      const wanted = months.filter((month) => rule.byMonth.length === 0 || rule.byMonth.includes((month % 12) + 1));
      yield wanted.flatMap(daysOfMonth);
    }
  }
}

function* clockPeriods(
  rule: RecurrenceRule,
  unit: number,
  start: number,
  last: number,
  spend: Spend,
): Generator<readonly number[]> {
  const stride = unit * rule.interval;
  let at = Math.floor(start / unit) * unit;
  while (at <= last) {
    spend(1);
    const day = dayOf(at);
    if (matchesDay(rule, day)) {
      const times = timesOf(rule, at - day * DAY, rule.frequency, start - dayOf(start) * DAY);
      spend(times.length);
      yield times.map((time) => day * DAY + time);
      at += stride;
    } else at += Math.ceil(((day + 1) * DAY - at) / stride) * stride;
  }
}

/**
 * Seconds of the day within one period that begins at `time`: parts finer than the period expand it, the others
 * only let it pass or not.
 */
function timesOf(rule: RecurrenceRule, time: number, period: string, startTime = time): readonly number[] {
  const depth = ['DAY', 'HOURLY', 'MINUTELY', 'SECONDLY'].indexOf(period);
  const own = partsOf(time);
  const fromStart = partsOf(startTime);
  const [hours = [], minutes = [], seconds = []] = [rule.byHour, rule.byMinute, rule.bySecond].map((part, index) => {
    const value = own[index] ?? 0;
    if (index < depth) return part.length === 0 || part.includes(value) ? [value] : [];
    return part.length === 0 ? [fromStart[index] ?? 0] : part.toSorted((left, right) => left - right);
  });
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * 3600 + minute * 60 + second)),
  );
}

/** Hours, minutes and seconds. */
function partsOf(time: number): readonly number[] {
  return [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60];
}

function atPositions(walls: readonly number[], positions: readonly number[]): readonly number[] {
  if (positions.length === 0) return walls;
  const chosen = positions.map((position) => walls[position > 0 ? position - 1 : walls.length + position]);
  return [...new Set(chosen)].filter((wall) => wall !== undefined).toSorted((left, right) => left - right);
}
