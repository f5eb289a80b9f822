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

const change = (...lines: string[]): string => eventOf('SUMMARY:Neu', 'SEQUENCE:1', ...lines);
const version = (hour: string, ...lines: string[]): string =>
  eventOf(`DTSTART;TZID=Europe/Berlin:20260302T${hour}0000`, ...lines);

describe('a changed instance', () => {
  it('takes the place of the one that it replaces and remembers it', () => {
    const moved = change(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260309T063000',
      'DTSTART;TZID=Europe/Berlin:20260310T070000',
      'DURATION:PT1H',
    );
    const { value } = occurrences(eventOf(...WEEKLY), moved);
    expect(value.map(({ start, summary }) => [start, summary])).toEqual([
      ['2026-03-02T05:30:00.000Z', 'Kurs'],
      ['2026-03-10T06:00:00.000Z', 'Neu'],
      ['2026-03-16T05:30:00.000Z', 'Kurs'],
      ['2026-03-23T05:30:00.000Z', 'Kurs'],
    ]);
    expect(value[1]?.recurrenceId).toBe('2026-03-09T05:30:00.000Z');
  });

  it('drops out when it is cancelled', () => {
    const cancelled = change('RECURRENCE-ID:20260309T053000Z', 'DTSTART:20260309T053000Z', 'STATUS:CANCELLED');
    expect(times(eventOf(...WEEKLY), cancelled)).toHaveLength(3);
  });

  it('may change all that follow, until the next change, and single ones keep their own', () => {
    const lines = [
      eventOf(...EARLY, 'RRULE:FREQ=DAILY;COUNT=6'),
      change(
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260304T063000',
        'DTSTART;TZID=Europe/Berlin:20260304T073000',
        'DURATION:PT1H',
      ),
      change(
        'RECURRENCE-ID;TZID=Europe/Berlin:20260305T063000',
        'DTSTART;TZID=Europe/Berlin:20260305T120000',
        'DURATION:PT2H',
      ),
      change(
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260307T063000',
        'DTSTART;TZID=Europe/Berlin:20260308T063000',
        'DURATION:PT3H',
      ),
    ];
    expect(times(...lines)).toEqual([
      '03-02 06:30-08:00',
      '03-03 06:30-08:00',
      '03-04 07:30-08:30',
      '03-05 12:00-14:00',
      '03-06 07:30-08:30',
      '03-08 06:30-09:30',
    ]);
  });

  it('may cancel all that follow', () => {
    const end = change(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T063000',
      'DTSTART;TZID=Europe/Berlin:20260316T063000',
      'STATUS:CANCELLED',
    );
    expect(times(eventOf(...WEEKLY), end)).toHaveLength(2);
  });

  it('shifts by the wall clock, also behind a clock change', () => {
    const later = change(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260328T063000',
      'DTSTART;TZID=Europe/Berlin:20260328T073000',
      'DURATION:PT1H',
    );
    const daily = eventOf('DTSTART;TZID=Europe/Berlin:20260327T063000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4');
    expect(times(daily, later)).toEqual([
      '03-27 06:30-07:30',
      '03-28 07:30-08:30',
      '03-29 07:30-08:30',
      '03-30 07:30-08:30',
    ]);
  });

  it('of whole days may be named by its midnight', () => {
    const days = eventOf('DTSTART;VALUE=DATE:20260302', 'RRULE:FREQ=DAILY;COUNT=2');
    const moved = change('RECURRENCE-ID;TZID=GMT Standard Time:20260303T000000', 'DTSTART;VALUE=DATE:20260305');
    expect(times(days, moved).map((time) => time.slice(0, 5))).toEqual(['03-02', '03-05']);
  });

  it('stands alone when its series is not in the file', () => {
    expect(times(change('RECURRENCE-ID:20260309T053000Z', 'DTSTART:20260309T093000Z'))).toEqual(['03-09 10:30-10:30']);
  });

  it('counts in its latest version', () => {
    const versions = ['08', '09'].map((hour, sequence) =>
      change('RECURRENCE-ID:20260309T053000Z', `DTSTART:20260309T${hour}0000Z`, `SEQUENCE:${sequence + 2}`).replace(
        'SEQUENCE:1\r\n',
        '',
      ),
    );
    expect(times(eventOf(...WEEKLY), ...versions.toReversed())[1]).toBe('03-09 10:00-10:00');
  });

  it('is taken back when a later version of its series excludes it', () => {
    const moved = change('RECURRENCE-ID:20260309T053000Z', 'DTSTART:20260309T093000Z');
    expect(times(eventOf(...WEEKLY, 'EXDATE:20260309T053000Z', 'SEQUENCE:2'), moved)).toHaveLength(3);
    expect(times(eventOf(...WEEKLY, 'EXDATE:20260309T053000Z'), moved)).toHaveLength(4);
  });
});

describe('versions of an event', () => {
  it('count by SEQUENCE, then by the time of writing', () => {
    expect(times(version('09', 'SEQUENCE:2'), version('08', 'SEQUENCE:10'), version('10'))).toEqual([
      '03-02 08:00-08:00',
    ]);
    const stamped = [version('09', 'DTSTAMP:20260102T000000Z'), version('08', 'DTSTAMP:20260101T000000Z')];
    expect(times(...stamped)).toEqual(['03-02 09:00-09:00']);
  });

  it('cancel the whole series', () => {
    expect(times(eventOf(...WEEKLY), eventOf(...WEEKLY, 'SEQUENCE:1', 'STATUS:CANCELLED'))).toEqual([]);
  });

  it('do not concern events without UID', () => {
    const nameless = eventOf(...EARLY).replace('UID:kurs-1@bad.example\r\n', '');
    expect(times(nameless, nameless)).toHaveLength(2);
  });
});
