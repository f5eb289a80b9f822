import { describe, expect, it } from '@jest/globals';
import { poolsReaders } from './format-readers.js';

const readerOf = (path: string) => poolsReaders.find(({ covers }) => covers(path));

describe('the readers of the pools', () => {
  it.each([
    ['pools-ical/hours.ics', 'ical'],
    ['elsewhere/HOURS.ICS', 'ical'],
    ['pools-ical/ferien.json', 'holidays'],
    ['/data/pools-ical/feiertage.json', 'holidays'],
    ['pools-occupancy/counter.json', 'ticos'],
    ['pools-pos-soap/answer.xml', 'till'],
    ['pools-pos-soap/request.xml', undefined],
    ['pools-ical/README.md', undefined],
  ])('cover %s with %s', (path, format) => {
    expect(readerOf(path)?.format).toBe(format);
  });

  it('show a calendar with its occurrences', () => {
    const lines = [
      'BEGIN:VEVENT',
      'DTSTART;TZID=Europe/Berlin:20260302T063000',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'END:VEVENT',
    ];
    expect(readerOf('a.ics')?.read(Buffer.from(lines.join('\n')), 'a.ics')).toMatchObject({
      value: { events: [{ path: 'VEVENT[0]' }], occurrences: { 2: { start: '2026-03-16T05:30:00.000Z' } } },
      omissions: [],
    });
  });

  it('refuse a calendar of which no event can be read', () => {
    expect(() => readerOf('a.ics')?.read(Buffer.from('BEGIN:VEVENT\nDTSTART:x\nEND:VEVENT'), 'a.ics')).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }),
    );
  });

  it('show an empty calendar as empty', () => {
    const bytes = Buffer.from('BEGIN:VCALENDAR\nEND:VCALENDAR');
    expect(readerOf('a.ics')?.read(bytes, 'a.ics')).toMatchObject({ value: { events: [], occurrences: [] } });
  });
});
