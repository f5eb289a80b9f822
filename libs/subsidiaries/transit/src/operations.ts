import type { ReadOperation } from '#lib/upstream';

/** Key of the subsidiary in links, sources and the graph. */
export const TRANSIT_KEY = 'TRANSIT';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const hafas = { subsidiary: TRANSIT_KEY, system: 'hafas' } as const;

/** Subscriptions change by the month, their tickets overnight; after a purchase people look at once. */
export const SUBSCRIPTIONS: ReadOperation = {
  subsidiary: TRANSIT_KEY,
  system: 'fare-shop',
  name: 'transit.subscriptions',
  ttlMs: 2 * MINUTE,
  staleForMs: 12 * HOUR,
  deadlineMs: 6 * SECOND,
};

/** The same subscriptions where one of them is to be paused: asked anew each time, never kept. */
export const PAUSABLE: ReadOperation = { ...SUBSCRIPTIONS, name: 'transit.pausable', ttlMs: 0, staleForMs: 0 };

/** Stops change with the timetable, a few times a year. */
export const STOPS: ReadOperation = {
  ...hafas,
  name: 'transit.stops',
  ttlMs: 6 * HOUR,
  staleForMs: 48 * HOUR,
  deadlineMs: 4 * SECOND,
};

/** As {@link STOPS}; apart because it is another method of the system. */
export const STOP: ReadOperation = { ...STOPS, name: 'transit.stop' };

/** Forecasts change every few seconds; after two minutes an old one makes people miss their tram. */
export const DEPARTURES: ReadOperation = {
  ...hafas,
  name: 'transit.departures',
  ttlMs: 15 * SECOND,
  staleForMs: 2 * MINUTE,
  deadlineMs: 4 * SECOND,
};

/** The timetable kept in the process, which is asked when HAFAS cannot be; reading it waits for its first load only. */
export const TIMETABLE: ReadOperation = {
  subsidiary: TRANSIT_KEY,
  system: 'gtfs',
  name: 'transit.timetable',
  ttlMs: 0,
  staleForMs: 0,
  deadlineMs: 4 * SECOND,
};

const realtime = { subsidiary: TRANSIT_KEY, system: 'gtfs-rt' } as const;

/** What vehicles report; a feed is made every few seconds. An old one is worse than none. */
export const TRIP_UPDATES: ReadOperation = {
  ...realtime,
  name: 'transit.trip-updates',
  ttlMs: 20 * SECOND,
  staleForMs: 0,
  deadlineMs: 4 * SECOND,
};

/** Messages are written by people; an old one mostly still holds. */
export const ALERTS: ReadOperation = {
  ...realtime,
  name: 'transit.alerts',
  ttlMs: MINUTE,
  staleForMs: 30 * MINUTE,
  deadlineMs: 4 * SECOND,
};
