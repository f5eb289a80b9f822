import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, parseInstant, type Instant } from '#lib/kernel';
import { findStops, listDepartures } from './departures.js';
import { allDepartures, toLines, type ModelFeed } from './testing/brute-force.js';
import { importFeed, type FeedLines } from './testing/feed.js';

const STOPS = ['market:1', 'market:2', 'bridge', 'zoo'];
/** Around both clock changes, in Berlin and in New York. */
const WEEKS = ['2026-03-05', '2026-03-26', '2026-10-22', '2026-10-29'];

function days(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => instantOf(Date.parse(first) + index * 86_400_000).slice(0, 10));
}

const call = fc.record({ stop: fc.constantFrom(...STOPS), gap: fc.nat(4 * 3600), closed: fc.boolean() });
const frequency = fc
  .record({ from: fc.nat(28 * 3600), length: fc.nat(5 * 3600), headway: fc.integer({ min: 240, max: 7200 }) })
  .map(({ from, length, headway }) => ({ from, until: from + length, headway }));

function tripOf(services: number): fc.Arbitrary<ModelFeed['trips'][number]> {
  return fc
    .record({
      service: fc.nat(services - 1),
      start: fc.nat(30 * 3600),
      gaps: fc.array(call, { minLength: 1, maxLength: 5 }),
      frequencies: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.uniqueArray(frequency, { maxLength: 2, selector: ({ from }) => from }) },
      ),
    })
    .map(({ service, start, gaps, frequencies }) => {
      let time = start;
      return {
        service,
        frequencies,
        calls: gaps.map(({ stop, gap, closed }) => ({ stop, closed, time: (time += gap) })),
      };
    });
}

function serviceOf(week: string): fc.Arbitrary<ModelFeed['services'][number]> {
  const day = fc.constantFrom(...days(week, 7));
  return fc.record({
    weekdays: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    from: day,
    until: day,
    exceptions: fc.dictionary(day, fc.boolean(), { maxKeys: 3 }),
  });
}

const situation = fc.constantFrom(...WEEKS).chain((week) =>
  fc.record({
    week: fc.constant(week),
    feed: fc.array(serviceOf(week), { minLength: 1, maxLength: 3 }).chain((services) =>
      fc.record({
        zone: fc.constantFrom('Europe/Berlin', 'America/New_York'),
        services: fc.constant(services),
        trips: fc.array(tripOf(services.length), { minLength: 1, maxLength: 6 }),
      }),
    ),
    stop: fc.constantFrom('market', ...STOPS),
    from: fc.nat(9 * 86_400).map((seconds) => instantOf(Date.parse(week) + (seconds - 86_400) * 1000)),
    first: fc.integer({ min: 1, max: 40 }),
    hours: fc.integer({ min: 1, max: 168 }),
  }),
);

function board(changes: FeedLines, stop: string, from: string, first = 5): string[] {
  const { timetable } = importFeed(changes);
  const departures = listDepartures(timetable, findStops(timetable, stop), { from: parseInstant(from)!, first });
  return departures.map(({ planned, tripId }) => `${tripId} ${planned}`);
}

function stopTimes(...rows: readonly string[]): FeedLines {
  return { stop_times: ['trip_id,arrival_time,departure_time,stop_id,stop_sequence', ...rows] };
}

const until = (from: Instant, hours: number): number => Date.parse(from) + hours * 3_600_000;

describe('departures', () => {
  it('are those that an expansion of every trip of every day finds', () => {
    fc.assert(
      fc.property(situation, ({ week, feed, stop, from, first, hours }) => {
        const { timetable, omitted } = importFeed(toLines(feed));
        expect(omitted).toBe(0);
        const expected = allDepartures(feed, days(instantOf(Date.parse(week) - 3 * 86_400_000), 14))
          .filter(({ trip, call: index }) => feed.trips[trip]!.calls[index]!.stop.startsWith(stop))
          .filter(({ time }) => time >= Math.ceil(Date.parse(from) / 1000) * 1000 && time < until(from, hours))
          .map(({ trip, call: index, time }) => `T${trip} ${index * 3} ${instantOf(time)}`);
        const found = listDepartures(timetable, findStops(timetable, stop), { from, first, hours });
        const texts = found.map(({ key, planned }) => `${key.split('|')[0]} ${key.split('|')[2]} ${planned}`);
        expect(texts).toEqual(expected.slice(0, first));
      }),
      { numRuns: 300 },
    );
  });

  it('describe line, direction, platform and trip', () => {
    const { timetable } = importFeed();
    const from = parseInstant('2026-06-01T00:00:00Z')!;
    expect(listDepartures(timetable, findStops(timetable, 'market'), { from, first: 1 })).toEqual([
      {
        key: 'T|2026-06-01|1',
        line: '4',
        product: 'TRAM',
        direction: 'Zoo',
        planned: '2026-06-01T06:00:00.000Z',
        expected: null,
        cancelled: false,
        platform: '1',
        remarks: [],
        tripId: 'T',
        serviceDate: '2026-06-01',
        stopId: 'market:1',
        exact: true,
        run: { call: 0, day: 20605, shift: 0 },
      },
    ]);
  });

  it('of yesterday run past midnight', () => {
    const night = stopTimes('T,25:30:00,25:30:00,market:1,1', 'T,26:00:00,26:00:00,zoo,2');
    expect(board(night, 'market', '2026-06-02T22:00:00Z', 1)).toEqual(['T 2026-06-02T23:30:00.000Z']);
    expect(board(night, 'market', '2026-12-31T22:59:59Z', 1)).toEqual(['T 2027-01-01T00:30:00.000Z']);
  });

  it.each([
    ['spring', '2026-03-28T20:00:00Z', ['T 2026-03-28T23:30:00.000Z', 'T 2026-03-29T23:30:00.000Z']],
    ['autumn', '2026-10-24T20:00:00Z', ['T 2026-10-25T00:30:00.000Z', 'T 2026-10-26T00:30:00.000Z']],
  ])('count from noon minus twelve hours when the clock changes in %s', (_, from, expected) => {
    const early = stopTimes('T,1:30:00,1:30:00,market:1,1', 'T,2:00:00,2:00:00,zoo,2');
    const { timetable } = importFeed(early);
    const query = { from: parseInstant(from)!, first: 2, hours: 48 };
    const departures = listDepartures(timetable, findStops(timetable, 'market'), query);
    expect(departures.map(({ tripId, planned }) => `${tripId} ${planned}`)).toEqual(expected);
  });

  it('are found by station, platform and the DHID that platforms begin with', () => {
    const { timetable } = importFeed({
      stops: [
        'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station',
        'de:16999:7:1:1,Markt,50.9,11.5,0,S',
        'de:16999:7:2:1,Markt,50.9,11.5,0,S',
        'de:16999:70:1:1,Anger,50.9,11.5,0,',
        'S,Markt,50.9,11.5,1,',
      ],
      ...stopTimes('T,8:00:00,8:00:00,de:16999:7:1:1,1'),
    });
    expect(
      ['S', 'de:16999:7', 'de:16999:7:2:1', 'de:16999', 'constructor'].map((id) => findStops(timetable, id)),
    ).toEqual([[0, 1, 3], [0, 1], [1], [], []]);
  });

  it('do not end in an error at the ends of time', () => {
    expect(board({}, 'market', '9999-12-31T23:59:59Z')).toEqual([]);
    expect(board({}, 'market', '0000-01-01T00:00:00Z')).toEqual([]);
  });

  it('take times between known ones as spread evenly', () => {
    const gaps = stopTimes('T,8:00:00,8:00:00,market:1,1', 'T,,,bridge,2', 'T,,,market:2,3', 'T,8:31:00,8:31:00,zoo,9');
    expect(board(gaps, 'bridge', '2026-06-01T00:00:00Z', 1)).toEqual(['T 2026-06-01T06:10:20.000Z']);
    expect(board(gaps, 'market:2', '2026-06-01T00:00:00Z', 1)).toEqual(['T 2026-06-01T06:20:40.000Z']);
  });
});
