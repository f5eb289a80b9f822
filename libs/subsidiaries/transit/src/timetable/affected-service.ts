import type { RealtimeFeed } from '#lib/formats';
import { productOfRouteType } from './route-product.js';
import type { KnownStop, StopDirectory } from './stop-directory.js';
import type { Timetable } from './timetable.js';

export type RealtimeAlert = RealtimeFeed['alerts'][number];
type RealtimeSelector = RealtimeAlert['informed'][number];

/** What passes at a stop. */
interface Passing {
  readonly stop: KnownStop;
  /** Indexes into {@link Timetable.routes} and {@link Timetable.trips}. */
  readonly routes: ReadonlySet<number>;
  readonly trips: ReadonlySet<number>;
}

/** Lines an alert names, by themselves or by a trip, in its order and each once. */
export function linesOf(timetable: Timetable, { informed }: RealtimeAlert): string[] {
  const { routes } = timetable;
  const lines = informed.flatMap((selector) => {
    const id = routeOf(timetable, selector);
    return routes.find((route) => route.id === id)?.line ?? [];
  });
  return [...new Set(lines)];
}

/** Stops an alert names, in its order and each once. */
export function stopsOf(directory: StopDirectory, { informed }: RealtimeAlert): KnownStop[] {
  const stops = informed.flatMap(({ stop }) => (stop === null ? [] : (directory.findByFeedId(stop) ?? [])));
  return [...new Set(stops)];
}

/** All trips and routes at which one can get on there. */
export function passingAt(timetable: Timetable, stop: KnownStop): Passing {
  const trips = new Set<number>();
  for (const board of [timetable.single, timetable.repeated])
    for (const member of stop.members)
      for (let at = board.first[member] as number; at < (board.first[member + 1] as number); at += 1)
        trips.add(timetable.calls.trip[board.calls[at] as number] as number);
  const routes = new Set([...trips].map((trip) => timetable.trips.route[trip] as number));
  return { stop, trips, routes };
}

/** Whether one of the alert's selectors means this stop: itself, something that stops there, or everything. */
export function concernsStop(
  timetable: Timetable,
  directory: StopDirectory,
  passing: Passing,
  alert: RealtimeAlert,
): boolean {
  return alert.informed.some((selector) => {
    if (selector.stop !== null) return directory.findByFeedId(selector.stop) === passing.stop;
    const { trip } = selector.trip ?? {};
    if (trip != null) return passing.trips.has(timetable.tripNumbers.get(trip) ?? -1);
    const id = routeOf(timetable, selector);
    const routes = [...passing.routes].map((route) => timetable.routes[route]);
    if (id !== null) return routes.some((route) => route?.id === id);
    const { routeType } = selector;
    return routeType === null || routes.some((route) => route?.product === productOfRouteType(routeType));
  });
}

function routeOf({ trips, tripNumbers, routes }: Timetable, { route, trip }: RealtimeSelector): string | null {
  const number = tripNumbers.get(trip?.trip ?? '');
  return route ?? trip?.route ?? (number === undefined ? null : (routes[trips.route[number] as number]?.id ?? null));
}
