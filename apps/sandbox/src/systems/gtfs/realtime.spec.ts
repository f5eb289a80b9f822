import { describe, expect, it } from '@jest/globals';
import { imagineWorld, NOVEMBER_AFTERNOON, withSystem } from '../tenancy/testing/bench.js';
import { findPrognosis } from '../hafas/realtime.js';
import { STOPS } from '../hafas/stops.js';
import { callsAt } from '../hafas/timetable.js';
import { createGtfs } from './gtfs.js';
import { messagesAt, numberAt, readFields, textAt, type Fields } from './testing/read-protobuf.js';

const MINUTE = 60_000;
const ENTITY = 2;
const AFTERNOON = NOVEMBER_AFTERNOON;
const NIGHT = Date.parse('2026-11-24T00:20:00+01:00');

async function feed(name: string, now: number): Promise<Fields> {
  let fields: Fields | undefined;
  await withSystem(createGtfs, imagineWorld({ now: () => now }), async (url) => {
    const response = await fetch(`${url}/realtime/${name}.pb`);
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    fields = readFields(Buffer.from(await response.arrayBuffer()));
  });
  if (fields === undefined) throw new Error('no answer');
  return fields;
}

describe('every GTFS-Realtime feed', () => {
  it.each(['trip-updates', 'vehicle-positions', 'alerts'])('is a full data set of its time: %s', async (name) => {
    const [header] = messagesAt(await feed(name, AFTERNOON), 1);
    expect([textAt(header, 1), numberAt(header, 2), numberAt(header, 3)]).toEqual(['2.0', 0, AFTERNOON / 1_000]);
  });

  it.each(['trip-updates', 'vehicle-positions'])('gives each of its entities an id of its own: %s', async (name) => {
    const ids = messagesAt(await feed(name, AFTERNOON), ENTITY).map((entity) => textAt(entity, 1));
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the trip updates', () => {
  it.each([AFTERNOON, NIGHT])('say of every departure what HAFAS says at %i', async (now) => {
    const updates = messagesAt(await feed('trip-updates', now), ENTITY, 3);
    const told = updates.flatMap(departuresOf).toSorted();
    expect(told).toEqual(prognosesAt(now).toSorted());
    expect(told.some((line) => !line.endsWith(' 0'))).toBe(true);
  });

  it('cancel whole trips that HAFAS cancels', async () => {
    const updates = messagesAt(await feed('trip-updates', AFTERNOON), ENTITY, 3);
    const cancelled = updates.filter((update) => numberAt(messagesAt(update, 1)[0], 4) === 3);
    expect(cancelled.length).toBeGreaterThan(0);
    for (const update of cancelled) expect(messagesAt(update, 2)).toEqual([]);
    const expected = STOPS.flatMap(({ id }) => cancelledRuns(id, AFTERNOON));
    expect(cancelled.length).toBe(new Set(expected).size);
  });

  it('end the delay where the prognosis ends', async () => {
    const updates = messagesAt(await feed('trip-updates', AFTERNOON), ENTITY, 3);
    const ends = updates.flatMap((update) => messagesAt(update, 2).filter((stop) => numberAt(stop, 5) === 2));
    expect(ends.length).toBeGreaterThan(0);
    for (const stop of ends) expect([stop.has(2), stop.has(3)]).toEqual([false, false]);
  });

  it('name the start of a run that the feed repeats, and of no other', async () => {
    const trips = messagesAt(await feed('trip-updates', NIGHT), ENTITY, 3, 1);
    for (const trip of trips) {
      const isRepeated = textAt(trip, 1)?.startsWith('N2.') === true;
      expect([textAt(trip, 1), trip.has(2)]).toEqual([textAt(trip, 1), isRepeated]);
    }
    const starts = trips.filter((trip) => trip.has(2)).map((trip) => textAt(trip, 2));
    expect(new Set(starts)).toEqual(new Set(['00:12:00', '00:42:00', '01:12:00']));
  });

  it('name the day before for trips that go on after midnight', async () => {
    const days = messagesAt(await feed('trip-updates', NIGHT), ENTITY, 3, 1).map((trip) => textAt(trip, 3));
    expect(new Set(days)).toEqual(new Set(['20261123', '20261124']));
  });
});

describe('the vehicle positions', () => {
  it('lie in the area of the network on the way to a stop of it', async () => {
    const vehicles = messagesAt(await feed('vehicle-positions', AFTERNOON), ENTITY, 4);
    for (const vehicle of vehicles) {
      const [position] = messagesAt(vehicle, 2);
      const [latitude = Number.NaN, longitude = Number.NaN] = [numberAt(position, 1), numberAt(position, 2)];
      expect([latitude > 50.6, latitude < 51.2, longitude > 11.3, longitude < 11.9]).toEqual([true, true, true, true]);
      expect(textAt(vehicle, 7)).toMatch(/^(?:de:16053:)?\d{6,7}(?::0:[12AB])?$/);
      expect([1, 2]).toContain(numberAt(vehicle, 4));
    }
  });

  it('belong to trips of the trip updates', async () => {
    const known = messagesAt(await feed('trip-updates', AFTERNOON), ENTITY, 3, 1).map((trip) => textAt(trip, 1));
    const trips = messagesAt(await feed('vehicle-positions', AFTERNOON), ENTITY, 4, 1).map((trip) => textAt(trip, 1));
    expect(known).toEqual(expect.arrayContaining(trips));
  });
});

describe('the alerts', () => {
  it.each(['2026-11-24T13:30:00Z', '2026-12-31T23:10:00Z', '2027-03-01T02:00:00Z'])(
    'are two that hold at %s',
    async (instant) => {
      const now = Date.parse(instant) / 1_000;
      const found = messagesAt(await feed('alerts', now * 1_000), ENTITY, 5);
      expect(found).toHaveLength(2);
      for (const alert of found) {
        const [period] = messagesAt(alert, 1);
        expect((numberAt(period, 1) ?? Number.NaN) <= now && now < (numberAt(period, 2) ?? Number.NaN)).toBe(true);
      }
    },
  );

  it('speak German and English about routes and stops of the feed', async () => {
    const [works, moved] = messagesAt(await feed('alerts', AFTERNOON), ENTITY, 5);
    const headers = messagesAt(works as Fields, 10, 1).map((text) => [textAt(text, 2), textAt(text, 1)]);
    expect(headers).toEqual([
      ['de', 'Linie 3: Gleisbau in der Göschwitzer Straße'],
      ['en', 'Line 3: track works in Göschwitzer Straße'],
    ]);
    expect(messagesAt(works as Fields, 5).map((entity) => textAt(entity, 2))).toEqual(['vmt:JNV:3']);
    expect([numberAt(works, 6), numberAt(works, 7)]).toEqual([10, 3]);
    expect(messagesAt(moved as Fields, 5).map((entity) => [textAt(entity, 2), textAt(entity, 5)])).toEqual([
      ['vmt:JNV:5', 'de:16053:153016'],
    ]);
  });
});

/** `time delay` of every departure that an update reports, in seconds. */
function departuresOf(update: Fields): string[] {
  return messagesAt(update, 2, 3).map((event) => `${numberAt(event, 2)} ${numberAt(event, 1)}`);
}

/** The same from the timetable system. */
function prognosesAt(now: number): string[] {
  return callsNear(now).flatMap((call) => {
    const prognosis = findPrognosis(call, now);
    if (prognosis === undefined || prognosis.cancelled) return [];
    return [`${prognosis.expectedAt / 1_000} ${(prognosis.expectedAt - call.plannedAt) / 1_000}`];
  });
}

function cancelledRuns(stopId: string, now: number): string[] {
  const boards = (['DEP', 'ARR'] as const).flatMap((board) =>
    callsAt(stopId, board, now - 60 * MINUTE, now + 90 * MINUTE),
  );
  return boards
    .filter((call) => findPrognosis(call, now)?.cancelled === true)
    .map(({ trip }) => `${trip.date} ${trip.number}`);
}

function callsNear(now: number) {
  return STOPS.flatMap(({ id }) => callsAt(id, 'DEP', now - 60 * MINUTE, now + 90 * MINUTE));
}
