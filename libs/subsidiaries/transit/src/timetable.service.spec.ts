import { describe, expect, it } from '@jest/globals';
import { parseInstant, type Instant } from '#lib/kernel';
import { openScope, settle, TestClock } from '#lib/testing';
import type { HttpResponse } from '#lib/upstream';
import { openDataFeed, openTransit, realtimeFeed, WITH_OPEN_DATA } from './testing/open-transit.js';
import { fixture, hafasRefusal, json, ScriptedUpstream } from './testing/scripted-upstream.js';

const BOARD = json(200, fixture('station-board.answer.json'));
const HANGS = new Promise<HttpResponse>(() => undefined);
const DOWN = json(500, 'down');
const GARBAGE = json(200, Buffer.from('00ff', 'hex'));

interface Answers {
  readonly hafas: () => HttpResponse | Promise<HttpResponse>;
  readonly feed?: HttpResponse | Promise<HttpResponse>;
  readonly updates?: HttpResponse | Promise<HttpResponse>;
}

/** Noon in UTC, 13:00 in Berlin. */
async function house({ hafas, feed = openDataFeed(), updates = DOWN }: Answers) {
  const clock = new TestClock();
  const upstream = new ScriptedUpstream(clock, ({ path }) => {
    if (path.includes('mgate')) return hafas();
    return path === '/gtfs.zip' ? feed : updates;
  });
  const transit = openTransit(upstream, clock, WITH_OPEN_DATA);
  transit.keeper.onApplicationBootstrap();
  for (let turns = 0; turns < 5; turns += 1) await settle();
  const scope = openScope(clock);
  /** The answer, with time passing until it is there. */
  const ask = async (id = 'de:16053:159901', from: Instant | null = null) => {
    const begun = clock.now();
    const answer = transit.stops.findDepartures(scope, id, 2, from).finally(() => (end = clock.now()));
    let end = Number.NaN;
    answer.catch(() => undefined);
    for (let waited = 0; Number.isNaN(end) && waited < 2_000; waited += 50) await clock.advance(50);
    return { board: await answer, milliseconds: end - begun };
  };
  const uses = () => scope.uses.map(({ system, state, failure }) => `${system} ${state ?? failure?.code}`);
  return { ...transit, upstream, clock, scope, ask, uses };
}

const PLAN = ['13:10 - 1', '13:20 - 1'];
type Board = Awaited<ReturnType<Awaited<ReturnType<typeof house>>['ask']>>['board'];
const berlin = (instant: Instant): string => `${Number(instant.slice(11, 13)) + 1}:${instant.slice(14, 16)}`;
const shown = (board: Board): string[] =>
  board!.value.departures.map(({ planned, expected, cancelled, platform }) =>
    [berlin(planned), cancelled ? 'x' : expected ? berlin(expected) : '-', platform].join(' '),
  );

describe('departures', () => {
  it.each([
    ['refuses', () => hafasRefusal('StationBoard', 'AUTH')],
    ['is down', () => DOWN],
    ['talks nonsense', () => GARBAGE],
    ['hangs', () => HANGS],
  ])(
    'come from the timetable, within half of the caller’s patience and little more, when HAFAS %s',
    async (_how, hafas) => {
      const { ask, uses } = await house({ hafas });
      const { board, milliseconds } = await ask();
      expect(shown(board)).toEqual(PLAN);
      expect(board?.value.stop).toEqual({
        number: '159901',
        dhid: 'de:16053:159901',
        name: 'Jena, Am Beispielgraben',
        latitude: 50.9,
        longitude: 11.5,
      });
      expect(board?.source).toEqual({
        subsidiary: 'TRANSIT',
        system: 'gtfs',
        asOf: '2026-11-01T04:00:00.000Z',
        stale: true,
      });
      expect(milliseconds).toBeLessThanOrEqual(1_600);
      expect(uses()[0]).toMatch(/^hafas UPSTREAM_/);
      expect(uses()).toContain('gtfs LIVE');
    },
  );

  it('come from HAFAS as long as it answers', async () => {
    const { ask, uses } = await house({ hafas: () => BOARD });
    expect((await ask()).board?.source.system).toBe('hafas');
    expect(uses()).toEqual(['hafas LIVE']);
  });

  it('come at once, and HAFAS is left alone, after it has failed five times', async () => {
    const { ask, upstream, stops, clock } = await house({ hafas: () => DOWN });
    for (const minute of [1, 2, 3, 4, 5]) await ask('159901', parseInstant(`2026-11-22T12:0${minute}:00Z`)!);
    const asked = upstream.requests.length;
    const board = stops.findDepartures(openScope(clock), '159901', 2, parseInstant('2026-11-22T12:06:00Z')!);
    expect(shown(await board)).toEqual(PLAN);
    expect(upstream.requests.slice(asked).filter((request) => request.includes('mgate'))).toEqual([]);
  });

  const late = 'trip_update { trip { trip_id: "U" start_date: "20261122" } delay: 240 }';
  const cancelled = 'trip_update { trip { trip_id: "V" start_date: "20261122" schedule_relationship: CANCELED } }';

  it('have the forecasts of a fresh realtime feed and are then as old as it', async () => {
    const updates = realtimeFeed('2026-11-22T11:59:30Z', [late, cancelled]);
    const { ask, uses } = await house({ hafas: () => DOWN, updates });
    const { board } = await ask();
    expect(shown(board)).toEqual(['13:10 13:14 1', '13:20 x 1']);
    expect(board?.source).toMatchObject({ system: 'gtfs', asOf: '2026-11-22T11:59:30.000Z', stale: false });
    expect(uses()).toContain('gtfs-rt LIVE');
  });

  it.each([
    ['is too old', realtimeFeed('2026-11-22T11:57:00Z', [late])],
    ['comes from the future', realtimeFeed('2026-11-22T12:03:00Z', [late])],
    ['is no such feed', GARBAGE],
    ['does not come', HANGS],
  ])('are as planned, and stale, when the realtime feed %s', async (_how, updates) => {
    const { ask } = await house({ hafas: () => HANGS, updates });
    const { board, milliseconds } = await ask();
    expect([shown(board), board?.source.stale]).toEqual([PLAN, true]);
    expect(milliseconds).toBeLessThanOrEqual(1_600);
  });

  it.each([
    ['a stop that it does not have', '4711', null],
    ['the number of another district', 'de:16052:159901', null],
    ['a day behind its end', '159901', parseInstant('2027-02-01T12:00:00Z')!],
  ])('are missing as HAFAS says when the timetable cannot tell: %s', async (_what, id, from) => {
    const { ask } = await house({ hafas: () => DOWN });
    await expect(ask(id, from)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { system: 'hafas' } });
  });

  it.each([
    ['could not be loaded', DOWN],
    ['is malformed', GARBAGE],
    ['is still being loaded', HANGS],
  ])('are missing as HAFAS says while the timetable %s', async (_how, feed) => {
    const { ask } = await house({ hafas: () => GARBAGE, feed });
    await expect(ask()).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED', details: { system: 'hafas' } });
  });

  it('outside the timetable of HAFAS stay the caller’s mistake', async () => {
    const { ask } = await house({ hafas: () => hafasRefusal('StationBoard', 'H9360') });
    await expect(ask()).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'from' } });
  });
});

describe('stops', () => {
  it('come from the timetable when HAFAS fails', async () => {
    const { stops, scope, clock } = await house({ hafas: () => DOWN });
    const listed = stops.listStops(scope, 'graben', 10);
    const found = stops.findStop(scope, '8019999');
    await clock.advance(1_000);
    const { value, source } = await listed;
    expect(value.map(({ number, dhid, name }) => [number, dhid, name])).toEqual([
      ['159902', 'de:16053:159902', 'Jena, Grabenbrücke'],
      ['159901', 'de:16053:159901', 'Jena, Am Beispielgraben'],
    ]);
    expect(source).toMatchObject({ system: 'gtfs', stale: true });
    expect(await found).toMatchObject({ number: '8019999', dhid: null, name: 'Jena Nord' });
  });

  it('that the timetable does not have may still exist', async () => {
    const { stops, scope, clock } = await house({ hafas: () => DOWN });
    const found = stops.findStop(scope, '4711');
    found.catch(() => undefined);
    await clock.advance(1_000);
    await expect(found).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
