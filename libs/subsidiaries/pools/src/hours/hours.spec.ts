import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { berlinInstant, epochOf, formatBerlin, instantOf, type CalendarDate, type Instant } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import { readHours } from '../backend/read-hours.js';
import { openingDays } from './opening-days.js';
import type { HoursEntry } from './opening-spans.js';
import { isOpenAt } from '../model/opening-day.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const at = (date: string, hour: number, minute = 0): Instant => berlinInstant(day(date), hour, minute);
const entry = (
  start: Instant,
  end: Instant,
  title: string | null = null,
  more: Partial<HoursEntry> = {},
): HoursEntry => ({
  start,
  end,
  allDay: false,
  title,
  note: null,
  categories: [],
  ...more,
});

const hourOf = (hour: number): Instant => instantOf(epochOf(at('2026-11-06', 0)) + hour * 3_600_000);
const covers =
  (hour: number) =>
  ([from, until]: readonly [number, number]): boolean =>
    from <= hour && hour < until;

/** Early swimming of an indoor pool, paused from 4 July to 14 August 2026; regular hours every day. */
const SUMMER = ['06', '08', '10', '13', '15', '17', '20', '22', '24', '27', '29', '31'].map(
  (date) => `202607${date}T063000`,
);
const INDOOR_POOL = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:early@hallenbad.example',
  'SUMMARY:Frühschwimmen',
  'DTSTART;TZID=Europe/Berlin:20260302T063000',
  'DTEND;TZID=Europe/Berlin:20260302T080000',
  'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR',
  `EXDATE;TZID=Europe/Berlin:${SUMMER.join(',')}`,
  'EXDATE;TZID=Europe/Berlin:20260803T063000,20260805T063000,20260807T063000',
  'EXDATE;TZID=Europe/Berlin:20260810T063000,20260812T063000,20260814T063000',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:regular@hallenbad.example',
  'SUMMARY:Öffentliches Baden',
  'DTSTART;TZID=Europe/Berlin:20260302T100000',
  'DTEND;TZID=Europe/Berlin:20260302T220000',
  'RRULE:FREQ=DAILY',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:repair@hallenbad.example',
  'SUMMARY:Geschlossen wegen Revision',
  'DTSTART;VALUE=DATE:20260907',
  'DTEND;VALUE=DATE:20260909',
  'END:VEVENT',
  'END:VCALENDAR',
];
const hoursOf = async (first: string, count: number) => {
  const { value } = await readHours(Buffer.from(INDOOR_POOL.join('\r\n')), day(first), count, new TestClock());
  return value.map(({ date, spans, closedReason, notices }) => ({
    date,
    spans: spans.map(
      ({ opens, closes }) => `${formatBerlin(opens).slice(11, 16)}-${formatBerlin(closes).slice(11, 16)}`,
    ),
    closedReason,
    notices,
  }));
};
const REGULAR = { spans: ['10:00-22:00'], closedReason: null, notices: [] };
const EARLY = { spans: ['06:30-08:00', '10:00-22:00'], closedReason: null, notices: [] };
const REPAIR = { spans: [], closedReason: 'Geschlossen wegen Revision', notices: ['Geschlossen wegen Revision'] };

describe('opening days', () => {
  it('show early swimming on its weekdays', async () => {
    expect(await hoursOf('2026-06-29', 3)).toEqual([
      { date: '2026-06-29', ...EARLY },
      { date: '2026-06-30', ...REGULAR },
      { date: '2026-07-01', ...EARLY },
    ]);
  });

  it('pause early swimming in the summer holidays', async () => {
    const holidays = await hoursOf('2026-07-04', 42);
    expect(new Set(holidays.flatMap(({ spans }) => spans))).toEqual(new Set(['10:00-22:00']));
    expect((await hoursOf('2026-08-17', 1))[0]?.spans).toEqual(['06:30-08:00', '10:00-22:00']);
  });

  it('are closed while the calendar says so, and tell why', async () => {
    expect(await hoursOf('2026-09-07', 3)).toEqual([
      { date: '2026-09-07', ...REPAIR },
      { date: '2026-09-08', ...REPAIR },
      { date: '2026-09-09', ...EARLY },
    ]);
  });

  it.each(['2026-03-29', '2026-10-25'])('keep the wall clock on %s, when the clocks change', async (date) => {
    expect(await hoursOf(date, 1)).toEqual([{ date, ...REGULAR }]);
  });

  it('count a long night to its evening and a whole day in Berlin as one day', () => {
    const entries = [
      entry(at('2026-11-06', 18), at('2026-11-07', 1), 'Saunanacht'),
      entry(at('2026-11-07', 0), at('2026-11-08', 0), 'Tag der offenen Tür', { allDay: true }),
    ];
    expect(openingDays(entries, day('2026-11-05'), 4).map(({ spans, notices }) => [spans.length, notices])).toEqual([
      [0, []],
      [1, []],
      [0, ['Tag der offenen Tür']],
      [0, []],
    ]);
  });

  it('lose the hours that a closure with times covers', () => {
    const entries = [
      entry(at('2026-11-06', 10), at('2026-11-06', 22)),
      entry(at('2026-11-06', 12), at('2026-11-06', 14), 'Wettkampf', { categories: ['Geschlossen'] }),
    ];
    expect(openingDays(entries, day('2026-11-06'), 1)[0]?.spans).toEqual([
      { opens: at('2026-11-06', 10), closes: at('2026-11-06', 12), title: null, note: null },
      { opens: at('2026-11-06', 14), closes: at('2026-11-06', 22), title: null, note: null },
    ]);
  });

  it('are cut as by each closure alone, in whatever order closures and hours overlap', () => {
    const interval = fc
      .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 20 }))
      .map(([hour, length]) => [hour, hour + length] as const);
    const intervals = fc.array(interval, { maxLength: 6 });
    fc.assert(
      fc.property(intervals, intervals, (opening, closing) => {
        const entries = [
          ...opening.map(([from, until]) => entry(hourOf(from), hourOf(until))),
          ...closing.map(([from, until]) => entry(hourOf(from), hourOf(until), 'Geschlossen')),
        ];
        const hours = openingDays(entries, day('2026-11-05'), 5);
        for (let hour = 0; hour < 72; hour += 1) {
          const expected = opening.some(covers(hour)) && !closing.some(covers(hour));
          expect([hour, isOpenAt(hours, hourOf(hour))]).toEqual([hour, expected]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are explained by a pause, which closes nothing by itself', () => {
    const entries = [
      entry(at('2026-11-06', 0), at('2026-11-08', 0), 'Sommerpause Frühschwimmen', { allDay: true }),
      entry(at('2026-11-06', 10), at('2026-11-06', 12)),
    ];
    const days = openingDays(entries, day('2026-11-06'), 2);
    expect(days.map(({ spans, closedReason }) => [spans.length, closedReason])).toEqual([
      [1, null],
      [0, 'Sommerpause Frühschwimmen'],
    ]);
  });

  it('do not take "Abgeschlossen" for closed', () => {
    const entries = [entry(at('2026-11-06', 10), at('2026-11-06', 12), 'Abgeschlossener Kurs')];
    expect(openingDays(entries, day('2026-11-06'), 1)[0]?.spans).toHaveLength(1);
  });
});

describe('a pool', () => {
  const hours = openingDays(
    [
      entry(at('2026-11-06', 8), at('2026-11-06', 12)),
      entry(at('2026-11-06', 6, 30), at('2026-11-06', 8), 'Frühschwimmen'),
      entry(at('2026-11-06', 18), at('2026-11-07', 1), 'Saunanacht'),
    ],
    day('2026-11-06'),
    1,
  );

  it.each([
    ['closed before it opens', at('2026-11-06', 6), false],
    ['open the moment it opens', at('2026-11-06', 6, 30), true],
    ['open where two spans touch', at('2026-11-06', 8), true],
    ['closed the moment it closes', at('2026-11-06', 12), false],
    ['open after midnight of a long night', at('2026-11-07', 0, 30), true],
  ])('is %s', (_, now, open) => {
    expect(isOpenAt(hours, now)).toBe(open);
  });

  it('is closed without a calendar', () => {
    expect(isOpenAt([], at('2026-11-06', 9))).toBe(false);
  });
});
