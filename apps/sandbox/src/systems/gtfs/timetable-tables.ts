import { getStop } from '../hafas/stops.js';
import { csvTable, quoted } from './csv.js';
import { feedStopId } from './feed-stops.js';
import { PLANNED_TRIPS, type PlannedTrip } from './planned-trips.js';
import { exceptionsOf, SERVICES, type FeedPeriod } from './services.js';
import { gtfsDate, gtfsTime, routeId } from './wire-values.js';

/** One row for each trip: the first run of those that repeat stands for the others. */
const TRIP_ROWS = PLANNED_TRIPS.filter(({ repeats, startMinute }) => repeats === null || startMinute === repeats.from);

/** `calendar.txt` */
export function calendar({ first, last }: FeedPeriod): string {
  const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  return csvTable(
    ['service_id', ...weekdays, 'start_date', 'end_date'],
    SERVICES.flatMap(({ id, weekly }) =>
      weekly === null ? [] : [[quoted(id), ...weekly, gtfsDate(first), gtfsDate(last)]],
    ),
  );
}

/** `calendar_dates.txt` */
export function calendarDates(period: FeedPeriod): string {
  return csvTable(
    ['service_id', 'date', 'exception_type'],
    SERVICES.flatMap((service) =>
      exceptionsOf(service, period).map(({ date, type }) => [quoted(service.id), gtfsDate(date), type]),
    ),
  );
}

/** `trips.txt`, with a column of its own. */
export function trips(): string {
  return csvTable(
    [
      'route_id',
      'service_id',
      'trip_id',
      'trip_headsign',
      'trip_short_name',
      'direction_id',
      'block_id',
      'bikes_allowed',
      'niederflur',
    ],
    TRIP_ROWS.map((trip) => [
      routeId(trip.line),
      quoted(trip.service.id),
      trip.id,
      quoted(headsign(trip)),
      trip.repeats === null ? trip.number : '',
      trip.direction - 1,
      '',
      trip.line.vehicle.icon === 'prod_reg' ? 1 : 0,
      'ja',
    ]),
  );
}

/** `stop_times.txt`, with a column of its own; hours have no leading zero. */
export function stopTimes(): string {
  return csvTable(
    ['trip_id', 'arrival_time', 'departure_time', 'stop_id', 'stop_sequence', 'pickup_type', 'departure_buffer'],
    TRIP_ROWS.flatMap((trip) =>
      trip.calls.map(([, minute], index) => {
        const time = gtfsTime(trip.startMinute + minute);
        const isLast = index === trip.calls.length - 1;
        return [trip.id, time, time, feedStopId(trip, index), index, isLast ? 1 : 0, 0];
      }),
    ),
  );
}

/** `frequencies.txt` */
export function frequencies(): string {
  return csvTable(
    ['trip_id', 'start_time', 'end_time', 'headway_secs', 'exact_times'],
    TRIP_ROWS.flatMap(({ id, repeats }) =>
      // The end is the first moment at which no trip begins any more.
      repeats === null ? [] : [[id, gtfsTime(repeats.from), gtfsTime(repeats.until + 1), repeats.every * 60, 1]],
    ),
  );
}

/** Where the trip goes, without the name of the city. */
function headsign({ calls }: PlannedTrip): string {
  return getStop(calls.at(-1)?.[0] ?? '').name.replace('Jena, ', '');
}
