import {
  calendarDatesTable,
  calendarTable,
  frequenciesTable,
  malformed,
  tripsTable,
  type GtfsFiles,
  type OmissionLog,
} from '#lib/formats';
import { IntColumn } from './int-column.js';
import { readOptional, readRequired } from './read-network.js';
import { ServiceCalendar } from './service-calendar.js';
import type { TextPool } from './text-pool.js';
import type { Frequency, TimetableRoute } from './timetable.js';

/** Trips before their calls are known. */
export interface TripRows {
  readonly ids: string[];
  readonly numbers: Map<string, number>;
  readonly route: IntColumn;
  readonly service: IntColumn;
  readonly headsign: IntColumn;
}

/** Either of the two files may be missing, not both. */
export function readCalendar(files: GtfsFiles, log: OmissionLog): ServiceCalendar {
  const calendar = new ServiceCalendar();
  readOptional(files, calendarTable, log, (row) => calendar.addCalendar(row));
  readOptional(files, calendarDatesTable, log, (row) => calendar.addException(row));
  if (calendar.size === 0) throw malformed(calendarTable.file, 'has no readable row, nor has calendar_dates.txt');
  return calendar;
}

export function readTrips(
  files: GtfsFiles,
  routes: readonly TimetableRoute[],
  calendar: ServiceCalendar,
  texts: TextPool,
  log: OmissionLog,
): TripRows {
  const routeNumbers = new Map(routes.map(({ id }, index) => [id, index]));
  const trips: TripRows = {
    ids: [],
    numbers: new Map(),
    route: new IntColumn(),
    service: new IntColumn(),
    headsign: new IntColumn(),
  };
  readRequired(files, tripsTable, log, (trip, row) => {
    const route = routeNumbers.get(trip.route);
    if (route === undefined) throw row.wrong('route_id', 'is unknown');
    const service = calendar.numberOf(trip.service);
    if (service === undefined) throw row.wrong('service_id', 'is unknown');
    trips.numbers.set(trip.id, trips.ids.push(trip.id) - 1);
    trips.route.push(route);
    trips.service.push(service);
    trips.headsign.push(texts.numberOf(trip.headsign));
  });
  return trips;
}

/** By number of the trip. */
export function readFrequencies(files: GtfsFiles, trips: TripRows, log: OmissionLog): Map<number, Frequency[]> {
  const frequencies = new Map<number, Frequency[]>();
  readOptional(files, frequenciesTable, log, ({ trip, from, until, headwaySeconds, exact }, row) => {
    const number = trips.numbers.get(trip);
    if (number === undefined) throw row.wrong('trip_id', 'is unknown');
    const known = frequencies.get(number) ?? [];
    known.push({ from, until, headwaySeconds, exact });
    frequencies.set(number, known);
  });
  return frequencies;
}
