import type { TripUnderWay } from './trips-under-way.js';
import { gtfsDate, gtfsTime, routeId } from './wire-values.js';

export const SCHEDULED = 0;
const CANCELED = 3;

/** The trip as both feeds name it; one that repeats by frequency needs the time at which this run starts. */
export function describeTrip({ trip, date, cancelled }: TripUnderWay): object {
  return {
    tripId: trip.id,
    ...(trip.repeats === null ? {} : { startTime: startTime(trip.startMinute) }),
    startDate: gtfsDate(date),
    scheduleRelationship: cancelled ? CANCELED : SCHEDULED,
    routeId: routeId(trip.line),
    directionId: trip.direction - 1,
  };
}

/** Unique in one feed. */
export function entityId({ trip, date }: TripUnderWay): string {
  return `${gtfsDate(date)}-${trip.id}-${trip.number}`;
}

/** `HH:MM:SS`: unlike the tables, the vehicles write the leading zero. */
function startTime(minute: number): string {
  return gtfsTime(minute).padStart('HH:MM:SS'.length, '0');
}
