import type { Labels } from '#lib/customer';
import {
  addDays,
  AppError,
  parseDecimal,
  sumDecimals,
  type CalendarDate,
  type DecimalText,
  type Money,
} from '#lib/kernel';
import type { ReadingCategory } from './kept-reading.js';
import { CONSUMED, CONSUMED_WHERE } from '../labels.js';
import { sameNumber } from '../sap-number.js';

/** Consumption (Verbrauch) in a billed period of a contract, mostly a month. */
export interface BilledConsumption {
  readonly contractNumber: string;
  /** SAP's kind of period; two kinds may tell of the same days. */
  readonly periodType: string;
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  /** `2026-10`: the month that billing counts it to, which need not be the one of its days. */
  readonly billedIn: string;
  readonly value: DecimalText;
  /** e.g. `kWh`. */
  readonly unit: string;
  readonly cost: Money;
  readonly category: ReadingCategory;
}

/** What a smart meter's profile says of one day; a meter with two registers has two. */
export interface ProfileDay {
  readonly date: CalendarDate;
  readonly value: DecimalText;
  readonly unit: string;
}

/** The amount tells the consumption as well, so all of it is labelled like the meter's data. */
export const billedConsumptionLabels: Labels<BilledConsumption> = {
  contractNumber: CONSUMED_WHERE,
  periodType: CONSUMED_WHERE,
  from: CONSUMED,
  until: CONSUMED,
  billedIn: CONSUMED,
  value: CONSUMED,
  unit: CONSUMED_WHERE,
  cost: CONSUMED,
  category: CONSUMED,
};

export const profileDayLabels: Labels<ProfileDay> = { date: CONSUMED, value: CONSUMED, unit: CONSUMED_WHERE };

/** Which days; both inclusive. */
export interface DayRange {
  readonly from: CalendarDate;
  readonly until: CalendarDate;
}

/** Digits behind the point of what is shown; SAP sends 14. */
const SCALE = 3;
/** Lists have at most 100 elements; eight years have fewer months. */
const PER_MONTH = { usual: 366, most: 8 * 366 };
const PER_DAY = { usual: 31, most: 100 };

/** What callers give. */
export interface DaysInput {
  readonly from?: CalendarDate | null;
  readonly until?: CalendarDate | null;
}

/**
 * The days of which months are shown: the last year unless given.
 * @throws AppError INVALID_INPUT with path `from` for days that are the wrong way round or too many
 */
export function parseMonths(input: DaysInput, today: CalendarDate): DayRange {
  return parseDays(input, today, PER_MONTH);
}

/** The days that are shown one by one: the last 31 unless given. @throws AppError as {@link parseMonths} */
export function parseSingleDays(input: DaysInput, today: CalendarDate): DayRange {
  return parseDays(input, today, PER_DAY);
}

function parseDays(input: DaysInput, today: CalendarDate, { usual, most }: typeof PER_DAY): DayRange {
  const until = input.until ?? today;
  const from = input.from ?? addDays(until, 1 - usual);
  if (from > until) throw invalidFrom('must not be after until');
  if (addDays(from, most) <= until) throw invalidFrom(`must not be more than ${most} days with until`);
  return { from, until };
}

function invalidFrom(reason: string): AppError {
  return new AppError('INVALID_INPUT', `from ${reason}`, { path: 'from', reason });
}

/**
 * A contract's periods that begin within the days asked for, oldest first. Of several kinds of periods only one counts,
 * so that no day stands there twice: the billing's own (`BC`) where there is one.
 */
export function billedPeriods(
  all: readonly BilledConsumption[],
  contractNumber: string,
  { from, until }: DayRange,
): readonly BilledConsumption[] {
  const own = all.filter((row) => sameNumber(row.contractNumber, contractNumber));
  const types = own.map(({ periodType }) => periodType).toSorted();
  const type = types.includes('BC') ? 'BC' : types[0];
  return own
    .filter((row) => row.periodType === type && row.from >= from && row.from <= until)
    .map((row) => ({ ...row, value: rounded(row.value) }))
    .toSorted((left, right) => compare(left.billedIn, right.billedIn) || compare(left.from, right.from));
}

/** Days with what all registers of the same unit counted together, oldest first. */
export function consumedByDay(days: readonly ProfileDay[]): readonly ProfileDay[] {
  const byDay = new Map<string, ProfileDay[]>();
  for (const day of days) byDay.set(`${day.date} ${day.unit}`, [...(byDay.get(`${day.date} ${day.unit}`) ?? []), day]);
  return [...byDay.values()]
    .map((same) => ({ ...same[0]!, value: totalOf(same) }))
    .toSorted((left, right) => compare(left.date, right.date) || compare(left.unit, right.unit));
}

function totalOf(days: readonly ProfileDay[]): DecimalText {
  return sumDecimals(
    days.map(({ value }) => value),
    SCALE,
  );
}

function rounded(value: DecimalText): DecimalText {
  return parseDecimal(value, SCALE) ?? value;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
