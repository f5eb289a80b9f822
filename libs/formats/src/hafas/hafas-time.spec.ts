import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarDate, epochOf, instantOf, type CalendarDate } from '#lib/kernel';
import { formatHafasTime, parseHafasDate, parseHafasTime } from './hafas-time.js';

const day = (year: number, month: number, date: number) => calendarDate(year, month, date) as CalendarDate;
const two = (value: number) => String(value).padStart(2, '0');

/** Berlin's wall clock by another implementation than the one under test. */
function wallClock(epochMs: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(epochMs);
}

/** All instants that Berlin's clocks show as this text, in order of time. */
function instantsShowing(text: string): number[] {
  const naive = Date.parse(`${text.replace(' ', 'T')}Z`);
  return [2, 1].map((hours) => naive - hours * 3_600_000).filter((epochMs) => wallClock(epochMs) === text);
}

const clockChangeDays = fc.constantFrom(
  day(2026, 3, 28),
  day(2026, 3, 29),
  day(2026, 10, 24),
  day(2026, 10, 25),
  day(2027, 3, 28),
  day(2027, 10, 31),
  day(2026, 7, 1),
);
const times = fc.record({
  days: fc.integer({ min: 0, max: 2 }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
  second: fc.integer({ min: 0, max: 59 }),
});

describe('parseHafasTime', () => {
  it('agrees with Intl on the days around both clock changes', () => {
    fc.assert(
      fc.property(clockChangeDays, times, (date, { days, hour, minute, second }) => {
        const clock = `${two(hour)}${two(minute)}${two(second)}`;
        const parsed = parseHafasTime(date, days === 0 ? clock : `${two(days)}${clock}`, null);
        const shownDay = new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
        const shown = `${shownDay} ${two(hour)}:${two(minute)}:${two(second)}`;
        const [first] = instantsShowing(shown);
        if (first === undefined) {
          // The hour that March skips: one hour later on the clock, same distance from midnight.
          expect(wallClock(epochOf(parsed!))).toBe(`${shownDay} 03:${two(minute)}:${two(second)}`);
        } else {
          expect(epochOf(parsed!)).toBe(first);
        }
      }),
    );
  });

  it('means the first of the two equal hours in October, and the one the offset names if there is one', () => {
    const date = day(2026, 10, 25);
    expect(parseHafasTime(date, '023000', null)).toBe('2026-10-25T00:30:00.000Z');
    expect(parseHafasTime(date, '023000', 120)).toBe('2026-10-25T00:30:00.000Z');
    expect(parseHafasTime(date, '023000', 60)).toBe('2026-10-25T01:30:00.000Z');
  });

  it('counts days before the hour and hours past midnight', () => {
    const date = day(2026, 12, 31);
    expect(parseHafasTime(date, '01003500', null)).toBe('2026-12-31T23:35:00.000Z');
    expect(parseHafasTime(date, '00235900', null)).toBe('2026-12-31T22:59:00.000Z');
    expect(parseHafasTime(date, '243500', null)).toBe('2026-12-31T23:35:00.000Z');
  });

  it.each(['', '1234', '126000', '120060', '480000', '12:30:00', '-10000', '123456789'])('refuses %j', (text) => {
    expect(parseHafasTime(day(2026, 1, 1), text, null)).toBeUndefined();
  });
});

describe('formatHafasTime', () => {
  it('is read back as the same instant, except in the second of the two equal hours', () => {
    const seconds = fc.integer({ min: Date.parse('2026-01-01') / 1000, max: Date.parse('2028-01-01') / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const { date, time } = formatHafasTime(instantOf(second * 1000));
        const back = epochOf(parseHafasTime(parseHafasDate(date)!, time, null)!) / 1000;
        expect([0, 3600]).toContain(second - back);
        expect(wallClock(back * 1000)).toBe(wallClock(second * 1000));
      }),
    );
  });
});

describe('parseHafasDate', () => {
  it('reads existing days only', () => {
    expect(parseHafasDate('20280229')).toBe('2028-02-29');
    expect(parseHafasDate('20270229')).toBeUndefined();
    expect(parseHafasDate('2027-02-28')).toBeUndefined();
  });
});
