import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  berlinDate,
  berlinInstant,
  calendarDate,
  formatBerlin,
  instantOf,
  parseCalendarDate,
  parseInstant,
  type CalendarDate,
} from './index.js';

const day = (text: string): CalendarDate => parseCalendarDate(text)!;

describe('Berlin time', () => {
  it('carries the winter and the summer offset', () => {
    expect(formatBerlin(instantOf(Date.parse('2026-01-15T11:00:00Z')))).toBe('2026-01-15T12:00:00+01:00');
    expect(formatBerlin(instantOf(Date.parse('2026-07-15T11:00:00Z')))).toBe('2026-07-15T13:00:00+02:00');
  });

  it('moves a time in the skipped hour of March forward by the gap', () => {
    expect(formatBerlin(berlinInstant(day('2026-03-29'), 2, 30))).toBe('2026-03-29T03:30:00+02:00');
  });

  it('takes the first of the two equal hours of October', () => {
    expect(formatBerlin(berlinInstant(day('2026-10-25'), 2, 30))).toBe('2026-10-25T02:30:00+02:00');
  });

  it('tells the date in Berlin, not in UTC', () => {
    expect(berlinDate(parseInstant('2026-06-30T22:30:00Z')!)).toBe('2026-07-01');
  });

  it('reads back what it formats, to the second', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, (second) => {
        expect(parseInstant(formatBerlin(instantOf(second * 1000)))).toBe(instantOf(second * 1000));
      }),
    );
  });

  it('agrees with the platform about every offset', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Berlin',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        const text = formatBerlin(instantOf(second * 1000));
        expect(text.slice(0, 19).replace('T', ' ')).toBe(format.format(second * 1000));
      }),
    );
  });

  it('agrees with the platform about every date, in the last and the first second of an hour and however often', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_200_000 }), (hour) => {
        for (const second of [hour * 3600, hour * 3600 + 3599, hour * 3600 - 1, hour * 3600]) {
          expect(berlinDate(instantOf(second * 1000))).toBe(format.format(second * 1000));
        }
      }),
    );
  });
});

describe('calendar dates', () => {
  it.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '', '2026-01-01T00:00:00Z'])('refuses %j', (text) => {
    expect(parseCalendarDate(text)).toBeUndefined();
  });

  it('knows leap days', () => {
    expect(calendarDate(2028, 2, 29)).toBe('2028-02-29');
    expect(calendarDate(2026, 2, 29)).toBeUndefined();
  });

  it('counts days across both clock changes', () => {
    expect(addDays(day('2026-03-28'), 2)).toBe('2026-03-30');
    expect(addDays(day('2026-10-24'), 2)).toBe('2026-10-26');
  });
});

describe('instants', () => {
  it.each(['2026-11-22', '2026-11-22T12:00:00', '2026-11-22T25:00:00Z', '2026-02-30T12:00:00Z', 'yesterday'])(
    'refuses %j',
    (text) => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );
});
