import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  berlinDate,
  berlinDay,
  hafasDate,
  hafasTime,
  offsetMinutes,
  parseHafasDate,
  parseHafasTime,
} from './berlin.js';
import { STOPS } from './stops.js';
import { callsAt, type Call } from './timetable.js';

const HOUR = 3_600_000;
const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') });
const clockChanges = fc.constantFrom('2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31');
/** Any instant, or one in the two days around a clock change. */
const moments = fc.oneof(
  instants,
  fc
    .tuple(clockChanges, fc.integer({ min: -24 * HOUR, max: 24 * HOUR }))
    .map(([day, shift]) => Date.parse(day) + shift),
);

const key = ({ trip, plannedAt }: Call): string => `${trip.date} ${trip.number} ${plannedAt}`;

describe('the timetable', () => {
  it('gives each call of a long window in exactly one of its halves', () => {
    fc.assert(
      fc.property(
        moments,
        fc.nat(6 * HOUR),
        fc.nat(6 * HOUR),
        fc.constantFrom(...STOPS),
        (from, first, second, stop) => {
          const whole = callsAt(stop.id, 'DEP', from, from + first + second).map(key);
          const halves = [
            ...callsAt(stop.id, 'DEP', from, from + first),
            ...callsAt(stop.id, 'DEP', from + first, from + first + second),
          ];
          expect(whole).toEqual(halves.map(key));
          expect(new Set(whole).size).toBe(whole.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('runs at night through 3 hours of March, 5 of October and 4 of other nights', () => {
    const starts = ['2027-03-28', '2026-10-25', '2026-11-22'].map((date) => {
      const start = berlinDay(date).startsAt;
      const calls = callsAt('153001', 'DEP', start, start + 5 * HOUR);
      return calls.filter(({ trip }) => trip.line.name === 'N1' && trip.date === date).length;
    });
    // Two an hour from 00:12 to 03:42.
    expect(starts).toEqual([6, 10, 8]);
  });

  it('has a day of 23 and one of 25 hours', () => {
    expect(berlinDay('2027-03-28').wallHours.slice(0, 4)).toEqual([0, 1, 3, 4]);
    expect(berlinDay('2026-10-25').wallHours.slice(0, 5)).toEqual([0, 1, 2, 2, 3]);
    expect(berlinDay('2026-11-22').wallHours).toHaveLength(24);
  });
});

describe('dates and times of HAFAS', () => {
  it('read back to the instant they were written for, but for the second run of the doubled hour', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const second = Math.floor(moment / 1_000) * 1_000;
        const date = berlinDate(second);
        const read = parseHafasTime(parseHafasDate(hafasDate(date)) ?? '', hafasTime(second, date)) ?? Number.NaN;
        expect(read + (offsetMinutes(read) - offsetMinutes(second)) * 60_000).toBe(second);
      }),
    );
  });

  it('put the days since the date in front', () => {
    const night = Date.parse('2026-11-24T00:07:30+01:00');
    expect(hafasTime(night, '2026-11-24')).toBe('000730');
    expect(hafasTime(night, '2026-11-23')).toBe('01000730');
  });

  it('move on by the skipped hour and mean the first of the doubled ones', () => {
    expect(parseHafasTime('2027-03-28', '023000')).toBe(Date.parse('2027-03-28T03:30:00+02:00'));
    expect(parseHafasTime('2026-10-25', '023000')).toBe(Date.parse('2026-10-25T02:30:00+02:00'));
  });

  it.each(['2026112', '20261131', '2026-11-22', ''])('do not take %p for a date', (text) => {
    expect(parseHafasDate(text)).toBeUndefined();
  });
});
