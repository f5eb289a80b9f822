import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { NOW, openHouse, type House } from './harness.js';

interface Board {
  readonly source: { readonly system: string; readonly stale: boolean };
  readonly nodes: readonly { readonly direction: string; readonly planned: string; readonly expected: string | null }[];
}

const QUERY = `query ($id: ID!, $first: Int!, $from: DateTime) { stop(id: $id) { name
  departures(first: $first, from: $from) { source { system stale } nodes { direction planned expected } } } }`;
/** Nothing is forecast so far ahead. */
const TONIGHT = '2026-11-18T20:00:00+01:00';

describe('departures without HAFAS', () => {
  let house: House;

  beforeAll(async () => {
    const ahead = Date.parse(NOW) - Date.now();
    house = await openHouse({ clock: { ...systemClock, now: () => Date.now() + ahead } });
    // Answers as soon as the timetable is there, however long its import takes on this machine.
    const body = { query: '{ serviceAlerts(stopId: "153166", first: 1) { id } }' };
    for (let tries = 0; tries < 3; tries += 1) {
      if ((await house.graphql(body, { headers: { prefer: 'wait=10' } })).errors.length === 0) break;
    }
  }, 60_000);
  afterEach(() => house.control('DELETE', '/faults'));
  afterAll(() => house.close());

  const ask = async (id: string, first = 8, from?: string) => {
    const begun = Date.now();
    const { data, errors, sources } = await house.graphql({ query: QUERY, variables: { id, first, from } });
    const stop = data?.['stop'] as { name: string; departures: Board } | null;
    const seconds = (Date.now() - begun) / 1000;
    return { name: stop?.name, board: stop?.departures, errors, sources: sources.map(told), seconds };
  };

  it.each([
    ['hang', '153018'],
    ['500', '153022'],
    ['garbage', '153029'],
    ['reset', '153024'],
  ])('are those of the timetable, with forecasts and in time: %s', async (kind, id) => {
    await house.control('POST', '/faults', { kind, system: 'hafas' });
    const { name, board, errors, sources, seconds } = await ask(id);
    expect(errors).toEqual([]);
    expect(name).toMatch(/^Jena, /);
    expect(board?.nodes).toHaveLength(8);
    expect(board?.source).toEqual({ system: 'gtfs', stale: false });
    expect(board?.nodes.some(({ expected }) => expected !== null)).toBe(true);
    expect(sources).toContain('hafas transit.departures FAILED');
    expect(sources).toContain('gtfs transit.timetable LIVE');
    expect(seconds).toBeLessThan(2.5);
  });

  it('are the same as with it', async () => {
    const { board: before } = await ask('153014', 8, TONIGHT);
    await house.control('POST', '/faults', { kind: 'reset', system: 'hafas' });
    const { board: after } = await ask('153014', 9, TONIGHT);
    expect(before?.source.system).toBe('hafas');
    expect(after?.source.system).toBe('gtfs');
    expect(after?.nodes.slice(0, 8).map(({ planned }) => planned)).toEqual(before?.nodes.map(({ planned }) => planned));
  });

  it('are there for partners too', async () => {
    await house.control('POST', '/faults', { kind: '500', system: 'hafas' });
    const answer = await house.get('/partner/v1/transit/stops/153017/departures?first=3');
    const { items, source } = (await answer.json()) as { items: unknown[]; source: object };
    expect([answer.status, items.length, source]).toEqual([200, 3, expect.objectContaining({ system: 'gtfs' })]);
  });
});

function told({ system, operation, state }: { system: string; operation: string; state: string }): string {
  return `${system} ${operation} ${state}`;
}
