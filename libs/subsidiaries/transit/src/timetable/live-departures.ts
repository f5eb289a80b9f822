import type { RealtimeFeed, RealtimeTripUpdate } from '#lib/formats';
import { epochOf, instantOf, type Instant } from '#lib/kernel';
import {
  describeDeparture,
  hoursOf,
  listDepartures,
  listRuns,
  MOST_DEPARTURES,
  type DepartureQuery,
} from './departures.js';
import { extraDepartures } from './extra-departures.js';
import { forecastDeparture } from './forecast.js';
import type { Timetable } from './timetable.js';
import { tripStartSeconds, type TimetableDeparture } from './timetable-departure.js';

const HOUR_MS = 3_600_000;
/** Whatever left later than this behind its plan is not waited for any more. */
const LATEST_HOURS = 3;
/** An update that names no day means the run of its trip that is nearest. */
const NEAREST_MS = 12 * HOUR_MS;
/** Some of the planned departures will be gone or dropped. */
const SPARE = 20;

/** The trip updates of one feed, in the order in which departures ask for them. */
export interface LiveUpdates {
  readonly timestamp: Instant | null;
  readonly byTrip: ReadonlyMap<string, readonly RealtimeTripUpdate[]>;
  /** Departures that stand in no timetable, by stop. */
  readonly extras: ReadonlyMap<string, readonly TimetableDeparture[]>;
}

/** Prepares a feed of trip updates for a timetable. Updates for trips the timetable does not know do no harm. */
export function indexUpdates(timetable: Timetable, { timestamp, tripUpdates }: RealtimeFeed): LiveUpdates {
  const byTrip = new Map<string, RealtimeTripUpdate[]>();
  const extras = new Map<string, TimetableDeparture[]>();
  for (const update of tripUpdates) {
    const { trip } = update.trip;
    if (trip !== null) append(byTrip, trip, update);
    for (const departure of extraDepartures(timetable, update)) append(extras, departure.stopId, departure);
  }
  return { timestamp, byTrip, extras };
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/**
 * Planned departures with their forecasts, in the same order: delayed, cancelled (the trip, or this stop of it), moved
 * to another platform. Departures of deleted and replaced trips are dropped.
 * @param now decides which run is meant when neither the update nor its feed tells the day
 */
export function applyUpdates(
  timetable: Timetable,
  updates: LiveUpdates,
  departures: readonly TimetableDeparture[],
  now: Instant,
): TimetableDeparture[] {
  const moment = epochOf(updates.timestamp ?? now);
  return departures.flatMap((departure) => {
    const { run, tripId } = departure;
    const candidates = run === null || tripId === null ? [] : (updates.byTrip.get(tripId) ?? []);
    const update = candidates.find((each) => concerns(timetable, each, departure, moment));
    if (update === undefined || run === null) return departure;
    switch (update.trip.relationship) {
      case 'SCHEDULED':
        return forecastDeparture(timetable, departure, run, update);
      case 'CANCELED':
        return { ...departure, cancelled: true, expected: null };
      default:
        return [];
    }
  });
}

function concerns(
  timetable: Timetable,
  { trip }: RealtimeTripUpdate,
  { run, serviceDate, planned }: TimetableDeparture,
  moment: number,
): boolean {
  if (!['SCHEDULED', 'CANCELED', 'DELETED', 'REPLACEMENT'].includes(trip.relationship) || run === null) return false;
  const isRepeated = timetable.frequencies.has(timetable.calls.trip[run.call] as number);
  if (isRepeated && trip.startSeconds !== tripStartSeconds(timetable, run)) return false;
  return trip.startDate === null ? Math.abs(epochOf(planned) - moment) < NEAREST_MS : trip.startDate === serviceDate;
}

/**
 * The next departures as they are expected now: late ones that have not left yet are there, early ones that have are
 * not, cancelled ones are there until their planned time.
 */
export function listLiveDepartures(
  timetable: Timetable,
  updates: LiveUpdates,
  stops: readonly number[],
  query: DepartureQuery,
): TimetableDeparture[] {
  const { from, first } = query;
  const overdue = overdueDepartures(timetable, updates, stops, from);
  const until = epochOf(from) + hoursOf(query) * HOUR_MS;
  const extras = stops
    .flatMap((stop) => updates.extras.get(timetable.stops[stop]?.id ?? '') ?? [])
    .filter((departure) => momentOf(departure) < until);
  for (let asked = first + SPARE; ; asked *= 4) {
    const planned = listDepartures(timetable, stops, { ...query, first: asked });
    const isAll = planned.length < Math.min(asked, MOST_DEPARTURES) || asked >= MOST_DEPARTURES;
    // What is expected behind the last one asked for may have others before it.
    const horizon = isAll ? Infinity : momentOf(planned.at(-1));
    const live = applyUpdates(timetable, updates, [...overdue, ...planned], from)
      .concat(extras)
      .filter((departure) => momentOf(departure) >= epochOf(from) && momentOf(departure) <= horizon);
    if (isAll || live.length >= first) return live.toSorted((a, b) => momentOf(a) - momentOf(b)).slice(0, first);
  }
}

/** What should have left and is late for all we know. */
function overdueDepartures(
  timetable: Timetable,
  { byTrip }: LiveUpdates,
  stops: readonly number[],
  now: Instant,
): TimetableDeparture[] {
  const from = instantOf(epochOf(now) - LATEST_HOURS * HOUR_MS);
  const { calls, trips } = timetable;
  return listRuns(timetable, stops, { from, hours: LATEST_HOURS, first: MOST_DEPARTURES })
    .filter(({ call }) => byTrip.has(trips.ids[calls.trip[call] as number] as string))
    .map((run) => describeDeparture(timetable, run));
}

function momentOf(departure: TimetableDeparture | undefined): number {
  return departure === undefined ? Infinity : epochOf(departure.expected ?? departure.planned);
}
