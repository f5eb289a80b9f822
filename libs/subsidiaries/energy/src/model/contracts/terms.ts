import type { Labels } from '#lib/customer';
import { addDays, calendarDate, type CalendarDate } from '#lib/kernel';
import { PRODUCT } from '../labels.js';

export const PERIOD_UNITS = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** A span of time as contracts name it: one month is not thirty days. */
export interface Period {
  readonly count: number;
  readonly unit: PeriodUnit;
}

/** How long a contract binds (Laufzeit) and how it ends (Kündigungsfrist), as far as the system says. */
export interface ContractTerms {
  readonly contractNumber: string;
  /** Minimum term that was agreed. */
  readonly minimumTerm: Period | null;
  /** Last day of the present term. */
  readonly boundUntil: CalendarDate | null;
  readonly noticePeriod: Period | null;
}

export const contractTermsLabels: Labels<ContractTerms> = {
  contractNumber: PRODUCT,
  minimumTerm: { count: PRODUCT, unit: PRODUCT },
  boundUntil: PRODUCT,
  noticePeriod: { count: PRODUCT, unit: PRODUCT },
};

const DAYS: Readonly<Record<'DAY' | 'WEEK', number>> = { DAY: 1, WEEK: 7 };
const MONTHS: Readonly<Record<'MONTH' | 'YEAR', number>> = { MONTH: 1, YEAR: 12 };

/**
 * The last day of a contract whose notice is received on `today`: the notice period ends on the day of the same number,
 * or on the month's last day where there is none (§§ 187 (1), 188 (2), (3) BGB), and never before the term does. Null
 * when the system does not say how long the notice is: then nobody can tell.
 */
export function earliestEnd({ noticePeriod, boundUntil }: ContractTerms, today: CalendarDate): CalendarDate | null {
  if (noticePeriod === null) return null;
  const noticed = after(today, noticePeriod);
  return boundUntil !== null && boundUntil > noticed ? boundUntil : noticed;
}

function after(day: CalendarDate, { count, unit }: Period): CalendarDate {
  if (unit === 'DAY' || unit === 'WEEK') return addDays(day, count * DAYS[unit]);
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count * MONTHS[unit];
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  for (let number = Number(day.slice(8)); number > 0; number -= 1) {
    const found = calendarDate(year, month, number);
    if (found !== undefined) return found;
  }
  throw new RangeError('a month without days');
}
