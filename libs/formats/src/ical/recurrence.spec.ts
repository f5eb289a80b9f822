import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { instantOf, type Instant } from '#lib/kernel';
import { expandCalendar } from './expand-calendar.js';
import { readCalendar } from './read-calendar.js';
import { calendarOf, eventOf } from './testing/calendar-text.js';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

function starts(lines: readonly string[], from = '1990-01-01', until = '2030-01-01'): readonly string[] {
  const { value, omissions } = readCalendar(calendarOf(eventOf(...lines)));
  expect(omissions).toEqual([]);
  const expanded = expandCalendar(value, `${from}T00:00:00.000Z` as Instant, `${until}T00:00:00.000Z` as Instant);
  expect(expanded.omissions).toEqual([]);
  return expanded.value.map(({ start }) => start);
}

const dayOf = (instant: string): string => instant.slice(2, 10).replaceAll('-', '');
const times = (rule: string): readonly string[] =>
  starts(['DTSTART:19970902T090000Z', `RRULE:${rule}`]).map((each) => each.slice(8, 16).replace('T', ' '));

describe('the examples of RFC 5545', () => {
  it.each([
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH', '970902 970904 970916 970918 970930 971002 971014 971016'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '970805 970810 970819 970824', '19970805T090000'],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '970805 970817 970819 970831', '19970805T090000'],
    ['FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU', '970907 970928 971102 971130 980104 980125', '19970907T090000'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', '970922 971020 971117', '19970922T090000'],
    ['FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3', '970928 971029 971128', '19970928T090000'],
    ['FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1', '970930 971001 971031 971101', '19970930T090000'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3', '980213 980313 981113'],
    ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=3', '970913 971011 971108', '19970913T090000'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '970904 971007 971106', '19970904T090000'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3', '970929 971030 971127', '19970929T090000'],
    ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '070115 070130 070215 070315 070330', '20070115T090000', '2007'],
    ['FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3', '970310 990110 990210 990310', '19970310T090000'],
    ['FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200', '970101 970410 970719 000101', '19970101T090000'],
    ['FREQ=YEARLY;BYDAY=20MO;COUNT=3', '970519 980518 990517', '19970519T090000'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3', '970512 980511 990517', '19970512T090000'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=5', '970313 970320 970327 980305 980312', '19970313T090000'],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=2', '961105 001107', '19961105T090000'],
    ['FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=SU;COUNT=3', '980104 990103 990110', '19980101T090000'],
    ['FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2;COUNT=1', '000229', '19970302T090000'],
  ])('hold for %s', (rule, expected, start = '19970902T090000', year = '1996') => {
    const found = starts([`DTSTART:${start}Z`, `RRULE:${rule}`], `${year}-01-01`, '2008-01-01');
    expect(found.map(dayOf).join(' ')).toBe(expected);
  });

  it('hold for times within a day', () => {
    expect(times('FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z')).toEqual(['02 09:00', '02 12:00', '02 15:00']);
    expect(times('FREQ=MINUTELY;INTERVAL=90;COUNT=4')).toEqual(['02 09:00', '02 10:30', '02 12:00', '02 13:30']);
    expect(times('FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,30;COUNT=5')).toEqual([
      '02 09:00',
      '02 09:30',
      '02 10:00',
      '02 10:30',
      '03 09:00',
    ]);
    expect(times('FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10;COUNT=4')).toEqual([
      '02 09:00',
      '02 09:45',
      '02 10:30',
      '03 09:00',
    ]);
    expect(times('FREQ=HOURLY;BYDAY=TU;BYMINUTE=15;COUNT=1;BYHOUR=8')).toEqual(['09 08:15']);
    expect(times('FREQ=SECONDLY;INTERVAL=1800;COUNT=2')).toEqual(['02 09:00', '02 09:30']);
  });

  it('leave no day out that is named twice', () => {
    const found = starts(['DTSTART:19970902T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=TU,TU;COUNT=2']);
    expect(found.map(dayOf)).toEqual(['970902', '970909']);
  });
});

/** What both sides of a comparison are made from. */
interface Plan {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly byDay: readonly number[];
  readonly nth: number;
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  readonly count: number | null;
  readonly start: number;
  readonly minute: number;
  readonly excluded: readonly number[];
}

const FIRST = Temporal.PlainDate.from('2024-01-01');
const HORIZON = 1_500;

const PLAN: fc.Arbitrary<Plan> = fc
  .record({
    frequency: fc.constantFrom<Plan['frequency']>('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 4 }),
    byDay: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
    nth: fc.constantFrom(0, 0, 1, 2, 5, -1, -2),
    byMonthDay: fc.uniqueArray(fc.constantFrom(1, 2, 15, 28, 30, 31, -1, -3), { maxLength: 2 }),
    byMonth: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    count: fc.option(fc.integer({ min: 1, max: 40 })),
    start: fc.integer({ min: 0, max: 400 }),
    minute: fc.integer({ min: 0, max: 1_439 }),
    excluded: fc.uniqueArray(fc.integer({ min: 0, max: HORIZON }), { maxLength: 30 }),
  })
  .map((plan) =>
    Object.assign(plan, {
      // Counting weekdays needs a month; days of the month are not allowed in weekly rules.
      nth: plan.frequency === 'MONTHLY' || (plan.frequency === 'YEARLY' && plan.byMonth.length > 0) ? plan.nth : 0,
      byMonthDay: plan.frequency === 'WEEKLY' ? [] : plan.byMonthDay,
    }),
  );

const compact = (date: Temporal.PlainDate, minute: number): string =>
  `${date.toString().replaceAll('-', '')}T${String(Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}00`;

const list = (name: string, values: readonly unknown[]): string =>
  values.length > 0 ? `;${name}=${values.join(',')}` : '';

function linesOf(plan: Plan): readonly string[] {
  const byDay = plan.byDay.map((day) => `${plan.nth === 0 ? '' : plan.nth}${DAYS[day]}`);
  const rule = `FREQ=${plan.frequency};INTERVAL=${plan.interval}${list('BYDAY', byDay)}${list('BYMONTHDAY', plan.byMonthDay)}${list('BYMONTH', plan.byMonth)}`;
  const excluded = plan.excluded.map(
    (day) => `EXDATE;TZID=Europe/Berlin:${compact(FIRST.add({ days: day }), plan.minute)}`,
  );
  const start = compact(FIRST.add({ days: plan.start }), plan.minute);
  return [
    `DTSTART;TZID=Europe/Berlin:${start}`,
    `RRULE:${rule}${plan.count === null ? '' : `;COUNT=${plan.count}`}`,
    ...excluded,
  ];
}

/** Walks day by day and asks of each whether the rule means it. */
function walk(plan: Plan): readonly string[] {
  const start = FIRST.add({ days: plan.start });
  const found: string[] = [];
  let count = 0;
  for (let day = plan.start; day < HORIZON; day += 1) {
    const date = FIRST.add({ days: day });
    if (!isMeant(plan, start, date)) continue;
    count += 1;
    if (plan.count !== null && count > plan.count) break;
    if (plan.excluded.includes(day)) continue;
    const time = { hour: Math.floor(plan.minute / 60), minute: plan.minute % 60 };
    found.push(instantOf(date.toPlainDateTime(time).toZonedDateTime('Europe/Berlin').epochMilliseconds));
  }
  return found;
}

const monday = (date: Temporal.PlainDate): Temporal.PlainDate => date.subtract({ days: date.dayOfWeek - 1 });

function isMeant(plan: Plan, start: Temporal.PlainDate, date: Temporal.PlainDate): boolean {
  const periods = {
    DAILY: () => start.until(date, { largestUnit: 'days' }).days,
    WEEKLY: () => monday(start).until(monday(date), { largestUnit: 'days' }).days / 7,
    MONTHLY: () => date.year * 12 + date.month - start.year * 12 - start.month,
    YEARLY: () => date.year - start.year,
  }[plan.frequency]();
  if (periods % plan.interval !== 0) return false;
  const free = plan.byDay.length + plan.byMonthDay.length === 0;
  const byMonth = plan.frequency === 'YEARLY' && free && plan.byMonth.length === 0 ? [start.month] : plan.byMonth;
  if (byMonth.length > 0 && !byMonth.includes(date.month)) return false;
  if (free && plan.frequency === 'WEEKLY') return date.dayOfWeek === start.dayOfWeek;
  if (free && plan.frequency !== 'DAILY') return date.day === start.day;
  const fitsMonthDay = plan.byMonthDay.some((each) => date.day === (each > 0 ? each : date.daysInMonth + each + 1));
  const fitsDay = plan.byDay.includes(date.dayOfWeek - 1) && (plan.nth === 0 || isNth(date, plan.nth));
  return (fitsMonthDay || plan.byMonthDay.length === 0) && (fitsDay || plan.byDay.length === 0);
}

/** Leaves the month where the count says so. */
function isNth(date: Temporal.PlainDate, nth: number): boolean {
  const weeks = (count: number) => (nth > 0 ? date.subtract({ weeks: count }) : date.add({ weeks: count }));
  return weeks(Math.abs(nth) - 1).month === date.month && weeks(Math.abs(nth)).month !== date.month;
}

describe('a recurrence rule', () => {
  const until = FIRST.add({ days: HORIZON });

  it('gives what a walk through all days finds', () => {
    fc.assert(
      fc.property(PLAN, (plan) => {
        expect(starts(linesOf(plan), '2023-12-31', until.subtract({ days: 1 }).toString())).toEqual(
          walk(plan).filter((start) => start < until.subtract({ days: 1 }).toString()),
        );
      }),
    );
  });

  it('gives in weekly rules what the iterator of ical.js gives', () => {
    const rule = fc.tuple(PLAN, fc.constantFrom('MO', 'SU'));
    fc.assert(
      fc.property(rule, ([plan, weekStart]) => {
        const [start = '', text = ''] = linesOf({
          ...plan,
          frequency: 'WEEKLY',
          nth: 0,
          byMonthDay: [],
          byMonth: [],
          count: 30,
          excluded: [],
        });
        const own = starts([start.replace(/;[^:]*/, '') + 'Z', `${text};WKST=${weekStart}`]);
        const first = start.slice(start.indexOf(':') + 1);
        const local = `${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6, 11)}:${first.slice(11, 13)}:00`;
        const iterator = ICAL.Recur.fromString(`${text.slice(6)};WKST=${weekStart}`).iterator(
          ICAL.Time.fromDateTimeString(local),
        );
        const theirs = Array.from({ length: 30 }, () => `${iterator.next()?.toString()}.000Z`);
        expect(own).toEqual(theirs);
      }),
    );
  });
});
