import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { formatBerlin, type CalendarDate } from '#lib/kernel';
import { openScope, settle, TestClock } from '#lib/testing';
import { Upstream, type Connection, type HttpResponse } from '#lib/upstream';
import { CalendarBackend } from './backend/calendar.backend.js';
import { OpeningDaysResolver } from './graph/opening-days.resolver.js';
import type { PoolType } from './graph/pool.type.js';
import { HoursService } from './hours.service.js';
import { POOLS } from './model/pool.js';
import { PoolsSettings } from './pools.settings.js';

const event = (...lines: string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const calendar = (...events: string[]): string =>
  `${['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR'].join('\r\n')}\r\n`;
const DAILY = event(
  'UID:daily@bad.example',
  'SUMMARY:Badebetrieb',
  'DESCRIPTION:Letzter Einlass eine Stunde vorher',
  'DTSTART;TZID=Europe/Berlin:20250101T100000',
  'DTEND;TZID=Europe/Berlin:20250101T220000',
  'RRULE:FREQ=DAILY',
);
const NIGHT = event('UID:n', 'DTSTART;TZID=Europe/Berlin:20261121T200000', 'DTEND;TZID=Europe/Berlin:20261122T010000');
const POOL = { pool: POOLS[0]! } as PoolType;
const day = (text: string): CalendarDate => text as CalendarDate;

/** Pools whose calendar server gives one answer, and the paths that it was asked for. */
function house(body: string, more: Partial<HttpResponse> = {}, now = '2026-11-22T12:00:00Z') {
  const clock = new TestClock(now);
  const asked: string[] = [];
  const server = { body, status: 200 };
  class ScriptedUpstream extends Upstream {
    override connect(): Connection {
      return {
        send: ({ path }) => {
          asked.push(path);
          return Promise.resolve({ status: server.status, headers: {}, ...more, body: Buffer.from(server.body) });
        },
      };
    }
  }
  const upstream = new ScriptedUpstream(clock, { concurrent: 4, waiting: 4, cacheBytes: 50_000_000 });
  const settings = Object.assign(new PoolsSettings(), { calendarUrl: 'http://calendar.example' });
  const backend = new CalendarBackend(upstream, settings, clock);
  const resolver = new OpeningDaysResolver(new HoursService(backend, upstream, clock));
  const scope = () => openScope(clock);
  return { clock, asked, server, backend, resolver, scope };
}

describe('the opening hours of a pool', () => {
  it('tell of today whether it is open, with its spans and their source', async () => {
    const { resolver, scope, asked } = house(calendar(DAILY), {
      headers: { 'last-modified': 'Fri, 20 Nov 2026 08:00:00 GMT' },
    });
    expect(await resolver.today(POOL, scope())).toEqual({
      date: '2026-11-22',
      openNow: true,
      opens: '2026-11-22T09:00:00.000Z',
      closes: '2026-11-22T21:00:00.000Z',
      spans: [
        {
          from: '2026-11-22T09:00:00.000Z',
          until: '2026-11-22T21:00:00.000Z',
          title: 'Badebetrieb',
          note: 'Letzter Einlass eine Stunde vorher',
        },
      ],
      closedReason: null,
      notices: [],
      source: { subsidiary: 'POOLS', system: 'calendar', asOf: '2026-11-20T08:00:00.000Z', stale: false },
    });
    expect(asked).toEqual(['/calendars/galaxsea.ics']);
  });

  it('date themselves by their answer when the server names a day that is still to come', async () => {
    const { resolver, scope } = house(calendar(DAILY), {
      headers: { 'last-modified': 'Mon, 23 Nov 2026 08:00:00 GMT' },
    });
    expect((await resolver.today(POOL, scope()))?.source.asOf).toBe('2026-11-22T12:00:00.000Z');
  });

  it('are open after midnight while the night before lasts, which is none of today', async () => {
    const { resolver, scope } = house(calendar(NIGHT), {}, '2026-11-21T23:30:00Z');
    expect(await resolver.today(POOL, scope())).toMatchObject({
      date: '2026-11-22',
      openNow: true,
      opens: null,
      closes: null,
      spans: [],
    });
  });

  it('share one reading of the calendar, and only today can be open now', async () => {
    const { resolver, scope, asked } = house(calendar(DAILY));
    const days = await resolver.openingDays(POOL, day('2026-10-24'), day('2026-12-24'), scope());
    await resolver.today(POOL, scope());
    expect(days).toHaveLength(62);
    expect(days.filter(({ openNow }) => openNow !== null).map(({ date }) => date)).toEqual(['2026-11-22']);
    const byDate = new Map(
      days.map(({ date, opens, closes }) => [date, [formatBerlin(opens!), formatBerlin(closes!)]]),
    );
    expect(byDate.get(day('2026-10-25'))).toEqual(['2026-10-25T10:00:00+01:00', '2026-10-25T22:00:00+01:00']);
    expect(byDate.get(day('2026-10-24'))).toEqual(['2026-10-24T10:00:00+02:00', '2026-10-24T22:00:00+02:00']);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['more than 62 days', '2026-11-22', '2027-01-23', 'until'],
    ['days in disorder', '2026-11-22', '2026-11-21', 'until'],
    ['days long ago', '2026-10-21', '2026-10-30', 'from'],
    ['days too far ahead', '2027-11-23', '2027-11-24', 'until'],
  ])('are not told for %s, and nothing is read', async (_, from, until, path) => {
    const { resolver, scope, asked } = house(calendar(DAILY));
    await expect(resolver.openingDays(POOL, day(from), day(until), scope())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path },
    });
    expect(asked).toEqual([]);
  });

  it('of last week cover all that may be asked for while the server is down', async () => {
    const { resolver, scope, clock, server } = house(calendar(DAILY));
    await resolver.today(POOL, scope());
    server.status = 503;
    await clock.advance(7 * 86_400_000);
    const days = await resolver.openingDays(POOL, day('2027-11-29'), day('2027-11-30'), scope());
    expect(days.map(({ date, source }) => [date, source.stale])).toEqual([
      ['2027-11-29', true],
      ['2027-11-30', true],
    ]);
  });

  it.each([
    [404, 'UPSTREAM_REJECTED'],
    [503, 'UPSTREAM_UNAVAILABLE'],
  ])('fail with HTTP %i as %s', async (status, code) => {
    const { backend } = house('', { status });
    await expect(backend.getHours('x', { signal: new AbortController().signal })).rejects.toMatchObject({ code });
  });
});

describe('a calendar', () => {
  const CALL = { signal: new AbortController().signal };
  const read = (...events: string[]) => house(calendar(...events)).backend.getHours('x', CALL);

  it('is expanded once for each version and day', async () => {
    const { backend, clock, server } = house(calendar(DAILY));
    const first = await backend.getHours('x', CALL);
    expect((await backend.getHours('x', CALL)).value).toBe(first.value);
    server.body = calendar(DAILY, NIGHT);
    const second = await backend.getHours('x', CALL);
    expect(second.value).not.toBe(first.value);
    await clock.advance(86_400_000);
    expect((await backend.getHours('x', CALL)).value[0]?.date).not.toBe(second.value[0]?.date);
  });

  it('of which no event can be read does not make the pool look closed', async () => {
    await expect(read(event('UID:1', 'DTSTART:yesterday'))).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });

  it.each([
    ['repeats within a day', ['RRULE:FREQ=SECONDLY']],
    ['repeats more than 12 times a day', ['RRULE:FREQ=DAILY;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12']],
    ['has more than 4 rules', Array.from({ length: 5 }, () => 'RRULE:FREQ=DAILY')],
    ['has more than 1000 single moments', [`RDATE:${Array.from({ length: 1001 }, () => '20261122T100000').join(',')}`]],
  ])('loses an event that %s, and only that', async (reason, lines) => {
    const { value, omissions } = await read(DAILY, event('UID:odd', 'DTSTART:20200101T100000', ...lines));
    expect(omissions).toEqual([{ path: 'VEVENT[1]', reason }]);
    expect(value.find(({ date }) => date === '2026-11-22')?.spans).toHaveLength(1);
  });

  it.each([
    ['events', Array.from({ length: 2_001 }, (_, index) => event(`UID:${index}`, 'DTSTART:20261122T100000'))],
    ['entries', Array.from({ length: 12 }, (_, index) => DAILY.replace('daily', `daily-${index}`)).concat(DAILY)],
  ])('is refused as a whole with too many %s', async (_, events) => {
    await expect(read(...events)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED', details: { path: '$' } });
  });

  it.each([
    ['announces', 33, ['DTSTART;VALUE=DATE:20260101', 'DTEND;VALUE=DATE:20290101']],
    [
      'opens',
      11,
      ['DTSTART;TZID=Europe/Berlin:20260101T100000', 'DTEND;TZID=Europe/Berlin:20260101T220000', 'RRULE:FREQ=DAILY'],
    ],
  ])('that %s more than anybody could read is refused', async (_, count, times) => {
    const texts = [`SUMMARY:${'S'.repeat(200)}`, `DESCRIPTION:${'D'.repeat(500)}`];
    const events = Array.from({ length: count }, (_unused, index) => event(`UID:${index}`, ...texts, ...times));
    await expect(read(...events)).rejects.toMatchObject({
      code: 'UPSTREAM_MALFORMED',
      details: { path: '$', reason: 'brings more than 2000000 bytes of hours' },
    });
  });

  it('that took too long is tried again, unlike one that cannot be read', async () => {
    const { backend, clock } = house(calendar(DAILY));
    const first = backend.getHours('x', CALL);
    const given = expect(first).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    await clock.advance(6_000);
    await given;
    expect((await backend.getHours('x', CALL)).value.length).toBeGreaterThan(300);
  });

  it('that changes while it is expanded is expanded anew, and the old one is given up', async () => {
    const { backend, server } = house(calendar(DAILY));
    const old = backend.getHours('x', CALL);
    const given = expect(old).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    server.body = calendar(NIGHT);
    expect((await backend.getHours('x', CALL)).value.filter(({ spans }) => spans.length > 0)).toHaveLength(1);
    await given;
  });

  it('is given up when the program stops', async () => {
    const { backend } = house(calendar(DAILY));
    const running = backend.getHours('x', CALL);
    const given = expect(running).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: 'shutting down' });
    await settle();
    backend.onApplicationShutdown();
    await given;
  });

  it('shortens texts that would repeat with every day', async () => {
    const { value } = await read(DAILY.replace('Badebetrieb', 'B'.repeat(9_000)));
    expect(value[40]?.spans[0]?.title).toHaveLength(200);
  });
});
