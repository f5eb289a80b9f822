import type {
  GtfsAgency,
  GtfsBoarding,
  GtfsCalendar,
  GtfsCalendarDate,
  GtfsFeedInfo,
  GtfsFrequency,
  GtfsPosition,
  GtfsRoute,
  GtfsStop,
  GtfsStopTime,
  GtfsTrip,
} from './gtfs-model.js';
import type { GtfsRow } from './gtfs-row.js';
import type { GtfsTable } from './gtfs-table.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const STOP_KINDS = ['STOP', 'STATION', 'ENTRANCE', 'NODE', 'BOARDING_AREA'] as const;

export const agencyTable: GtfsTable<GtfsAgency> = {
  file: 'agency.txt',
  columns: ['agency_name', 'agency_timezone'],
  mostRows: 10_000,
  key: ({ id }) => id ?? '',
  read: (row) => ({
    id: row.optionalText('agency_id'),
    name: row.text('agency_name'),
    timezone: readTimezone(row),
    url: row.optionalText('agency_url'),
  }),
};

function readTimezone(row: GtfsRow): string {
  const timeZone = row.text('agency_timezone');
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw row.wrong('agency_timezone', 'is not a time zone');
  }
}

export const stopsTable: GtfsTable<GtfsStop> = {
  file: 'stops.txt',
  columns: ['stop_id'],
  mostRows: 1_000_000,
  key: ({ id }) => id,
  read: (row) => {
    const kind = STOP_KINDS[row.optionalInteger('location_type') ?? 0];
    if (kind === undefined) throw row.wrong('location_type', 'is unknown');
    const passengersSeeIt = kind === 'STOP' || kind === 'STATION' || kind === 'ENTRANCE';
    return {
      id: row.text('stop_id'),
      code: row.optionalText('stop_code'),
      name: passengersSeeIt ? row.text('stop_name') : row.optionalText('stop_name'),
      position: passengersSeeIt || row.optionalText('stop_lat') !== null ? readPosition(row) : null,
      kind,
      parent: row.optionalText('parent_station'),
      platform: row.optionalText('platform_code'),
    };
  },
};

function readPosition(row: GtfsRow): GtfsPosition {
  return { latitude: row.degrees('stop_lat', 90), longitude: row.degrees('stop_lon', 180) };
}

export const routesTable: GtfsTable<GtfsRoute> = {
  file: 'routes.txt',
  columns: ['route_id', 'route_type'],
  mostRows: 200_000,
  key: ({ id }) => id,
  read: (row) => ({
    id: row.text('route_id'),
    agency: row.optionalText('agency_id'),
    shortName: row.optionalText('route_short_name'),
    longName: row.optionalText('route_long_name'),
    type: row.integer('route_type'),
    color: row.optionalText('route_color'),
    textColor: row.optionalText('route_text_color'),
  }),
};

export const tripsTable: GtfsTable<GtfsTrip> = {
  file: 'trips.txt',
  columns: ['route_id', 'service_id', 'trip_id'],
  mostRows: 3_000_000,
  key: ({ id }) => id,
  read: (row) => ({
    id: row.text('trip_id'),
    route: row.text('route_id'),
    service: row.text('service_id'),
    headsign: row.optionalText('trip_headsign'),
    shortName: row.optionalText('trip_short_name'),
    direction: row.optionalText('direction_id') === null ? null : row.flag('direction_id') ? 1 : 0,
  }),
};

/** Two rows of one trip and sequence are told apart by the timetable, which sorts them anyway. */
export const stopTimesTable: GtfsTable<GtfsStopTime> = {
  file: 'stop_times.txt',
  columns: ['trip_id', 'stop_id', 'stop_sequence'],
  mostRows: 12_000_000,
  read: (row) => {
    const arrival = row.optionalTime('arrival_time');
    const departure = row.optionalTime('departure_time');
    if (arrival !== null && departure !== null && departure < arrival)
      throw row.wrong('departure_time', 'is before the arrival');
    return {
      trip: row.text('trip_id'),
      stop: row.text('stop_id'),
      sequence: row.integer('stop_sequence'),
      arrival: arrival ?? departure,
      departure: departure ?? arrival,
      headsign: row.optionalText('stop_headsign'),
      pickup: readBoarding(row, 'pickup_type'),
      dropOff: readBoarding(row, 'drop_off_type'),
    };
  },
};

function readBoarding(row: GtfsRow, name: string): GtfsBoarding {
  const type = row.optionalInteger(name) ?? 0;
  if (type > 3) throw row.wrong(name, 'is unknown');
  return type === 0 ? 'REGULAR' : type === 1 ? 'NONE' : 'ON_DEMAND';
}

export const calendarTable: GtfsTable<GtfsCalendar> = {
  file: 'calendar.txt',
  columns: ['service_id', ...WEEKDAYS, 'start_date', 'end_date'],
  mostRows: 1_000_000,
  key: ({ service }) => service,
  read: (row) => ({
    service: row.text('service_id'),
    weekdays: WEEKDAYS.map((weekday) => row.flag(weekday)),
    from: row.date('start_date'),
    until: row.date('end_date'),
  }),
};

export const calendarDatesTable: GtfsTable<GtfsCalendarDate> = {
  file: 'calendar_dates.txt',
  columns: ['service_id', 'date', 'exception_type'],
  mostRows: 2_000_000,
  key: ({ service, date }) => `${date} ${service}`,
  read: (row) => {
    const type = row.integer('exception_type');
    if (type !== 1 && type !== 2) throw row.wrong('exception_type', 'is neither 1 nor 2');
    return {
      service: row.text('service_id'),
      date: row.date('date'),
      exception: type === 1 ? 'ADDED' : 'REMOVED',
    };
  },
};

export const frequenciesTable: GtfsTable<GtfsFrequency> = {
  file: 'frequencies.txt',
  columns: ['trip_id', 'start_time', 'end_time', 'headway_secs'],
  mostRows: 1_000_000,
  key: ({ trip, from }) => `${from} ${trip}`,
  read: (row) => {
    const headwaySeconds = row.integer('headway_secs');
    if (headwaySeconds === 0) throw row.wrong('headway_secs', 'is zero');
    return {
      trip: row.text('trip_id'),
      from: row.time('start_time'),
      until: row.time('end_time'),
      headwaySeconds,
      exact: row.optionalText('exact_times') !== null && row.flag('exact_times'),
    };
  },
};

export const feedInfoTable: GtfsTable<GtfsFeedInfo> = {
  file: 'feed_info.txt',
  columns: ['feed_publisher_name', 'feed_lang'],
  mostRows: 10,
  read: (row) => ({
    publisher: row.text('feed_publisher_name'),
    language: row.text('feed_lang'),
    from: row.optionalDate('feed_start_date'),
    until: row.optionalDate('feed_end_date'),
    version: row.optionalText('feed_version'),
  }),
};
