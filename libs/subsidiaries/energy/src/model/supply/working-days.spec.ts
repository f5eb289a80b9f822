import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate, type CalendarDate } from '#lib/kernel';
import { earliestBeginning, earliestLastDay, latestBeginning } from './supply-dates.js';
import { lastDayOfWithdrawn, lastDayToWithdraw } from './withdrawal.js';
import { isWorkingDay, orNextWorkingDay, workingDayAfter, type WorkingCalendar } from './working-days.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const anyDay = fc.integer({ min: 0, max: 365 * 120 }).map((days) => addDays(calendarDate(1990, 1, 1)!, days));
const calendars = fc.constantFrom<WorkingCalendar>('thuringia', 'market');

describe('working days', () => {
  it.each([
    ['Monday', '2026-11-23', true, true],
    ['Saturday', '2026-11-21', false, false],
    ['Sunday', '2026-11-22', false, false],
    ['Weltkindertag', '2027-09-20', false, false],
    ['Reformationstag', '2025-10-31', false, false],
    ['Good Friday', '2027-03-26', false, false],
    ['Easter Monday', '2027-03-29', false, false],
    ['Ascension Day', '2027-05-06', false, false],
    ['Whit Monday', '2027-05-17', false, false],
    ['Heilige Drei Könige', '2027-01-06', true, false],
    ['Frauentag', '2027-03-08', true, false],
    ['Corpus Christi', '2027-05-27', true, false],
    ['Allerheiligen', '2027-11-01', true, false],
    ['Buß- und Bettag', '2026-11-18', true, false],
    ['the Wednesday after it', '2026-11-25', true, true],
    ['Christmas Eve', '2026-12-24', true, false],
    ['New Year’s Eve', '2026-12-31', true, false],
    ['Boxing Day', '2028-12-26', false, false],
    ['the day of the clock change in spring', '2026-03-29', false, false],
    ['the Monday after the clock change in autumn', '2026-10-26', true, true],
  ])('%s (%s) counts in Thuringia: %s, in the market: %s', (_, date, thuringia, market) => {
    expect([isWorkingDay(day(date), 'thuringia'), isWorkingDay(day(date), 'market')]).toEqual([thuringia, market]);
  });

  it('of the market are working days in Thuringia', () => {
    fc.assert(fc.property(anyDay, (each) => !isWorkingDay(each, 'market') || isWorkingDay(each, 'thuringia')));
  });

  it('come one after the other, also over both clock changes', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), calendars, (each, count, calendar) => {
        const found = workingDayAfter(each, count, calendar);
        const between = (from: CalendarDate): number => {
          let days = 0;
          for (let next = addDays(from, 1); next <= found; next = addDays(next, 1)) {
            if (isWorkingDay(next, calendar)) days += 1;
          }
          return days;
        };
        expect(isWorkingDay(found, calendar)).toBe(true);
        expect(between(each)).toBe(count);
      }),
      { numRuns: 60 },
    );
  });

  it('stand in for the end of a period on a day off, and never before it', () => {
    fc.assert(
      fc.property(anyDay, (each) => {
        const end = orNextWorkingDay(each);
        expect(end >= each && isWorkingDay(end, 'thuringia')).toBe(true);
        // Easter with Good Friday before it is the longest row of days off there is.
        expect(end <= addDays(each, 4)).toBe(true);
      }),
    );
  });
});

describe('days of supply', () => {
  it.each([
    ['on a Sunday', '2026-11-22', '2026-11-24', '2026-11-23'],
    ['on a Monday', '2026-11-23', '2026-11-25', '2026-11-24'],
    ['on a Friday', '2026-11-27', '2026-12-01', '2026-11-30'],
    ['before Buß- und Bettag, which counts nowhere in the market', '2026-11-17', '2026-11-20', '2026-11-19'],
    ['before Christmas', '2026-12-23', '2026-12-29', '2026-12-28'],
    ['on Friday before the clock change in spring', '2026-03-27', '2026-03-31', '2026-03-30'],
    ['on Friday before the clock change in autumn', '2026-10-23', '2026-10-27', '2026-10-26'],
  ])('of power that are asked for %s begin two working days later and end one later', (_, today, begins, ends) => {
    expect([earliestBeginning('POWER', day(today)), earliestLastDay('POWER', day(today))]).toEqual([begins, ends]);
  });

  it('of power never lie in the past, those of all else at most six weeks back', () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        expect(earliestBeginning('POWER', today) > earliestLastDay('POWER', today)).toBe(true);
        expect(earliestLastDay('POWER', today) > today).toBe(true);
        for (const commodity of ['GAS', 'WATER', 'DISTRICT_HEATING'] as const) {
          expect(addDays(earliestBeginning(commodity, today), 42)).toBe(today);
          expect(addDays(earliestLastDay(commodity, today), 42)).toBe(today);
        }
        expect(latestBeginning(today)).toBe(addDays(today, 365));
      }),
    );
  });
});

describe('the period of withdrawal', () => {
  it.each([
    ['ends with the fourteenth day', '2026-11-23', '2026-12-07'],
    ['goes on to Monday when that is a Saturday', '2026-11-21', '2026-12-07'],
    ['goes on to Monday when that is a Sunday', '2026-11-22', '2026-12-07'],
    ['goes on over Christmas', '2026-12-11', '2026-12-28'],
    ['goes on over Easter', '2027-03-12', '2027-03-30'],
    ['goes on over Weltkindertag', '2027-09-06', '2027-09-21'],
    ['does not go on over holidays of other Länder', '2026-12-23', '2027-01-06'],
    ['does not go on over New Year’s Eve', '2026-12-17', '2026-12-31'],
    ['is not moved by the clock change in spring', '2026-03-16', '2026-03-30'],
    ['is not moved by the clock change in autumn', '2026-10-12', '2026-10-26'],
    ['knows leap days', '2028-02-16', '2028-03-01'],
  ])('%s', (_, signed, last) => {
    expect(lastDayToWithdraw(day(signed))).toBe(last);
  });

  it('has at least fourteen days and ends on a working day', () => {
    fc.assert(
      fc.property(anyDay, (signed) => {
        const last = lastDayToWithdraw(signed);
        expect(last >= addDays(signed, 14) && last <= addDays(signed, 18)).toBe(true);
        expect(isWorkingDay(last, 'thuringia')).toBe(true);
      }),
    );
  });

  it('leaves nothing supplied before the beginning, and afterwards as little as possible', () => {
    const from = day('2026-12-01');
    expect(lastDayOfWithdrawn({ commodity: 'POWER', from }, day('2026-11-30'))).toBe('2026-11-30');
    expect(lastDayOfWithdrawn({ commodity: 'POWER', from }, day('2026-12-01'))).toBe('2026-12-02');
    expect(lastDayOfWithdrawn({ commodity: 'GAS', from }, day('2026-12-05'))).toBe('2026-12-05');
  });
});
