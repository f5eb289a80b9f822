import { epochOf, instantOf, type Instant } from '#lib/kernel';
import { Earliest } from './earliest.js';
import { dateOfDay, daysBetween } from './service-day.js';
import type { StopBoards, Timetable } from './timetable.js';
import { departureSeconds, tripStartSeconds, type Run, type TimetableDeparture } from './timetable-departure.js';

/** More are never listed at once. */
export const MOST_DEPARTURES = 1_000;
const MOST_HOURS = 7 * 24;
const DEFAULT_HOURS = 24;

export interface DepartureQuery {
  /** Departures at this moment or later. */
  readonly from: Instant;
  /** How many at most, up to 1,000. */
  readonly first: number;
  /** How far ahead, 24 if not said, a week at most. */
  readonly hours?: number;
}

/**
 * The stops a passenger means by the id of a stop, platform or station or by a DHID; none when it is unknown. A station
 * stands for all its platforms, `de:16053:153135` for `de:16053:153135::15313500`.
 */
export function findStops({ stopsBelow }: Timetable, reference: string): readonly number[] {
  return stopsBelow.get(reference) ?? [];
}

/** The next planned departures at these stops, in order of time. Stops at which a trip ends are none. */
export function listDepartures(
  timetable: Timetable,
  stops: readonly number[],
  query: DepartureQuery,
): TimetableDeparture[] {
  return listRuns(timetable, stops, query).map((run) => describeDeparture(timetable, run));
}

/** As {@link listDepartures}, before anything is said about them. */
export function listRuns(timetable: Timetable, stops: readonly number[], query: DepartureQuery): readonly Run[] {
  const { from, until, first } = boundsOf(query);
  const { span } = timetable.calendar;
  const earliest = new Earliest(first, until);
  const days = daysBetween(from, until, timetable.latestSeconds);
  for (let day = Math.max(days.first, span.first); day <= Math.min(days.last, span.last); day += 1) {
    for (const stop of stops) {
      collectSingle(timetable, stop, day, from, earliest);
      collectRepeated(timetable, stop, day, from, earliest);
    }
  }
  return earliest.candidates;
}

/** Epoch seconds; a moment within a second counts as the next one, as departures have whole seconds. */
function boundsOf(query: DepartureQuery): { from: number; until: number; first: number } {
  const from = Math.ceil(epochOf(query.from) / 1000);
  return { from, until: from + hoursOf(query) * 3600, first: Math.min(query.first, MOST_DEPARTURES) };
}

/** How far ahead a query looks. */
export function hoursOf({ hours }: DepartureQuery): number {
  return Math.min(hours ?? DEFAULT_HOURS, MOST_HOURS);
}

function collectSingle(timetable: Timetable, stop: number, day: number, from: number, earliest: Earliest): void {
  const { calls, trips, calendar, single } = timetable;
  const end = single.first[stop + 1] as number;
  if (end === single.first[stop]) return;
  const start = timetable.days.startOf(day);
  for (let at = firstNotBefore(single, stop, calls.departure, from - start); at < end; at += 1) {
    const call = single.calls[at] as number;
    const time = start + (calls.departure[call] as number);
    if (!earliest.wants(time)) return;
    const service = trips.service[calls.trip[call] as number] as number;
    if (calendar.runs(service, day)) earliest.add({ time, call, day, shift: 0 });
  }
}

/** Binary search. */
function firstNotBefore(board: StopBoards, stop: number, departure: Int32Array, seconds: number): number {
  let low = board.first[stop] as number;
  let high = board.first[stop + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((departure[board.calls[middle] as number] as number) < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

function collectRepeated(timetable: Timetable, stop: number, day: number, from: number, earliest: Earliest): void {
  const { calls, trips, calendar, repeated, frequencies } = timetable;
  for (let at = repeated.first[stop] as number; at < (repeated.first[stop + 1] as number); at += 1) {
    const call = repeated.calls[at] as number;
    const trip = calls.trip[call] as number;
    if (!calendar.runs(trips.service[trip] as number, day)) continue;
    const pattern = departureSeconds(timetable, { call, day, shift: 0 });
    const patternStart = tripStartSeconds(timetable, { call, day, shift: 0 });
    for (const { from: begin, until, headwaySeconds } of frequencies.get(trip) ?? []) {
      const missed = Math.ceil((from - pattern - begin + patternStart) / headwaySeconds);
      for (let start = begin + Math.max(0, missed) * headwaySeconds; start < until; start += headwaySeconds) {
        const shift = start - patternStart;
        if (!earliest.wants(pattern + shift)) break;
        earliest.add({ time: pattern + shift, call, day, shift });
      }
    }
  }
}

/** The departure of a run, as planned. */
export function describeDeparture(timetable: Timetable, { call, day, shift }: Run): TimetableDeparture {
  const { calls, trips, texts, stops, routes, frequencies } = timetable;
  const run = { call, day, shift };
  const trip = calls.trip[call] as number;
  const stop = stops[calls.stop[call] as number];
  const route = routes[trips.route[trip] as number];
  const tripId = trips.ids[trip] as string;
  const serviceDate = dateOfDay(day);
  const lastCall = (trips.firstCall[trip + 1] as number) - 1;
  return {
    key: [
      tripId,
      serviceDate,
      calls.sequence[call],
      ...(frequencies.has(trip) ? [tripStartSeconds(timetable, run)] : []),
    ].join('|'),
    line: route?.line ?? '',
    product: route?.product ?? 'OTHER',
    direction:
      texts[calls.headsign[call] || (trips.headsign[trip] as number)] ||
      (stops[calls.stop[lastCall] as number]?.name ?? ''),
    planned: instantOf(departureSeconds(timetable, run) * 1000),
    expected: null,
    cancelled: false,
    platform: stop?.platform ?? null,
    remarks: [],
    tripId,
    serviceDate,
    stopId: stop?.id ?? '',
    exact: frequencies.get(trip)?.every(({ exact }) => exact) ?? true,
    run,
  };
}
