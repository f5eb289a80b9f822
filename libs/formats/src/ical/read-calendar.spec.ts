import { describe, expect, it } from '@jest/globals';
import { readCalendar } from './read-calendar.js';
import { calendarOf, eventOf } from './testing/calendar-text.js';

const AT = 'DTSTART:20260302T063000Z';
const read = (...lines: string[]) => readCalendar(calendarOf(...lines));
const single = (...lines: string[]) => read(eventOf(...lines)).value.events[0];
const omissionOf = (...lines: string[]) => read(eventOf(...lines)).omissions[0];
const zoneOf = (tzid: string) => single(`DTSTART;TZID=${tzid}:20260302T063000`)?.start.zone;
const malformedAt = (path: string) =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });

describe('an iCalendar file', () => {
  it('is unfolded before letters are decoded, wherever the fold lies', () => {
    const bytes = calendarOf(eventOf(AT, 'SUMMARY:Grüße aus dem Südbad'));
    for (let place = bytes.indexOf('SUMMARY') + 8; place < bytes.indexOf('dbad'); place += 1) {
      const folded = Buffer.concat([bytes.subarray(0, place), Buffer.from('\r\n '), bytes.subarray(place)]);
      expect(readCalendar(folded).value.events[0]?.summary).toBe('Grüße aus dem Südbad');
    }
  });

  it('may have other line ends, blank lines, a byte order mark and lower-case names', () => {
    const text = `\uFEFFbegin:vcalendar\n\nbegin:vevent\rdtstart:20260302T063000Z\nsummary:Kurs\n\t A\nend:vevent\nend:vcalendar`;
    expect(readCalendar(Buffer.from(text)).value.events[0]).toMatchObject({ summary: 'Kurs A' });
  });

  it('may be written in Windows-1252', () => {
    const bytes = Buffer.from(calendarOf(eventOf(AT, 'SUMMARY:Südbad')).toString(), 'latin1');
    expect(readCalendar(bytes).value.events[0]?.summary).toBe('Südbad');
  });

  it('has texts with escapes and lists whose commas separate', () => {
    const event = single(
      AT,
      'DESCRIPTION:a\\, b\\; c\\\\n\\nd\\Ne',
      'LOCATION;LANGUAGE=de:Bad',
      'CATEGORIES:x\\,y,z',
      'CATEGORIES:w',
    );
    expect(event).toMatchObject({ description: 'a, b; c\\n\nd\ne', location: 'Bad', categories: ['x,y', 'z', 'w'] });
  });

  it('may be an event without a calendar around it', () => {
    expect(readCalendar(Buffer.from(eventOf(AT))).value.events).toHaveLength(1);
  });

  it('may hold several calendars', () => {
    const { value } = readCalendar(
      Buffer.concat([calendarOf('X-WR-CALNAME:Bäder\\, alle', eventOf(AT)), calendarOf(eventOf(AT))]),
    );
    expect([value.name, value.events.map(({ path }) => path)]).toEqual(['Bäder, alle', ['VEVENT[0]', 'VEVENT[1]']]);
  });

  it('calls everything off with METHOD:CANCEL', () => {
    expect(read('METHOD:CANCEL', eventOf(AT)).value.events[0]?.cancelled).toBe(true);
  });

  it('ignores properties and components that it does not know, alarms included', () => {
    const event = single(
      AT,
      'X-ODD;X="a;b:c":1',
      'X-ODD_1.2:1',
      `ATTACH:${'A'.repeat(300_000)}`,
      'BEGIN:VALARM',
      'DTSTART:x',
      'END:VALARM',
      'RRULE:',
      'LOCATION:',
    );
    expect(event).toMatchObject({ rules: [], location: null });
  });

  it.each([
    ['nothing', '', '$'],
    ['HTML', '<html>\n</html>', 'line 1'],
    ['a calendar that was cut off', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302', 'VEVENT[0]'],
    ['components that overlap', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR', 'line 3'],
    ['other components only', 'BEGIN:VCARD\nEND:VCARD', '$'],
    ['deep nesting', 'BEGIN:A\n'.repeat(20), 'line 9'],
    ['an end too many', 'END:VCALENDAR', 'line 1'],
  ])('is refused when it is %s', (_, text, path) => {
    expect(() => readCalendar(Buffer.from(text))).toThrow(malformedAt(path));
  });

  it('is refused when it is larger than 8 MiB', () => {
    expect(() => readCalendar(Buffer.alloc(8 * 1024 * 1024 + 1, 10))).toThrow(malformedAt('$'));
  });
});

describe('a malformed event', () => {
  it('costs that event only', () => {
    const { value, omissions } = read(eventOf(AT), eventOf('DTSTART:morgen'), eventOf(AT));
    expect(value.events.map(({ path }) => path)).toEqual(['VEVENT[0]', 'VEVENT[2]']);
    expect(omissions).toEqual([{ path: 'VEVENT[1].DTSTART', reason: 'is neither a date nor a date with time' }]);
  });

  it.each(['ORGANIZER="mailto:bad@example.org"', 'X-LEISTE', 'attendee mailto:a@example.org'])(
    'keeps an event in which %p is written wrongly',
    (line) => {
      const { value, omissions } = read(eventOf(AT, 'SUMMARY:Frühschwimmen', line));
      expect([value.events.map(({ summary }) => summary), omissions]).toEqual([['Frühschwimmen'], []]);
    },
  );

  it.each([
    ['no start', ['SUMMARY:x'], 'VEVENT[0].DTSTART', 'is missing'],
    ['two starts', [AT, AT], 'VEVENT[0].DTSTART', 'is there more than once'],
    ['a day that does not exist', ['DTSTART:20260230'], 'VEVENT[0].DTSTART', 'is neither a date nor a date with time'],
    [
      'an hour that does not exist',
      ['DTSTART:20260302T243000'],
      'VEVENT[0].DTSTART',
      'is neither a date nor a date with time',
    ],
    ['a line that is no property', [AT, 'EXDATE 20260302'], 'VEVENT[0]', 'has no property in line 7'],
    [
      'an unclosed quote',
      ['DTSTART;TZID="Europe/Berlin:20260302T063000'],
      'VEVENT[0].DTSTART',
      'has malformed parameters',
    ],
    ['an end before its start', [AT, 'DTEND:20260302T062959Z'], 'VEVENT[0].DTEND', 'lies before the start'],
    [
      'an end of another kind',
      [AT, 'DTEND:20260303'],
      'VEVENT[0].DTEND',
      'is a date where the start is none, or vice versa',
    ],
    ['a negative duration', [AT, 'DURATION:-PT1H'], 'VEVENT[0].DURATION', 'is negative'],
    ['an endless duration', [AT, 'DURATION:P999999999W'], 'VEVENT[0].DURATION', 'is longer than ten years'],
    ['a duration without unit', [AT, 'DURATION:PT'], 'VEVENT[0].DURATION', 'is no duration'],
    ['a rule without frequency', [AT, 'RRULE:COUNT=2'], 'VEVENT[0].RRULE', 'has no frequency'],
    ['a rule that is none', [AT, 'RRULE:FREQ=DAILY;BYDAY=XX'], 'VEVENT[0].RRULE', 'is no recurrence rule'],
    [
      'an interval beyond reason',
      [AT, 'RRULE:FREQ=DAILY;INTERVAL=999999999'],
      'VEVENT[0].RRULE',
      'has an INTERVAL out of range',
    ],
    ['a rule of another calendar', [AT, 'RRULE:RSCALE=HEBREW;FREQ=YEARLY'], 'VEVENT[0].RRULE', 'needs RFC 7529'],
    ['no count at all', [AT, 'RRULE:FREQ=DAILY;COUNT=0'], 'VEVENT[0].RRULE', 'has a COUNT out of range'],
    [
      'an until that is no date',
      [AT, 'RRULE:FREQ=DAILY;UNTIL=20261301'],
      'VEVENT[0].RRULE.UNTIL',
      'is neither a date nor a date with time',
    ],
    [
      'a range into the past',
      [AT, 'RECURRENCE-ID;RANGE=THISANDPRIOR:20260302T063000Z'],
      'VEVENT[0].RECURRENCE-ID',
      'has a RANGE other than THISANDFUTURE',
    ],
    ['a sequence that is no number', [AT, 'SEQUENCE:x'], 'VEVENT[0].SEQUENCE', 'is no whole number'],
  ])('has %s', (_, lines, path, reason) => {
    expect(omissionOf(...lines)).toEqual({ path, reason });
  });
});

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['"Europe/Berlin"', 'Europe/Berlin'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['(UTC+01:00) Amsterdam\\, Berlin\\, Bern', 'Europe/Berlin'],
    ['"(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien"', 'Europe/Berlin'],
    ['/example.org/20050126_1/Europe/Berlin', 'Europe/Berlin'],
    ['Pacific Standard Time', 'America/Los_Angeles'],
    ['UTC', 'UTC'],
  ])('%s is known without a definition', (tzid, zone) => {
    expect(zoneOf(tzid)).toBe(zone);
  });

  it.each(['Mars/Olympus', '__proto__', 'constructor', '"+01:00"', 'x'.repeat(5_000)])('%.20s is unknown', (tzid) => {
    expect(omissionOf(`DTSTART;TZID=${tzid}:20260302T063000`)?.reason).toBe('names an unknown time zone');
  });

  it('of times without one is the calendar’s own, or else Berlin', () => {
    const floating = eventOf('DTSTART:20260302T063000');
    expect(read(floating).value.events[0]?.start).toEqual({ local: '2026-03-02T06:30:00', zone: 'Europe/Berlin' });
    expect(read(floating, 'X-WR-TIMEZONE:America/New_York').value.events[0]?.start.zone).toBe('America/New_York');
  });

  it('costs its events when its own definition is malformed', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Badzeit',
      'BEGIN:STANDARD',
      'DTSTART:20260101T000000',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(read(...zone, eventOf('DTSTART;TZID=Badzeit:20260302T063000')).omissions).toEqual([
      { path: 'STANDARD[0].TZOFFSETFROM', reason: 'is no offset' },
      { path: 'VEVENT[0].DTSTART', reason: 'names an unknown time zone' },
    ]);
  });

  it('with a definition without end costs its events too', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Badzeit',
      'BEGIN:STANDARD',
      'DTSTART:20260101T000000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=SECONDLY',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const { omissions } = read(...zone, eventOf('DTSTART;TZID=Badzeit:20260302T063000'));
    expect(omissions.map(({ path }) => path)).toEqual(['VTIMEZONE', 'VEVENT[0].DTSTART']);
  });
});
