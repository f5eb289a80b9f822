import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate, type CalendarDate } from '#lib/kernel';
import { earliestPause, findPauseProblem, isMonth, isSamePause, pauseOf } from './pause.js';

const day = (text: string) => text as CalendarDate;
const dates = fc
  .record({ year: fc.integer({ min: 2020, max: 2090 }), month: fc.integer({ min: 1, max: 12 }), day: fc.nat(27) })
  .map((parts) => calendarDate(parts.year, parts.month, parts.day + 1)!);

describe('a pause', () => {
  it.each([
    ['2027-01', 1, '2027-01-01', '2027-01-31'],
    ['2027-02', 1, '2027-02-01', '2027-02-28'],
    ['2028-02', 1, '2028-02-01', '2028-02-29'],
    ['2026-12', 2, '2026-12-01', '2027-01-31'],
  ])('from %s for %i months is %s to %s', (from, months, first, last) => {
    expect(pauseOf({ from, months })).toEqual({ from: first, until: last });
  });

  it('begins and ends with whole months, one after the other', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom(1, 2), (date, months) => {
        const { from, until } = pauseOf({ from: date.slice(0, 7), months });
        expect(from).toMatch(/-01$/);
        expect(addDays(until, 1)).toBe(pauseOf({ from: addDays(until, 1).slice(0, 7), months: 1 }).from);
        const passed = Number(addDays(until, 1).slice(0, 4)) * 12 + Number(addDays(until, 1).slice(5, 7));
        expect(passed - Number(from.slice(0, 4)) * 12 - Number(from.slice(5, 7))).toBe(months);
      }),
    );
  });

  it.each(['2027-1', '2027-13', '2027-00', '27-01', '2027-01-01', '2027-01\n', ''])('has no month %j', (text) => {
    expect(isMonth(text)).toBe(false);
  });

  it('is the same by both its days', () => {
    const pause = pauseOf({ from: '2027-01', months: 1 });
    expect(isSamePause({ ...pause }, pause)).toBe(true);
    expect(isSamePause({ ...pause, until: null }, pause)).toBe(false);
    expect(isSamePause(null, pause)).toBe(false);
  });
});

describe('the notice of a pause', () => {
  it.each([
    ['2026-12-01', '2027-01-01'],
    ['2026-12-10', '2027-01-01'],
    ['2026-12-11', '2027-02-01'],
    ['2026-11-30', '2027-01-01'],
  ])('on %s reaches %s', (today, earliest) => {
    expect(earliestPause(day(today))).toBe(earliest);
  });

  it.each([
    ['2026-12', 1, { path: 'from', code: 'DATE_TOO_EARLY', earliest: '2027-01-01' }],
    ['0000-01', 1, { path: 'from', code: 'DATE_TOO_EARLY', earliest: '2027-01-01' }],
    ['2027-12', 1, { path: 'from', code: 'DATE_TOO_LATE' }],
    ['9999-12', 2, { path: 'from', code: 'DATE_TOO_LATE' }],
    ['2027-01', 0, { path: 'months', code: 'AMOUNT_OUT_OF_BOUNDS', minimum: '1', maximum: '2' }],
    ['2027-01', 3, { path: 'months', code: 'AMOUNT_OUT_OF_BOUNDS', minimum: '1', maximum: '2' }],
    ['2027-01', -1, { path: 'months', code: 'AMOUNT_OUT_OF_BOUNDS', minimum: '1', maximum: '2' }],
    ['2027-01', 1, null],
    ['2027-11', 2, { path: 'from', code: 'DATE_TOO_LATE' }],
    ['2027-11', 1, null],
    ['2027-10', 2, null],
  ])('in November for %s and %i months finds %j', (from, months, problem) => {
    expect(findPauseProblem({ from, months }, day('2026-11-22'))).toEqual(problem);
  });
});
