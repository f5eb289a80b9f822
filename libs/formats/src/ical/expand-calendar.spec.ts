import { describe, expect, it } from '@jest/globals';
import { formatBerlin, type Instant } from '#lib/kernel';
import { expandCalendar } from './expand-calendar.js';
import { readCalendar } from './read-calendar.js';
import { calendarOf, eventOf } from './testing/calendar-text.js';

const FROM = '2026-01-01T00:00:00.000Z' as Instant;
const UNTIL = '2027-01-01T00:00:00.000Z' as Instant;
const EARLY = ['DTSTART;TZID=Europe/Berlin:20260302T063000', 'DTEND;TZID=Europe/Berlin:20260302T080000'];
const WEEKLY = [...EARLY, 'RRULE:FREQ=WEEKLY;COUNT=4'];

const occurrences = (...lines: string[]) => {
  const { value, omissions } = readCalendar(calendarOf(...lines));
  expect(omissions).toEqual([]);
  return expandCalendar(value, FROM, UNTIL);
};
/** `MM-DD HH:MM-HH:MM` in Berlin. */
const times = (...lines: string[]) =>
  occurrences(...lines).value.map(
    ({ start, end }) => `${formatBerlin(start).slice(5, 16).replace('T', ' ')}-${formatBerlin(end).slice(11, 16)}`,
  );

describe('a series', () => {
  it('keeps its wall-clock time over both clock changes', () => {
    const spring = times(
      eventOf('DTSTART;TZID=Europe/Berlin:20260327T063000', 'DURATION:PT90M', 'RRULE:FREQ=DAILY;COUNT=4'),
    );
    expect(spring).toEqual(['03-27 06:30-08:00', '03-28 06:30-08:00', '03-29 06:30-08:00', '03-30 06:30-08:00']);
    const autumn = times(
      eventOf(
        'DTSTART;TZID=Europe/Berlin:20261023T220000',
        'DTEND;TZID=Europe/Berlin:20261024T060000',
        'RRULE:FREQ=DAILY;COUNT=3',
      ),
    );
    expect(autumn).toEqual(['10-23 22:00-06:00', '10-24 22:00-06:00', '10-25 22:00-06:00']);
  });

  it('moves forward over the hour that is skipped and takes the first of the hour that comes twice', () => {
    const { value } = occurrences(
      eventOf('DTSTART;TZID=Europe/Berlin:20260329T023000', 'DURATION:PT1H'),
      eventOf('UID:2', 'DTSTART;TZID=Europe/Berlin:20261025T023000', 'DURATION:PT1H'),
    );
    expect(value.map(({ start, end }) => [start, end])).toEqual([
      ['2026-03-29T01:30:00.000Z', '2026-03-29T02:30:00.000Z'],
      ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ]);
  });

  it('of whole days has days of Berlin, 23 hours on the clock change', () => {
    const { value } = occurrences(
      eventOf('DTSTART;VALUE=DATE:20260329', 'DTEND;VALUE=DATE:20260329', 'CATEGORIES:Fest'),
    );
    expect(value).toEqual([
      {
        uid: 'kurs-1@bad.example',
        recurrenceId: null,
        start: '2026-03-28T23:00:00.000Z',
        end: '2026-03-29T22:00:00.000Z',
        allDay: true,
        summary: 'Kurs',
        description: null,
        location: null,
        categories: ['Fest'],
      },
    ]);
  });

  it.each([
    ['one moment', 'EXDATE;TZID=Europe/Berlin:20260309T063000', ['03-02', '03-16', '03-23']],
    [
      'several lines and lists',
      'EXDATE;TZID=Europe/Berlin:20260302T063000,20260309T063000\r\nEXDATE:20260323T053000Z',
      ['03-16'],
    ],
    ['a whole day', 'EXDATE;VALUE=DATE:20260316', ['03-02', '03-09', '03-23']],
    ['a moment of another zone', 'EXDATE;TZID=America/New_York:20260309T013000', ['03-02', '03-16', '03-23']],
    ['another time of that day', 'EXDATE;TZID=Europe/Berlin:20260309T070000', ['03-02', '03-09', '03-16', '03-23']],
    [
      'the same wall clock elsewhere',
      'EXDATE;TZID=America/New_York:20260309T063000',
      ['03-02', '03-09', '03-16', '03-23'],
    ],
    ['a rule', 'EXRULE:FREQ=WEEKLY;INTERVAL=2', ['03-09', '03-23']],
  ])('leaves out what excludes %s', (_, line, days) => {
    expect(times(eventOf(...WEEKLY, line)).map((time) => time.slice(0, 5))).toEqual(days);
  });

  it('of whole days takes dates of any kind for days', () => {
    const days = ['DTSTART;VALUE=DATE:20260302', 'RRULE:FREQ=DAILY;COUNT=4'];
    const exclusions = ['EXDATE;TZID=GMT Standard Time:20260303T000000', 'EXDATE:20260304T230000Z'];
    expect(times(eventOf(...days, ...exclusions)).map((time) => time.slice(0, 5))).toEqual(['03-02', '03-04']);
  });

  it('has extra moments, whole-day ones at its own time and periods with their own length, none of them twice', () => {
    const extra = [
      'RDATE;TZID=Europe/Berlin:20260309T063000,20260310T070000',
      'RDATE;VALUE=DATE:20260311',
      'RDATE;VALUE=PERIOD:20260312T080000Z/PT30M,20260313T080000Z/20260313T100000Z',
    ];
    expect(times(eventOf(...EARLY, 'RRULE:FREQ=WEEKLY;COUNT=2', ...extra))).toEqual([
      '03-02 06:30-08:00',
      '03-09 06:30-08:00',
      '03-10 07:00-08:30',
      '03-11 06:30-08:00',
      '03-12 09:00-09:30',
      '03-13 09:00-11:00',
    ]);
  });

  it('unites several rules', () => {
    expect(times(eventOf(...EARLY, 'RRULE:FREQ=WEEKLY;COUNT=2', 'RRULE:FREQ=DAILY;COUNT=2'))).toHaveLength(3);
  });

  it.each([
    ['UTC', 'UNTIL=20260316T053000Z', 3],
    ['UTC one second too early', 'UNTIL=20260316T052959Z', 2],
    ['wall clock', 'UNTIL=20260316T063000', 3],
    ['a date, which includes its day', 'UNTIL=20260316', 3],
    ['the far future', 'UNTIL=99991231T235959Z;COUNT=5', 5],
    ['wall clock beside parts of no meaning', 'X-PART=1;RSCALE=GREGORIAN;UNTIL=20260316T063000;', 3],
  ])('ends with UNTIL in %s', (_, until, count) => {
    expect(times(eventOf(...EARLY, `RRULE:FREQ=WEEKLY;${until}`))).toHaveLength(count);
  });

  it('of whole days ends on the local day of an UNTIL in UTC', () => {
    const lines = ['DTSTART;VALUE=DATE:20260601', 'RRULE:FREQ=DAILY;UNTIL=20260602T220000Z'];
    expect(times(eventOf(...lines))).toHaveLength(3);
  });

  it('shows what overlaps the window, its end exclusive', () => {
    const lines = ['DTSTART:20251231T230000Z', 'DURATION:PT2H', 'RRULE:FREQ=YEARLY'];
    const { value } = occurrences(eventOf(...lines));
    expect(value.map(({ start }) => start)).toEqual(['2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z']);
    expect(
      times(
        eventOf('DTSTART:20270101T000000Z'),
        eventOf('UID:2', 'DTSTART:20251231T230000Z', 'DTEND:20260101T000000Z'),
      ),
    ).toEqual([]);
  });

  it('takes further moments without a zone for those of its own', () => {
    const lines = ['DTSTART;TZID=America/New_York:20260302T093000', 'DTEND:20260302T100000', 'EXDATE:20260303T093000'];
    const rule = 'RRULE:FREQ=DAILY;UNTIL=20260304T093000';
    expect(times(eventOf(...lines, rule))).toEqual(['03-02 15:30-16:00', '03-04 15:30-16:00']);
  });

  it('follows the wall clock of the calendar’s zone when it is written in UTC', () => {
    const lines = ['DTSTART:20260327T053000Z', 'RRULE:FREQ=WEEKLY;COUNT=2'];
    expect(times('X-WR-TIMEZONE:Europe/Berlin', eventOf(...lines))).toEqual(['03-27 06:30-06:30', '04-03 06:30-06:30']);
    expect(times(eventOf(...lines))).toEqual(['03-27 06:30-06:30', '04-03 07:30-07:30']);
  });

  it('follows a zone that the file defines', () => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Badzeit'];
    const summer = [
      'BEGIN:DAYLIGHT',
      'DTSTART:00010329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'END:DAYLIGHT',
    ];
    const winter = [
      'BEGIN:STANDARD',
      'DTSTART:16011025T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const daily = eventOf('DTSTART;TZID=Badzeit:20260328T063000', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30;COUNT=24');
    const berlin = daily.replace('Badzeit', 'Europe/Berlin');
    expect(times(...zone, ...summer, ...winter, daily)).toEqual(times(berlin));
  });
});

describe('an expansion', () => {
  it.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY;BYSECOND=1,2,3,4,5,6,7,8,9',
    'FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6;BYMINUTE=0,1,2,3,4,5,6,7;BYSECOND=0,1,2,3,4,5,6,7,8,9',
  ])('of %s costs that series only', (rule) => {
    const { value, omissions } = occurrences(
      eventOf('DTSTART:20200101T000000Z', `RRULE:${rule}`),
      eventOf('UID:2', ...WEEKLY),
    );
    expect(value).toHaveLength(4);
    expect(omissions).toEqual([{ path: 'VEVENT[0]', reason: 'needs more than 300000 steps to expand' }]);
  });

  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=20',
    'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9',
    'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=YEARLY;BYYEARDAY=0',
  ])('of %s, which never comes true, is empty', (rule) => {
    expect(times(eventOf('DTSTART:20200101T000000Z', `RRULE:${rule}`))).toEqual([]);
  });

  it('refuses a calendar with too many occurrences', () => {
    const busy = Array.from({ length: 150 }, (_, index) =>
      eventOf(`UID:${index}`, 'DTSTART:20260101T000000Z', 'RRULE:FREQ=DAILY'),
    );
    expect(() => occurrences(...busy)).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path: '$' }) }),
    );
  });
});
