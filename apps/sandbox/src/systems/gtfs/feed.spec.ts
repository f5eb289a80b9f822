import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { imagineWorld, withSystem } from '../tenancy/testing/bench.js';
import { addDays, berlinDay } from '../hafas/berlin.js';
import { STOPS } from '../hafas/stops.js';
import { callsAt } from '../hafas/timetable.js';
import { createGtfs } from './gtfs.js';
import { readTable } from './testing/read-table.js';

type Row = Record<string, string>;

const MINUTE = 60_000;

async function get(path: string, headers: Record<string, string> = {}, world = imagineWorld({})) {
  let answer: { status: number; headers: Headers; bytes: Uint8Array } | undefined;
  await withSystem(createGtfs, world, async (url) => {
    const response = await fetch(url + path, { headers });
    answer = {
      status: response.status,
      headers: response.headers,
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  });
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

const texts = Object.entries(unzipSync((await get('/gtfs.zip')).bytes)).map(([name, bytes]) => {
  return [name, Buffer.from(bytes).toString('utf8')] as const;
});
const tables = new Map(texts.map(([name, text]) => [name, readTable(text)]));
const table = (name: string): Row[] => tables.get(`${name}.txt`) ?? [];

describe('the tables of the feed', () => {
  it('are the ones every feed must have and few others', () => {
    const names = 'agency calendar calendar_dates feed_info frequencies routes stop_times stops trips'.split(' ');
    expect([...tables.keys()].toSorted()).toEqual(names.map((name) => `${name}.txt`));
  });

  it('end every row with CRLF; the stops begin with a byte order mark', () => {
    for (const [, text] of texts) expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(texts.filter(([, text]) => text.startsWith('\uFEFF')).map(([name]) => name)).toEqual(['stops.txt']);
  });

  it('refer to rows that are there', () => {
    const known = (name: string, column: string) => new Set(table(name).map((row) => row[column]));
    const refer = (name: string, column: string, target: Set<string | undefined>) => {
      const lost = table(name).filter((row) => row[column] !== '' && !target.has(row[column]));
      expect(lost).toEqual([]);
    };
    refer('trips', 'route_id', known('routes', 'route_id'));
    refer(
      'trips',
      'service_id',
      new Set([...known('calendar', 'service_id'), ...known('calendar_dates', 'service_id')]),
    );
    refer('stop_times', 'trip_id', known('trips', 'trip_id'));
    refer('stop_times', 'stop_id', known('stops', 'stop_id'));
    refer('stops', 'parent_station', known('stops', 'stop_id'));
    refer('routes', 'agency_id', known('agency', 'agency_id'));
    expect(known('trips', 'trip_id').size).toBe(table('trips').length);
    expect(known('stops', 'stop_id').size).toBe(table('stops').length);
  });

  it('give stops their DHID and stations their platforms', () => {
    const row = (id: string) => table('stops').find(({ stop_id }) => stop_id === id);
    expect(row('de:16053:153014')).toMatchObject({
      stop_code: '153014',
      stop_name: 'Jena, Spittelplatz',
      stop_lat: '50.932150',
      stop_lon: '11.590270',
      location_type: '',
      parent_station: '',
    });
    expect(row('de:16053:153166')).toMatchObject({ location_type: '1', platform_code: '' });
    expect(table('stops').filter(({ parent_station }) => parent_station === 'de:16053:153166')).toMatchObject(
      ['1', '2', 'A', 'B'].map((platform_code) => ({ platform_code, location_type: '' })),
    );
  });

  it('tell trams, buses, the night bus and the railway apart', () => {
    const types = table('routes').map((row) => `${row['route_short_name']} ${row['route_type']}`);
    expect(types).toEqual(expect.arrayContaining(['4 900', 'N1 900', '10 704', 'N2 705', '25 106']));
  });

  it('write times past midnight as hours from 24 and hours before ten without a zero', () => {
    const times = table('stop_times').map((row) => row['departure_time'] ?? '');
    expect(times).toContain('24:22:00');
    expect(times).toContain('4:40:00');
    expect(times.every((time) => /^(?:\d|1\d|2[0-5]):[0-5]\d:00$/.test(time))).toBe(true);
  });

  it('plan the night bus by its headway', () => {
    expect(table('frequencies')).toEqual(
      ['1', '2'].map((direction) => ({
        trip_id: `N2.${direction}.taeglich`,
        start_time: '0:12:00',
        end_time: '3:43:00',
        headway_secs: '1800',
        exact_times: '1',
      })),
    );
  });

  it('hold from the month before to a year after', () => {
    expect(table('feed_info')).toMatchObject([{ feed_start_date: '20261001', feed_end_date: '20271130' }]);
    for (const { date = '' } of table('calendar_dates')) {
      expect([date >= '20261001', date <= '20271130']).toEqual([true, true]);
    }
  });
});

describe('the days of service', () => {
  it('are those of a weekend on public holidays', () => {
    expect([...servicesOn('2026-12-25')].toSorted()).toEqual(['sa-so', 'taeglich']);
    expect([...servicesOn('2027-05-17')].toSorted()).toEqual(['sa-so', 'taeglich']);
    expect([...servicesOn('2026-12-27')].toSorted()).toEqual(['sa-so', 'taeglich']);
  });

  it('tell school days from school holidays', () => {
    expect([...servicesOn('2027-02-03')].toSorted()).toEqual(['ferientag', 'mo-fr', 'taeglich']);
    expect([...servicesOn('2027-02-10')].toSorted()).toEqual(['mo-fr', 'schultag', 'taeglich']);
  });
});

describe('the timetable of the feed', () => {
  it.each(['2026-11-24', '2026-11-28', '2027-02-03', '2027-07-15'])('is that of HAFAS on %s', (date) => {
    const start = berlinDay(date).startsAt;
    const departures = departuresFrom(date);
    for (const stop of STOPS) {
      const planned = callsAt(stop.id, 'DEP', start, start + 24 * 60 * MINUTE).map(
        ({ trip, plannedAt }) => `${(plannedAt - start) / MINUTE} ${trip.line.name}`,
      );
      expect((departures.get(stop.id) ?? []).toSorted()).toEqual(planned.toSorted());
    }
  });
});

describe('the feed as a download', () => {
  it('answers 304 to its own entity tag until the next month', async () => {
    const etag = (await get('/gtfs.zip')).headers.get('etag') ?? '';
    expect((await get('/gtfs.zip', { 'If-None-Match': etag })).status).toBe(304);
    const december = imagineWorld({ today: () => '2026-12-01' });
    expect((await get('/gtfs.zip', { 'If-None-Match': etag }, december)).status).toBe(200);
  });

  it('knows no other file and obeys a fault', async () => {
    expect((await get('/feed.zip')).status).toBe(404);
    const faults = { find: (system: string) => ({ kind: '500' as const, system, household: null }) };
    expect((await get('/gtfs.zip', {}, imagineWorld({ faults }))).status).toBe(500);
  });
});

/** Services of that day by both calendars. */
function servicesOn(date: string): Set<string> {
  const day = date.replaceAll('-', '');
  const weekday = new Date(date).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();
  const usual = table('calendar').filter((row) => row[weekday] === '1');
  const running = new Set(usual.map((row) => row['service_id'] ?? ''));
  for (const { date: exception, service_id = '', exception_type } of table('calendar_dates')) {
    if (exception === day && exception_type === '1') running.add(service_id);
    if (exception === day && exception_type === '2') running.delete(service_id);
  }
  return running;
}

/** For each stop number, `minute line` of every departure between two midnights, from the tables alone. */
function departuresFrom(date: string): Map<string, string[]> {
  const departures = new Map<string, string[]>();
  for (const [day, shift] of [
    [date, 0],
    [addDays(date, -1), 1_440],
  ] as const) {
    const services = servicesOn(day);
    for (const { stopId, line, minute } of departuresOf(services)) {
      const at = minute - shift;
      if (at < 0 || at >= 1_440) continue;
      departures.set(stopId, [...(departures.get(stopId) ?? []), `${at} ${line}`]);
    }
  }
  return departures;
}

function departuresOf(services: Set<string>): { stopId: string; line: string; minute: number }[] {
  const lines = new Map(table('routes').map((row) => [row['route_id'], row['route_short_name'] ?? '']));
  const codes = new Map(table('stops').map((row) => [row['stop_id'], row['stop_code'] ?? '']));
  const trips = new Map(table('trips').map((row) => [row['trip_id'], row]));
  const starts = new Map(table('frequencies').map((row) => [row['trip_id'], row]));
  return table('stop_times')
    .filter((row) => row['pickup_type'] !== '1')
    .flatMap((row) => {
      const trip = trips.get(row['trip_id']);
      if (!services.has(trip?.['service_id'] ?? '')) return [];
      const [stopId, line] = [codes.get(row['stop_id']) ?? '', lines.get(trip?.['route_id']) ?? ''];
      const minute = minutesOf(row['departure_time']);
      return shiftsOf(starts.get(row['trip_id'])).map((shift) => ({ stopId, line, minute: minute + shift }));
    });
}

/** Minutes by which the runs of a trip follow its first: only 0 for a trip without frequency. */
function shiftsOf(frequency: Row | undefined): number[] {
  if (frequency === undefined) return [0];
  const [first, end] = [minutesOf(frequency['start_time']), minutesOf(frequency['end_time'])];
  const headway = Number(frequency['headway_secs']) / 60;
  return Array.from({ length: Math.ceil((end - first) / headway) }, (_, run) => run * headway);
}

function minutesOf(time = ''): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
