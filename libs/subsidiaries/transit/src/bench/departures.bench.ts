import type { RealtimeFeed, RealtimeTripUpdate } from '#lib/formats';
import { epochOf, instantOf, type CalendarDate, type Instant } from '#lib/kernel';
import type { Bench, BenchRun } from '#lib/subsidiary-kit';
import { findStops, listDepartures } from '../timetable/departures.js';
import { importTimetable } from '../timetable/import-timetable.js';
import { indexUpdates, listLiveDepartures } from '../timetable/live-departures.js';
import type { TimetableDeparture } from '../timetable/timetable-departure.js';
import { benchFeed, benchTrips, stopIds } from './bench-feed.js';
import { PlainDepartures, type PlainUpdate } from './plain-departures.js';

const IMPORTS = 15;
const QUESTIONS = 4_900;
const FIRST = 20;
/** A Wednesday in the middle of the feed, at the busiest time of day. */
const TODAY = '2026-11-25' as CalendarDate;
const NOW = instantOf(Date.parse(`${TODAY}T07:30:00+01:00`));
/** Questions about the plan reach over so many hours from {@link NOW} on. */
const HOURS = 72;

interface Question {
  readonly stop: string;
  readonly from: Instant;
}

/** Departures from a GTFS feed of a town, as planned and with trip updates. */
export const departuresBench: Bench = {
  name: 'departures',
  describe: 'Abfahrten aus GTFS (490 Haltestellen, 454 Fahrten, 10.896 Halte), nach Plan und mit Prognosen',
  async run(run) {
    const trips = benchTrips();
    const feed = benchFeed(trips);
    const calls = trips.reduce((sum, trip) => sum + trip.calls.length, 0);
    const imports = Array.from({ length: IMPORTS }, () => feed);
    await run.each('GTFS einlesen', imports, importTimetable, (_, { timetable, omitted }) => {
      return timetable.calls.trip.length === calls && omitted === 0;
    });
    const { timetable } = importTimetable(feed);
    const stopsOf = new Map(stopIds().map((id) => [id, findStops(timetable, id)]));
    const plain = new PlainDepartures(trips, () => undefined);
    await askAll(run, 'Abfahrten nach Plan', questions(HOURS), plain, ({ stop, from }) =>
      listDepartures(timetable, stopsOf.get(stop) ?? [], { from, first: FIRST }),
    );
    const expected = new PlainDepartures(trips, updateOf);
    const updates = indexUpdates(timetable, realtimeOf(trips.map(({ id }) => id)));
    await askAll(run, 'Abfahrten mit Prognosen', questions(0), expected, ({ stop, from }) =>
      listLiveDepartures(timetable, updates, stopsOf.get(stop) ?? [], { from, first: FIRST }),
    );
  },
};

function askAll(
  run: BenchRun,
  label: string,
  asked: readonly Question[],
  plain: PlainDepartures,
  ask: (question: Question) => readonly TimetableDeparture[],
): Promise<void> {
  return run.each(label, asked, ask, ({ stop, from }, answer) => {
    const moments = answer.map(({ planned, expected }) => epochOf(expected ?? planned));
    return String(moments) === String(plain.list(stop, epochOf(from), FIRST));
  });
}

/** Each stop equally often, spread evenly over so many hours. */
function questions(hours: number): readonly Question[] {
  const stops = stopIds();
  return Array.from({ length: QUESTIONS }, (_, index) => ({
    stop: stops[(index * 17) % stops.length] ?? '',
    from: instantOf(epochOf(NOW) + Math.floor((hours * 3_600_000 * index) / QUESTIONS)),
  }));
}

/** A third of today's trips is early, late or cancelled. */
function updateOf(trip: string, date: string): PlainUpdate | undefined {
  const number = Number(trip.slice(1));
  if (date !== TODAY || number % 3 !== 1) return undefined;
  return { delaySeconds: (number % 20) * 60 - 120, cancelled: number % 13 === 0 };
}

function realtimeOf(trips: readonly string[]): RealtimeFeed {
  const tripUpdates = trips.flatMap((trip) => {
    const update = updateOf(trip, TODAY);
    return update === undefined ? [] : [realtimeUpdate(trip, update)];
  });
  return {
    version: '2.0',
    timestamp: NOW,
    differential: false,
    tripUpdates,
    vehicles: [],
    alerts: [],
    deleted: [],
    omissions: [],
    omitted: 0,
  };
}

function realtimeUpdate(trip: string, { delaySeconds, cancelled }: PlainUpdate): RealtimeTripUpdate {
  return {
    entity: trip,
    trip: {
      trip,
      route: null,
      direction: null,
      startDate: TODAY,
      startSeconds: null,
      relationship: cancelled ? 'CANCELED' : 'SCHEDULED',
    },
    vehicle: null,
    timestamp: NOW,
    delaySeconds: cancelled ? null : delaySeconds,
    stops: [],
    properties: { startDate: null, startSeconds: null, headsign: null },
  };
}
