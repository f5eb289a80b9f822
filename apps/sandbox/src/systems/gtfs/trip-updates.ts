import type { Prognosis } from '../hafas/realtime.js';
import { epochSeconds, writeFeedMessage } from './feed-message.js';
import { feedStopId, otherFeedStopId } from './feed-stops.js';
import { describeTrip, entityId, SCHEDULED } from './trip-descriptor.js';
import { tripsUnderWay, type TripUnderWay } from './trips-under-way.js';

/** Nothing is known from here on, so the delay before does not hold any more. */
const NO_DATA = 2;

/** What the vehicles report about their stops, as a GTFS-Realtime feed of trip updates. */
export function tripUpdates(now: number): Uint8Array {
  const entities = tripsUnderWay(now).map((underWay) => ({
    id: entityId(underWay),
    tripUpdate: {
      trip: describeTrip(underWay),
      ...(underWay.cancelled ? {} : { stopTimeUpdate: stopTimeUpdates(underWay) }),
      timestamp: epochSeconds(now),
    },
  }));
  return writeFeedMessage(entities, now);
}

function stopTimeUpdates(underWay: TripUnderWay): object[] {
  const { trip, prognoses } = underWay;
  const known = prognoses.flatMap((prognosis, index) =>
    prognosis === undefined ? [] : [stopTimeUpdate(underWay, index, prognosis)],
  );
  const next = prognoses.findLastIndex((prognosis) => prognosis !== undefined) + 1;
  if (next === prognoses.length) return known;
  return [...known, { stopSequence: next, stopId: feedStopId(trip, next), scheduleRelationship: NO_DATA }];
}

function stopTimeUpdate({ trip, delay }: TripUnderWay, index: number, prognosis: Prognosis): object {
  const event = { delay: delay / 1_000, time: epochSeconds(prognosis.expectedAt) };
  const assignedStopId = prognosis.platformChanged ? otherFeedStopId(trip, index) : undefined;
  return {
    stopSequence: index,
    stopId: feedStopId(trip, index),
    ...(index === 0 ? {} : { arrival: event }),
    ...(index === trip.calls.length - 1 ? {} : { departure: event }),
    scheduleRelationship: SCHEDULED,
    ...(assignedStopId === undefined ? {} : { stopTimeProperties: { assignedStopId } }),
  };
}
