import { describe, expect, it } from '@jest/globals';
import { addDays } from '../world/dates.js';
import { isPublicHoliday, isSchoolHoliday, isSummerHoliday } from './thuringian-holidays.js';

function holidaysOf(year: number): string[] {
  return Array.from({ length: 366 }, (_, day) => addDays(`${year}-01-01`, day)).filter(
    (date) => date.startsWith(String(year)) && isPublicHoliday(date),
  );
}

describe('the holidays of Thuringia', () => {
  it.each([
    [2024, '03-29 04-01 05-09 05-20'],
    [2026, '04-03 04-06 05-14 05-25'],
    [2027, '03-26 03-29 05-06 05-17'],
    [2038, '04-23 04-26 06-03 06-14'],
  ])('move with Easter in %i', (year, movable) => {
    const fixed = ['01-01', '05-01', '09-20', '10-03', '10-31', '12-25', '12-26'];
    const expected = [...fixed, ...movable.split(' ')].toSorted();
    expect(holidaysOf(year).map((date) => date.slice(5))).toEqual(expected);
  });

  it('free the schools from the first to the last day of a holiday', () => {
    const days = ['2026-07-03', '2026-07-04', '2026-08-14', '2026-08-15'];
    expect(days.map(isSchoolHoliday)).toEqual([false, true, true, false]);
  });

  it('are summer holidays from June to September only', () => {
    const days = ['2025-06-28', '2026-07-20', '2028-09-01', '2026-10-20', '2027-07-01'];
    expect(days.map(isSummerHoliday)).toEqual([true, true, true, false, false]);
  });
});
