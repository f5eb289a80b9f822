import { malformed, openGtfs, OmissionLog, stopTimesTable } from '#lib/formats';
import type { Omission } from '#lib/kernel';
import { buildCalls } from './build-calls.js';
import { readCallRows } from './call-rows.js';
import { readAgencies, readRoutes, readStops } from './read-network.js';
import { readCalendar, readFrequencies, readTrips } from './read-trips.js';
import { ServiceDays } from './service-day.js';
import { buildBoards, indexStopsBelow } from './stop-index.js';
import { TextPool } from './text-pool.js';
import type { CallColumns, Frequency, Timetable } from './timetable.js';

export interface ImportedTimetable {
  readonly timetable: Timetable;
  /** The first hundred rows that were left out. */
  readonly omissions: readonly Omission[];
  /** All rows that were left out, listed or not. */
  readonly omitted: number;
}

/**
 * Reads a GTFS feed (ZIP) into a timetable, whole or not at all. A row that is malformed, doubled or refers to
 * something unknown is left out, and with it what refers to it.
 * @throws AppError UPSTREAM_MALFORMED for an archive or file that cannot be read, and when a required file is missing
 */
export function importTimetable(archive: Buffer): ImportedTimetable {
  const files = openGtfs(archive);
  const log = new OmissionLog();
  const texts = new TextPool();
  const { zone, agencies } = readAgencies(files, log);
  const routes = readRoutes(files, agencies, log);
  const stops = readStops(files, log);
  const calendar = readCalendar(files, log);
  const trips = readTrips(files, routes, calendar, texts, log);
  const frequencies = readFrequencies(files, trips, log);
  const stopNumbers = new Map(stops.map(({ id }, number) => [id, number]));
  const rows = readCallRows(files, trips, stopNumbers, texts, log);
  const { calls, firstCall } = buildCalls(rows, trips.ids.length, log);
  // A timetable in which nothing runs must not take the place of one in which something does.
  if (calls.trip.length === 0) throw malformed(stopTimesTable.file, 'has no readable row');
  const timetable: Timetable = {
    days: new ServiceDays(zone),
    calendar,
    stops,
    stopsBelow: indexStopsBelow(stops),
    routes,
    trips: {
      ids: trips.ids,
      route: trips.route.toUnsigned(),
      service: trips.service.toUnsigned(),
      headsign: trips.headsign.toUnsigned(),
      firstCall,
    },
    tripNumbers: trips.numbers,
    calls,
    texts: texts.texts,
    single: buildBoards(calls, stops.length, firstCall, (trip) => !frequencies.has(trip)),
    repeated: buildBoards(calls, stops.length, firstCall, (trip) => frequencies.has(trip)),
    frequencies,
    latestSeconds: latestOf(calls, frequencies),
  };
  return { timetable, omissions: log.omissions, omitted: log.count };
}

/** A repeated trip may begin up to its last frequency and take as long as its pattern. */
function latestOf({ departure }: CallColumns, frequencies: ReadonlyMap<number, readonly Frequency[]>): number {
  let latestCall = 0;
  for (const time of departure) latestCall = Math.max(latestCall, time);
  let latestStart = 0;
  for (const each of frequencies.values()) for (const { until } of each) latestStart = Math.max(latestStart, until);
  return latestCall + latestStart;
}
