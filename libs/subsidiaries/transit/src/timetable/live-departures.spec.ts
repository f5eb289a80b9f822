import { describe, expect, it } from '@jest/globals';
import { readRealtime, type RealtimeFeed } from '#lib/formats';
import { parseInstant } from '#lib/kernel';
import { findStops } from './departures.js';
import { indexUpdates, listLiveDepartures } from './live-departures.js';
import { importFeed, type FeedLines } from './testing/feed.js';

const HEADER = 'header { gtfs_realtime_version: "2.0" timestamp: 1780293600 }'; // 2026-06-01T06:00:00Z
const TWO_TRIPS: FeedLines = {
  trips: ['route_id,service_id,trip_id,trip_headsign', 'R,daily,T,Zoo', 'R,daily,U,Zoo'],
  stop_times: [
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
    'T,8:00:00,8:00:00,market:1,1',
    'T,8:05:00,8:06:00,bridge,2',
    'T,8:10:00,8:10:00,zoo,3',
    'U,8:20:00,8:20:00,market:1,1',
    'U,8:25:00,8:26:00,bridge,2',
    'U,8:30:00,8:30:00,zoo,3',
  ],
};

function feedOf(...updates: readonly string[]): RealtimeFeed {
  const entities = updates.map((update, index) => `entity { id: "${index}" trip_update { ${update} } }`);
  return readRealtime(Buffer.from([HEADER, ...entities].join('\n')));
}

/** Departures at a stop from 08:00 in Berlin, as `trip planned expected`. */
function board(stop: string, updates: readonly string[], changes = TWO_TRIPS, first = 2, from = '06:00:00'): string[] {
  const { timetable } = importFeed(changes);
  const query = { from: parseInstant(`2026-06-01T${from}Z`)!, first, hours: 6 };
  const live = indexUpdates(timetable, feedOf(...updates));
  return listLiveDepartures(timetable, live, findStops(timetable, stop), query).map(
    ({ tripId, planned, expected, cancelled, platform }) =>
      [tripId, planned.slice(11, 19), cancelled ? 'cancelled' : (expected?.slice(11, 19) ?? '-'), platform ?? '']
        .join(' ')
        .trim(),
  );
}

const onDay = (day: string): string => `trip { trip_id: "T" start_date: "${day}" } delay: 60`;
const related = (relationship: string): string => `trip { trip_id: "T" schedule_relationship: ${relationship} }`;
const delayed = (trip: string, delay: number): string => `trip { trip_id: "${trip}" } delay: ${delay}`;

describe('live departures', () => {
  it('are the planned ones where nothing is known', () => {
    expect(board('bridge', [])).toEqual(['T 06:06:00 -', 'U 06:26:00 -']);
    expect(board('bridge', ['trip { trip_id: "unknown" } stop_time_update { stop_sequence: 1 }'])).toEqual([
      'T 06:06:00 -',
      'U 06:26:00 -',
    ]);
  });

  it.each([
    ['a delay of the departure', 'stop_sequence: 2 departure { delay: 90 }', 'T 06:06:00 06:07:30'],
    ['a delay of the arrival', 'stop_sequence: 2 arrival { delay: -30 }', 'T 06:06:00 06:05:30'],
    [
      'a time, which counts more than a delay',
      'stop_id: "bridge" departure { time: 1780294200 delay: 5 }',
      'T 06:06:00 06:10:00',
    ],
    ['a delay at a stop before', 'stop_sequence: 1 departure { delay: 60 }', 'T 06:06:00 06:07:00'],
    ['the arrival time at a stop before', 'stop_sequence: 1 arrival { time: 1780293720 }', 'T 06:06:00 06:08:00'],
    ['no time at all, which means as planned', 'stop_sequence: 1', 'T 06:06:00 06:06:00'],
    ['no data', 'stop_sequence: 2 schedule_relationship: NO_DATA', 'T 06:06:00 -'],
    ['news of a stop behind only', 'stop_sequence: 3 arrival { delay: 60 }', 'T 06:06:00 -'],
    ['that the stop is skipped', 'stop_sequence: 2 schedule_relationship: SKIPPED', 'T 06:06:00 cancelled'],
    ['that the stop before is skipped', 'stop_sequence: 1 schedule_relationship: SKIPPED', 'T 06:06:00 -'],
  ])('follow %s', (_, stop, expected) => {
    expect(board('bridge', [`trip { trip_id: "T" } stop_time_update { ${stop} }`], TWO_TRIPS, 1)).toEqual([expected]);
  });

  it('carry a delay on until another stop says otherwise', () => {
    const update = 'trip { trip_id: "T" } delay: 30 stop_time_update { stop_sequence: 2 departure { delay: 120 } }';
    expect(board('market', [update], TWO_TRIPS, 1)).toEqual(['T 06:00:00 06:00:30 1']);
    expect(board('bridge', [update], TWO_TRIPS, 1)).toEqual(['T 06:06:00 06:08:00']);
  });

  it('take a trip only on the day that is meant', () => {
    expect(board('market', [onDay('20260601')], TWO_TRIPS, 1)).toEqual(['T 06:00:00 06:01:00 1']);
    expect(board('market', [onDay('20260602')], TWO_TRIPS, 1)).toEqual(['T 06:00:00 - 1']);
  });

  it('show cancelled trips as such and no deleted ones', () => {
    expect(board('market', [related('CANCELED')])).toEqual(['T 06:00:00 cancelled 1', 'U 06:20:00 - 1']);
    expect(board('market', [related('DELETED')])).toEqual(['U 06:20:00 - 1']);
    expect(board('market', [related('SOMETHING_NEW')])).toEqual(['T 06:00:00 - 1', 'U 06:20:00 - 1']);
  });

  it('wait for the late and forget what left early', () => {
    const order = board('market', [delayed('T', 1500), delayed('U', -60)], TWO_TRIPS, 5, '06:10:00');
    expect(order).toEqual(['U 06:20:00 06:19:00 1', 'T 06:00:00 06:25:00 1']);
    expect(board('market', [delayed('T', 60), delayed('U', -660)], TWO_TRIPS, 5, '06:10:00')).toEqual([]);
  });

  it('name the platform that is served instead', () => {
    const update =
      'trip { trip_id: "T" } stop_time_update { stop_sequence: 1 stop_time_properties { assigned_stop_id: "market:2" } }';
    expect(board('market', [update], TWO_TRIPS, 1)).toEqual(['T 06:00:00 06:00:00 2']);
  });

  it.each(['ADDED', 'NEW', 'REPLACEMENT'])('have the stops of a trip that is %s', (relationship) => {
    const update = `trip { trip_id: "T" route_id: "R" schedule_relationship: ${relationship} }
      stop_time_update { stop_id: "bridge" departure { time: 1780293900 delay: 60 } }
      stop_time_update { stop_id: "market:2" schedule_relationship: SKIPPED }
      stop_time_update { stop_id: "zoo" arrival { time: 1780294200 } }`;
    const added = ['T 06:04:00 06:05:00', ...(relationship === 'REPLACEMENT' ? [] : ['T 06:06:00 -']), 'U 06:26:00 -'];
    expect(board('bridge', [update], TWO_TRIPS, 3)).toEqual(added);
    expect(board('zoo', [update])).toEqual([]);
  });

  it('have a doubled trip at its own time', () => {
    const update = `trip { trip_id: "T" schedule_relationship: DUPLICATED } delay: 60
      trip_properties { start_date: "20260601" start_time: "08:30:00" }`;
    expect(board('bridge', [update], TWO_TRIPS, 3)).toEqual(['T 06:06:00 -', 'U 06:26:00 -', 'T 06:36:00 06:37:00']);
  });

  it('take the run of a repeated trip that begins at that time', () => {
    const repeated = { frequencies: ['trip_id,start_time,end_time,headway_secs', 'T,8:00:00,9:00:00,1800'] };
    const update = 'trip { trip_id: "T" start_time: "8:30:00" } delay: 120';
    expect(board('bridge', [update], repeated)).toEqual(['T 06:06:00 -', 'T 06:36:00 06:38:00']);
  });

  it('are as many as asked for, however many trips are dropped', () => {
    const names = Array.from({ length: 150 }, (_, index) => `X${index}`);
    const many: FeedLines = {
      trips: ['route_id,service_id,trip_id', ...names.map((name) => `R,daily,${name}`)],
      stop_times: [
        'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
        ...names.flatMap((name, index) => [
          `${name},8:00:${String(index % 60).padStart(2, '0')},8:00:${String(index % 60).padStart(2, '0')},market:1,1`,
          `${name},9:00:00,9:00:00,zoo,2`,
        ]),
      ],
    };
    const dropped = names.slice(0, 140).map((name) => `trip { trip_id: "${name}" schedule_relationship: DELETED }`);
    expect(board('market', dropped, many, 10)).toHaveLength(10);
  });
});
