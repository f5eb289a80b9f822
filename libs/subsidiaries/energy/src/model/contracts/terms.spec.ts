import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CalendarDate } from '#lib/kernel';
import { earliestEnd, PERIOD_UNITS, type ContractTerms, type Period } from './terms.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const terms = (noticePeriod: Period | null, boundUntil: string | null = null): ContractTerms => ({
  contractNumber: '1',
  minimumTerm: null,
  boundUntil: boundUntil === null ? null : day(boundUntil),
  noticePeriod,
});

describe('earliestEnd', () => {
  it.each([
    ['2026-11-22', { count: 1, unit: 'MONTH' }, '2026-12-22'],
    ['2026-01-31', { count: 1, unit: 'MONTH' }, '2026-02-28'],
    ['2027-12-31', { count: 2, unit: 'MONTH' }, '2028-02-29'],
    ['2028-02-29', { count: 1, unit: 'YEAR' }, '2029-02-28'],
    ['2026-12-24', { count: 2, unit: 'WEEK' }, '2027-01-07'],
    ['2026-12-24', { count: 0, unit: 'DAY' }, '2026-12-24'],
  ] as const)('of a notice received on %s with %j is %s', (today, notice, end) => {
    expect(earliestEnd(terms(notice), day(today))).toBe(end);
  });

  it('is not before the term ends, and unknown without a notice period', () => {
    const month = { count: 1, unit: 'MONTH' } as const;
    expect(earliestEnd(terms(month, '2027-05-31'), day('2026-11-22'))).toBe('2027-05-31');
    expect(earliestEnd(terms(month, '2026-11-30'), day('2026-11-22'))).toBe('2026-12-22');
    expect(earliestEnd(terms(null, '2027-05-31'), day('2026-11-22'))).toBeNull();
  });

  it('never moves back when the notice comes later', () => {
    const dates = fc.integer({ min: 0, max: 3000 }).map((offset) => addDays(day('2024-01-01'), offset));
    const periods = fc.record({ count: fc.integer({ min: 0, max: 36 }), unit: fc.constantFrom(...PERIOD_UNITS) });
    fc.assert(
      fc.property(dates, periods, (today, notice) => {
        const [end, next] = [today, addDays(today, 1)].map((from) => earliestEnd(terms(notice), from)!);
        expect(next! >= end!).toBe(true);
        expect(end! >= today).toBe(true);
      }),
    );
  });
});
