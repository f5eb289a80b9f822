import { getStop } from '../hafas/stops.js';
import { epochSeconds, writeFeedMessage } from './feed-message.js';
import { feedStopId } from './feed-stops.js';
import { describeTrip, entityId } from './trip-descriptor.js';
import { tripsUnderWay, type TripUnderWay } from './trips-under-way.js';

const MINUTE = 60_000;
/** A vehicle stands at a stop for twenty seconds. */
const STANDS = 1 / 3;
const STOPPED_AT = 1;
const IN_TRANSIT_TO = 2;

/** Where the vehicles are, as a GTFS-Realtime feed: between two stops on the straight line. */
export function vehiclePositions(now: number): Uint8Array {
  const entities = tripsUnderWay(now).flatMap((underWay) => {
    const place = underWay.cancelled ? undefined : placeOf(underWay, now);
    if (place === undefined) return [];
    const { trip } = underWay;
    const vehicle = {
      trip: describeTrip(underWay),
      vehicle: {
        id: `${trip.line.operator.short}-${trip.number}`,
        label: `${trip.line.vehicle.category} ${trip.number}`,
      },
      ...place,
      timestamp: epochSeconds(now),
    };
    return [{ id: entityId(underWay), vehicle }];
  });
  return writeFeedMessage(entities, now);
}

/** Undefined before the first stop and after the last one. */
function placeOf({ trip, dayStart, delay }: TripUnderWay, now: number): object | undefined {
  const minute = (now - delay - dayStart) / MINUTE - trip.startMinute;
  const next = trip.calls.findIndex(([, at]) => at > minute);
  const [from, to] = [trip.calls[next - 1], trip.calls[next]];
  if (from === undefined || to === undefined) return undefined;
  const stands = minute - from[1] < STANDS;
  const stopIndex = stands ? next - 1 : next;
  return {
    position: between(from[0], to[0], stands ? 0 : (minute - from[1]) / (to[1] - from[1])),
    currentStopSequence: stopIndex,
    currentStatus: stands ? STOPPED_AT : IN_TRANSIT_TO,
    stopId: feedStopId(trip, stopIndex),
  };
}

function between(fromId: string, toId: string, share: number): object {
  const [from, to] = [getStop(fromId), getStop(toId)];
  return {
    latitude: (from.y + (to.y - from.y) * share) / 1e6,
    longitude: (from.x + (to.x - from.x) * share) / 1e6,
  };
}
