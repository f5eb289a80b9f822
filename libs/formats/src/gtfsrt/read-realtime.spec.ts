import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { readRealtime } from './read-realtime.js';
import { encodeFeed } from './testing/encode-feed.js';

const NOON = 1_780_308_000; // 2026-06-01T10:00:00Z

function refusalOf(bytes: Buffer | string): string {
  try {
    readRealtime(Buffer.from(bytes as string));
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

const update = {
  id: 'e1',
  trip_update: {
    trip: { trip_id: 'T', start_date: '20260601', start_time: '25:10:00', route_id: 'R', direction_id: 1 },
    stop_time_update: [
      { stop_sequence: 3, arrival: { delay: -5 }, departure: { time: NOON, uncertainty: 9 } },
      { stop_id: 'S', schedule_relationship: 1 },
    ],
    vehicle: { id: 'V', license_plate: 'J-XX 1' },
    delay: 60,
  },
};

describe('a binary feed', () => {
  it('has trip updates', () => {
    const feed = readRealtime(
      encodeFeed([update], { gtfs_realtime_version: '2.0', incrementality: 1, timestamp: NOON }),
    );
    expect(feed).toMatchObject({
      version: '2.0',
      differential: true,
      timestamp: '2026-06-01T10:00:00.000Z',
      omitted: 0,
    });
    expect(feed.tripUpdates).toEqual([
      {
        entity: 'e1',
        trip: {
          trip: 'T',
          route: 'R',
          direction: 1,
          startDate: '2026-06-01',
          startSeconds: 90_600,
          relationship: 'SCHEDULED',
        },
        vehicle: 'V',
        timestamp: null,
        delaySeconds: 60,
        stops: [
          {
            sequence: 3,
            stop: null,
            assignedStop: null,
            arrival: { delaySeconds: -5, time: null },
            departure: { delaySeconds: null, time: '2026-06-01T10:00:00.000Z' },
            relationship: 'SCHEDULED',
          },
          { sequence: null, stop: 'S', assignedStop: null, arrival: null, departure: null, relationship: 'SKIPPED' },
        ],
        properties: { startDate: null, startSeconds: null, headsign: null },
      },
    ]);
  });

  it('has alerts in several languages, with words for cause and effect', () => {
    const alert = {
      active_period: [{ start: NOON }, { start: 0, end: '18446744073709551615' }],
      informed_entity: [{ route_type: 0 }, { stop_id: 'S', trip: { route_id: 'R' } }],
      cause: 10,
      effect: 8,
      severity_level: 3,
      header_text: { translation: [{ text: 'Umleitung', language: 'de' }, { text: '' }] },
    };
    expect(readRealtime(encodeFeed([{ id: 'a', alert }])).alerts).toMatchObject([
      {
        entity: 'a',
        activePeriods: [
          { from: '2026-06-01T10:00:00.000Z', until: null },
          { from: null, until: null },
        ],
        informed: [
          { routeType: 0, trip: null },
          { stop: 'S', trip: { route: 'R', trip: null } },
        ],
        cause: 'CONSTRUCTION',
        effect: 'UNKNOWN',
        severity: 'WARNING',
        title: [
          { text: 'Umleitung', language: 'de' },
          { text: '', language: null },
        ],
        text: [],
      },
    ]);
  });

  it('has OTHER for what this house does not know', () => {
    const feed = readRealtime(
      encodeFeed([
        { id: 'a', alert: { cause: 99, effect: 7, severity_level: -1 } },
        { id: 'b', trip_update: { trip: { schedule_relationship: 4 } } },
      ]),
    );
    expect(feed.alerts).toMatchObject([{ cause: 'OTHER', effect: 'OTHER', severity: 'OTHER' }]);
    expect(feed.tripUpdates).toMatchObject([{ trip: { relationship: 'OTHER' } }]);
  });

  it('has vehicles', () => {
    const vehicle = {
      trip: { trip_id: 'T' },
      position: { latitude: 50.5, longitude: -11.25, bearing: 90, odometer: 12 },
      current_status: 1,
      congestion_level: 2,
      stop_id: 'S',
      vehicle: { label: '601' },
      occupancy_status: 0,
    };
    expect(readRealtime(encodeFeed([{ id: 'v', vehicle }])).vehicles).toMatchObject([
      {
        position: { latitude: 50.5, longitude: -11.25, bearing: 90, speed: null },
        status: 'STOPPED_AT',
        stop: 'S',
        label: '601',
        occupancy: 'EMPTY',
      },
    ]);
  });

  it('has deleted entities and kinds that are passed over', () => {
    const feed = readRealtime(
      encodeFeed([
        { id: 'gone', is_deleted: true },
        { id: 'stop', stop: { stop_id: 'S' } },
      ]),
    );
    expect(feed).toMatchObject({ deleted: ['gone'], tripUpdates: [], vehicles: [], alerts: [], omitted: 0 });
  });

  it.each([
    [{ id: 'x', trip_update: {} }, 'entity[1].trip_update.trip', 'is missing'],
    [
      { id: 'x', trip_update: { trip: { start_date: '2026-06-01' } } },
      'entity[1].trip_update.trip.start_date',
      'is not a date YYYYMMDD',
    ],
    [
      { id: 'x', trip_update: { trip: {}, stop_time_update: [{}] } },
      'entity[1].trip_update.stop_time_update[0]',
      'has neither stop_sequence nor stop_id',
    ],
    [
      { id: 'x', vehicle: { position: { latitude: 91, longitude: 0 } } },
      'entity[1].vehicle.position.latitude',
      'is not between -90 and 90',
    ],
    [
      { id: 'x', vehicle: { position: { latitude: Number.NaN, longitude: 0 } } },
      'entity[1].vehicle.position.latitude',
      'is not a number',
    ],
    [
      { id: 'x', alert: { header_text: { translation: [{ language: 'de' }] } } },
      'entity[1].alert.header_text.translation[0].text',
      'is missing',
    ],
  ])('loses only an entity that is malformed: %j', (entity, path, reason) => {
    const feed = readRealtime(encodeFeed([update, entity, { ...update, id: 'e2' }]));
    expect(feed.tripUpdates.map((each) => each.entity)).toEqual(['e1', 'e2']);
    expect(feed).toMatchObject({ vehicles: [], alerts: [], omitted: 1, omissions: [{ path, reason }] });
  });

  it('loses only an entity that is damaged inside', () => {
    const bytes = encodeFeed([update, update]);
    bytes[bytes.indexOf('e1') + 2] = 0x1f;
    const feed = readRealtime(bytes);
    expect(feed.tripUpdates).toHaveLength(1);
    expect(feed.omissions).toEqual([{ path: 'entity[0]', reason: 'is no Protocol Buffers message' }]);
  });

  it('merges a message that comes in parts', () => {
    const header = Buffer.from([0x0a, 0x02, 0x10, 0x01]);
    expect(readRealtime(Buffer.concat([encodeFeed([]), header]))).toMatchObject({ version: '2.0', differential: true });
  });

  it('is refused without a header, when cut off, and when it is something else', () => {
    expect(refusalOf(Buffer.alloc(0))).toBe('header.gtfs_realtime_version: is missing');
    expect(refusalOf(encodeFeed([update]).subarray(0, 40))).toBe('$: is no Protocol Buffers message');
    expect(refusalOf(Buffer.from([0x1f, 0x8b, 8, 0]))).toBe('$: is no Protocol Buffers message');
    expect(refusalOf(Buffer.alloc(10_000, 0x0b))).toBe('$: is no Protocol Buffers message');
  });
});

describe('a feed as text', () => {
  it('is read like a binary one', () => {
    const text = `
      # made by hand
      header { gtfs_realtime_version: "2.0", incrementality: DIFFERENTIAL; timestamp: 0x6A1D5620 }
      entity: <
        id: 'e1'
        trip_update {
          trip { trip_id: "T" start_date: "2026" "0601" start_time: "25:10:00" route_id: "R" direction_id: 01
                 [example.extension] { deep: [1, { x: "}" }] } }
          stop_time_update: [
            { stop_sequence: 3 arrival { delay: -5 } departure { time: 1780308000 uncertainty: 9 } },
            { stop_id: "S" schedule_relationship: 1 }
          ]
          vehicle { id: "V" license_plate: "x" }
          delay: 60
        }
      >`;
    const binary = encodeFeed([update], { gtfs_realtime_version: '2.0', incrementality: 1, timestamp: 0x6a1d5620 });
    expect(readRealtime(Buffer.from(text))).toEqual(readRealtime(binary));
  });

  it('may escape what it likes', () => {
    const text = String.raw`header{gtfs_realtime_version:"2.0"}entity{id:"\303\274\x41\u00df\n\"\'" vehicle{position{latitude:5e1 longitude:-.5f}}}`;
    expect(readRealtime(Buffer.from(text)).vehicles).toMatchObject([
      { entity: 'üAß\n"\'', position: { latitude: 50, longitude: -0.5 } },
    ]);
  });

  it.each([
    ['header {', 'line 1: lacks a field name'],
    ['header { }\n}', 'line 2: lacks a field name'],
    ['header { gtfs_realtime_version "2.0" }', 'line 1: lacks a colon'],
    ['header {\n\n gtfs_realtime_version: 2.0 }', 'line 3: lacks a text'],
    ['header { gtfs_realtime_version: "2.0\n" }', 'line 1: has a text without an end'],
    ['header { timestamp: -1 }', 'line 1: has no value of kind uint64'],
    ['header { timestamp: "1" }', 'line 1: lacks a value'],
    ['entity { is_deleted: maybe }', 'line 1: has no value of kind bool'],
    ['entity [ {} ', 'line 1: has a list without an end'],
    ['entity: 5', 'line 1: lacks a message'],
    [`x ${'{ x '.repeat(40)}`, 'line 1: is deeper than 30 messages'],
    [`x ${'['.repeat(40)}`, 'line 1: is deeper than 30 messages'],
    ['entity { id: "1" }', 'header.gtfs_realtime_version: is missing'],
  ])('is refused: %j', (text, message) => {
    expect(refusalOf(text)).toBe(message);
  });
});
