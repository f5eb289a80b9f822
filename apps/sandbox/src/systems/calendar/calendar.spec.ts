import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { addDays } from '../../world/dates.js';
import { imagineWorld, withSystem } from '../tenancy/testing/bench.js';
import { isSummerHoliday } from '../thuringian-holidays.js';
import { createCalendar } from './calendar.js';
import { escapeText, writeLines } from './content-lines.js';

const POOLS = ['galaxsea', 'ostbad', 'suedbad'];

async function get(path: string, headers: Record<string, string> = {}, world = imagineWorld({})) {
  let answer: { status: number; headers: Headers; bytes: Buffer } | undefined;
  await withSystem(createCalendar, world, async (url) => {
    const response = await fetch(url + path, { headers });
    answer = { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  });
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

async function textOf(pool: string): Promise<string> {
  return (await get(`/calendars/${pool}.ics`)).bytes.toString('utf8');
}

/** `HH:MM-HH:MM summary` of everything with times that begins in these years, by date, as ical.js expands it. */
async function hoursOf(pool: string): Promise<Map<string, string[]>> {
  const events = new ICAL.Component(ICAL.parse(await textOf(pool)) as unknown[])
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
  const series = events.filter((event) => !event.isRecurrenceException() && !event.startDate.isDate);
  for (const event of events.filter((one) => one.isRecurrenceException())) {
    series.find(({ uid }) => uid === event.uid)?.relateException(event);
  }
  const hours = new Map<string, string[]>();
  for (const event of series)
    for (const [date, entry] of expand(event)) hours.set(date, [...(hours.get(date) ?? []), entry].toSorted());
  return hours;
}

function expand(event: ICAL.Event): [string, string][] {
  const found: [string, string][] = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.year < 2028; next = iterator.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (item.component.getFirstPropertyValue('status') === 'CANCELLED') continue;
    const [start, end] = [startDate.toString(), endDate.toString()];
    found.push([start.slice(0, 10), `${start.slice(11, 16)}-${end.slice(11, 16)} ${item.summary}`]);
  }
  return found;
}

describe('a calendar of hours', () => {
  it.each(POOLS)('is folded at 75 octets between whole characters: %s', async (pool) => {
    const { bytes, headers } = await get(`/calendars/${pool}.ics`);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const lines = bytes.toString('latin1').split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(lines.every((line) => line.length <= 75)).toBe(true);
    expect(lines.some((line) => line.startsWith(' '))).toBe(true);
    // Every line by itself is UTF-8.
    for (const line of lines) expect(Buffer.from(line, 'latin1').toString('utf8')).not.toContain('\uFFFD');
  });

  it.each(POOLS)('names the time zone and explains it nowhere: %s', async (pool) => {
    const text = await textOf(pool);
    expect(text).toContain('DTSTART;TZID=Europe/Berlin:');
    expect(text).not.toContain('VTIMEZONE');
  });

  it('escapes commas, semicolons and line ends', async () => {
    const unfolded = (await textOf('galaxsea')).replaceAll('\r\n ', '');
    expect(unfolded).toContain('LOCATION:Freizeitbad GalaxSea\\, Rudolstädter Straße 37\\, 07745 Jena');
    expect(unfolded).toContain('Außenbecken\\; letzter Einlass 60 Minuten vor Schluss.\\nDie Saunalandschaft');
  });

  it('is read back by ical.js, whatever a text says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        // eslint-disable-next-line no-control-regex
        fc.pre(!/[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/.test(text));
        const bytes = writeLines(['BEGIN:VEVENT', `SUMMARY:${escapeText(text)}`, 'END:VEVENT']);
        const event = new ICAL.Component(ICAL.parse(bytes.toString('utf8')) as unknown[]);
        expect(event.getFirstPropertyValue('summary')).toBe(text);
      }),
    );
  });
});

describe('the hours of GalaxSea', () => {
  it('begin early on Monday, Wednesday and Friday', async () => {
    const hours = await hoursOf('galaxsea');
    const day = '08:00-22:00 Badebetrieb';
    const week = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'];
    expect(week.map((date) => hours.get(date)?.length)).toEqual([2, 1, 2, 1, 2, 1]);
    expect(hours.get('2026-11-23')).toEqual(['06:30-08:00 Frühschwimmen', day]);
    expect(hours.get('2026-11-24')).toEqual([day]);
  });

  it('have no early swimming in the summer holidays nor on public holidays', async () => {
    const early = [...(await hoursOf('galaxsea'))].flatMap(([date, entries]) =>
      entries.some((entry) => entry.includes('Frühschwimmen')) ? [date] : [],
    );
    expect(early).toEqual(expect.arrayContaining(['2026-07-03', '2026-08-17', '2027-07-09', '2027-08-23']));
    for (const date of early) expect([date, isSummerHoliday(date)]).toEqual([date, false]);
    for (const date of ['2026-05-01', '2026-05-25', '2026-04-06', '2027-01-01']) expect(early).not.toContain(date);
  });

  it('pause on Christmas Day and for the revision, and end early on Christmas Eve', async () => {
    const hours = await hoursOf('galaxsea');
    expect(['2025-12-25', '2026-12-25', '2027-12-25', '2026-09-08'].map((date) => hours.get(date))).toEqual(
      [1, 2, 3, 4].map(() => undefined),
    );
    expect(hours.get('2026-12-24')).toEqual(['08:00-13:00 Badebetrieb an Heiligabend']);
    expect(hours.get('2026-12-26')).toEqual(['08:00-22:00 Badebetrieb']);
  });

  it('move one early swimming of March to Thursday', async () => {
    const hours = await hoursOf('galaxsea');
    expect(hours.get('2026-03-04')).toEqual(['08:00-22:00 Badebetrieb']);
    expect(hours.get('2026-03-05')).toContain('07:00-08:30 Frühschwimmen (verlegt)');
  });

  it('keep the wall clock when the clocks change', async () => {
    const hours = await hoursOf('galaxsea');
    for (const date of ['2026-03-28', '2026-03-29', '2026-10-25']) {
      expect(hours.get(date)).toEqual(['08:00-22:00 Badebetrieb']);
    }
  });
});

describe('the hours of the open-air pools', () => {
  it.each(['ostbad', 'suedbad'])('follow the season: %s', async (pool) => {
    const hours = await hoursOf(pool);
    const dayHours = (date: string) =>
      hours
        .get(date)
        ?.find((entry) => entry.endsWith('Freibad geöffnet'))
        ?.slice(0, 11);
    for (const year of [2025, 2026, 2027]) {
      const days = ['05-14', '05-15', '05-31', '06-01', '08-31', '09-01', '09-15', '09-16'].map(
        (day) => `${year}-${day}`,
      );
      const [short, long] = ['10:00-18:00', '09:00-20:00'];
      expect(days.map(dayHours)).toEqual([undefined, short, short, long, long, short, short, undefined]);
    }
  });

  it('have early swimming on Tuesday and Thursday in Ostbad only', async () => {
    const early = [...(await hoursOf('ostbad'))].filter(([, entries]) => entries.includes('07:00-09:00 Frühschwimmen'));
    expect(early.length).toBeGreaterThan(90);
    for (const [date] of early) expect([2, 4]).toContain(new Date(date).getUTCDay());
    expect(await textOf('suedbad')).not.toContain('Frühschwimmen');
  });

  it('leave out the town festival in Ostbad and the morning of the triathlon in Südbad', async () => {
    expect((await hoursOf('ostbad')).get('2026-07-11')).toBeUndefined();
    expect((await hoursOf('suedbad')).get('2026-08-15')).toEqual(['14:00-20:00 Freibad geöffnet']);
  });

  it('are the same on all other days of summer', async () => {
    const [east, south] = [await hoursOf('ostbad'), await hoursOf('suedbad')];
    for (let date = '2026-06-01'; date <= '2026-08-31'; date = addDays(date, 1)) {
      if (date === '2026-07-11' || date === '2026-08-15') continue;
      expect([date, east.get(date)?.at(-1)]).toEqual([date, south.get(date)?.at(-1)]);
    }
  });
});

describe('the calendars as downloads', () => {
  it('answer 304 to their own entity tag until the next year', async () => {
    const etag = (await get('/calendars/ostbad.ics')).headers.get('etag') ?? '';
    const known = { 'If-None-Match': etag };
    expect((await get('/calendars/ostbad.ics', known)).status).toBe(304);
    expect((await get('/calendars/galaxsea.ics', known)).status).toBe(200);
    const later = imagineWorld({ today: () => '2027-01-01' });
    expect((await get('/calendars/ostbad.ics', known, later)).status).toBe(200);
  });

  it('know no other file and obey a fault', async () => {
    expect((await get('/calendars/hallenbad.ics')).status).toBe(404);
    const faults = { find: (system: string) => ({ kind: '500' as const, system, household: null }) };
    expect((await get('/calendars/ostbad.ics', {}, imagineWorld({ faults }))).status).toBe(500);
  });
});
