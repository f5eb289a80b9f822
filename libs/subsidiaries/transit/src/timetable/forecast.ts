import type { RealtimeStopUpdate, RealtimeTripUpdate } from '#lib/formats';
import { epochOf, instantOf } from '#lib/kernel';
import type { Timetable } from './timetable.js';
import { arrivalSeconds, departureSeconds, type Run, type TimetableDeparture } from './timetable-departure.js';

type StopEvent = RealtimeStopUpdate['departure'];

/** A planned departure with what the update says of its trip at this stop. */
export function forecastDeparture(
  timetable: Timetable,
  departure: TimetableDeparture,
  run: Run,
  update: RealtimeTripUpdate,
): TimetableDeparture {
  const { delay, own } = delayAt(timetable, run, update);
  const moved = own?.assignedStop ? movedTo(timetable, departure, own.assignedStop) : departure;
  if (own?.relationship === 'SKIPPED') return { ...moved, cancelled: true, expected: null };
  if (delay === null) return moved;
  return { ...moved, expected: instantOf((departureSeconds(timetable, run) + delay) * 1000) };
}

/**
 * Delay in seconds at a call, null when nothing is known. A delay holds for the stops behind it until another stop says
 * otherwise; a skipped stop says nothing, and one without data ends it (GTFS Realtime, stop time updates).
 */
function delayAt(
  timetable: Timetable,
  run: Run,
  update: RealtimeTripUpdate,
): { delay: number | null; own: RealtimeStopUpdate | null } {
  const { calls, trips } = timetable;
  let delay = update.delaySeconds;
  let next = trips.firstCall[calls.trip[run.call] as number] as number;
  for (const stop of update.stops) {
    const call = findCall(timetable, next, run.call, stop);
    if (call === null) continue;
    if (stop.relationship === 'NO_DATA') delay = null;
    else if (stop.relationship !== 'SKIPPED') delay = delayOf(timetable, { ...run, call }, stop, delay);
    if (call === run.call) return { delay, own: stop };
    next = call + 1;
  }
  return { delay, own: null };
}

/** The call an update means, from `first` up to `last`; null when it is none of these. */
function findCall({ calls, stops }: Timetable, first: number, last: number, stop: RealtimeStopUpdate): number | null {
  for (let call = first; call <= last; call += 1) {
    const isMeant =
      stop.sequence === null
        ? stops[calls.stop[call] as number]?.id === stop.stop
        : calls.sequence[call] === stop.sequence;
    if (isMeant) return call;
  }
  return null;
}

/** A stop update without any time says "as planned"; one with an arrival only leaves as late as it arrives. */
function delayOf(timetable: Timetable, run: Run, stop: RealtimeStopUpdate, before: number | null): number | null {
  if (stop.arrival === null && stop.departure === null) return 0;
  const departure = eventDelay(stop.departure, departureSeconds(timetable, run));
  return departure ?? eventDelay(stop.arrival, arrivalSeconds(timetable, run)) ?? before;
}

function eventDelay(event: StopEvent, planned: number): number | null {
  if (event === null) return null;
  return event.time === null ? event.delaySeconds : epochOf(event.time) / 1000 - planned;
}

function movedTo({ stops, stopsBelow }: Timetable, departure: TimetableDeparture, stopId: string): TimetableDeparture {
  const stop = stopsBelow
    .get(stopId)
    ?.map((number) => stops[number])
    .find((each) => each?.id === stopId);
  return stop === undefined ? departure : { ...departure, stopId, platform: stop.platform };
}
