import { describe, expect, it } from '@jest/globals';
import { toGlobalId } from '#lib/kernel';
import { openScope, settle, TestClock } from '#lib/testing';
import { openDataFeed, openTransit, realtimeFeed, WITH_OPEN_DATA } from './testing/open-transit.js';
import { json, ScriptedUpstream } from './testing/scripted-upstream.js';

const NOW = '2026-11-22T12:00:00Z';
const seconds = (text: string): number => Date.parse(text) / 1000;
const period = (from: string, until: string): string =>
  `active_period { start: ${seconds(from)} end: ${seconds(until)} }`;
const alert = (title: string, ...fields: string[]): string =>
  `alert { header_text { translation { text: "${title}" } } ${fields.join(' ')} }`;

async function house(entities: readonly string[], feed = openDataFeed()) {
  const clock = new TestClock(NOW);
  const upstream = new ScriptedUpstream(clock, ({ path }) =>
    path === '/gtfs.zip' ? feed : realtimeFeed(NOW, entities),
  );
  const { keeper, alerts } = openTransit(upstream, clock, WITH_OPEN_DATA);
  keeper.onApplicationBootstrap();
  for (let turns = 0; turns < 5; turns += 1) await settle();
  const list = async (stopId: string | null = null, first = 20) => {
    const reading = alerts.listAlerts(openScope(clock), stopId, first);
    reading.catch(() => undefined);
    await clock.advance(500);
    return (await reading).value;
  };
  return { list, titles: async (stopId?: string) => (await list(stopId)).map(({ header }) => header[0]?.text) };
}

describe('service alerts', () => {
  it('say what, why, when, which lines and which stops', async () => {
    const works = alert(
      'Gleisbau',
      'cause: CONSTRUCTION effect: DETOUR',
      period('2026-11-01T03:00:00Z', '2026-12-01T00:00:00Z'),
      'informed_entity { route_id: "R" } informed_entity { route_id: "unknown" }',
      'informed_entity { stop_id: "de:16053:159901:0:1" } informed_entity { stop_id: "de:16053:159901" }',
    );
    const { list } = await house([works]);
    expect(await list()).toEqual([
      {
        key: '0',
        header: [{ text: 'Gleisbau', language: null }],
        text: [],
        from: '2026-11-01T03:00:00.000Z',
        until: '2026-12-01T00:00:00.000Z',
        cause: 'CONSTRUCTION',
        effect: 'DETOUR',
        lines: ['4'],
        stops: [expect.objectContaining({ number: '159901', name: 'Jena, Am Beispielgraben' })],
      },
    ]);
  });

  it('that are over are gone; those in force come before those announced, the newest first', async () => {
    const { titles } = await house([
      alert('over', period('2026-11-01T00:00:00Z', '2026-11-22T11:00:00Z')),
      alert('in a week', period('2026-11-29T00:00:00Z', '2026-12-22T11:00:00Z')),
      alert('tomorrow', period('2026-11-23T00:00:00Z', '2026-12-22T11:00:00Z')),
      alert('always'),
      alert(
        'since today',
        period('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'),
        period('2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z'),
      ),
      'alert { cause: STRIKE }',
    ]);
    expect(await titles()).toEqual(['since today', 'always', 'tomorrow', 'in a week']);
  });

  it('of a cause or effect that is unknown or not told are OTHER', async () => {
    const { list } = await house([alert('a', 'cause: 99 effect: 99'), alert('b')]);
    expect((await list()).map(({ cause, effect }) => [cause, effect])).toEqual([
      ['OTHER', 'OTHER'],
      ['OTHER', 'OTHER'],
    ]);
  });

  it.each(['de:16053:159902', '159902', toGlobalId('Stop', '159902')])(
    'of a stop (%s) are those it or what stops there is meant by',
    async (id) => {
      const { titles } = await house([
        alert('here', 'informed_entity { stop_id: "de:16053:159902::7" }'),
        alert('elsewhere', 'informed_entity { stop_id: "de:16053:159901" }'),
        alert('line, elsewhere', 'informed_entity { route_id: "R" stop_id: "de:16053:159901" }'),
        alert('line', 'informed_entity { route_id: "R" }'),
        alert('another line', 'informed_entity { route_id: "S" }'),
        alert('trip', 'informed_entity { trip { trip_id: "U" } }'),
        alert('a trip that passes it', 'informed_entity { trip { trip_id: "V" } }'),
        alert('trams', 'informed_entity { route_type: 0 }'),
        alert('buses', 'informed_entity { route_type: 3 }'),
        alert('all', 'informed_entity { agency_id: "A" }'),
      ]);
      expect(await titles(id)).toEqual(['here', 'line', 'trip', 'trams', 'all']);
    },
  );

  it('of a stop outside the timetable are none, and of what is no stop NOT_FOUND', async () => {
    const { list } = await house([alert('all', 'informed_entity { agency_id: "A" }')]);
    expect(await list('4711')).toEqual([]);
    await expect(list('no stop')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are there without a timetable, but nobody can tell which concern a stop', async () => {
    const { list, titles } = await house([alert('line', 'informed_entity { route_id: "R" }')], json(500, ''));
    expect(await titles()).toEqual(['line']);
    expect((await list())[0]?.lines).toEqual([]);
    await expect(list('159901')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { system: 'gtfs' } });
  });

  it.each([0, 101, 1.5])('refuse first: %d', async (first) => {
    const { list } = await house([]);
    await expect(list(null, first)).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'first' } });
  });

  it('are unavailable where no open data are configured', async () => {
    const clock = new TestClock();
    const { alerts } = openTransit(new ScriptedUpstream(clock, () => json(500, '')), clock);
    const reading = alerts.listAlerts(openScope(clock), null, 20);
    reading.catch(() => undefined);
    await clock.advance(500);
    await expect(reading).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { system: 'gtfs-rt' } });
  });
});
