import { LINES } from '../hafas/network.js';
import { platformsOf } from '../hafas/platforms.js';
import { getStop, STOPS, type Stop } from '../hafas/stops.js';
import { callsInDirection } from '../hafas/timetable.js';
import type { PlannedTrip } from './planned-trips.js';

type TripPath = Pick<PlannedTrip, 'line' | 'direction' | 'calls'>;

/** A row of `stops.txt`. A stop with named platforms is a station (1) above them, any other stands for itself. */
export interface FeedStop {
  readonly id: string;
  readonly stop: Stop;
  readonly locationType: 0 | 1;
  readonly parent: string | null;
  readonly platform: string | null;
}

/** Id of the place where a trip calls: the platform, or the stop without any. */
export function feedStopId(trip: TripPath, index: number): string {
  return idAt(trip, index, platformsOf(trip, index)?.planned);
}

/** Id of the platform next to the planned one, if there are platforms. */
export function otherFeedStopId(trip: TripPath, index: number): string | undefined {
  const platform = platformsOf(trip, index)?.other;
  return platform === undefined ? undefined : idAt(trip, index, platform);
}

/** All stations, platforms and stops, each before what lies in it. */
export function feedStops(): FeedStop[] {
  const paths = LINES.flatMap((line) =>
    ([1, 2] as const).map((direction) => ({ line, direction, calls: callsInDirection(line, direction) })),
  );
  return STOPS.flatMap((stop): FeedStop[] => {
    const id = stationId(stop);
    const platforms = platformsAt(stop.id, paths);
    const locationType = platforms.length === 0 ? 0 : 1;
    const inside = platforms.map((platform): FeedStop => {
      return { id: platformId(stop, platform), stop, locationType: 0, parent: id, platform };
    });
    const station: FeedStop = { id, stop, locationType, parent: null, platform: null };
    return [station, inside].flat();
  });
}

/** Names of all platforms that a trip uses at the stop, in order. */
function platformsAt(stopId: string, paths: readonly TripPath[]): string[] {
  const names = paths.flatMap((path) => {
    const index = path.calls.findIndex(([id]) => id === stopId);
    const platforms = platformsOf(path, index);
    return platforms === undefined ? [] : [platforms.planned, platforms.other];
  });
  return [...new Set(names)].toSorted();
}

function idAt({ calls }: TripPath, index: number, platform: string | undefined): string {
  const stop = getStop(calls[index]?.[0] ?? '');
  return platform === undefined ? stationId(stop) : platformId(stop, platform);
}

/** The DHID; stations outside the city go by their number. */
function stationId(stop: Stop): string {
  return stop.globalId ?? stop.id;
}

/** A DHID goes on with area and platform. */
function platformId(stop: Stop, platform: string): string {
  return `${stationId(stop)}:0:${platform}`;
}
