import { malformed } from '../wire/wire-object.js';
import type { OjpElement } from './ojp-element.js';
import type { OjpCall, OjpEventTime } from './ojp-model.js';
import { readPlaceRef } from './read-place.js';
import { readText } from './read-text.js';

/** Where somebody gets on or off, so a time is a must. */
export function readTimedCall(call: OjpElement): OjpCall {
  const read = readCall(call);
  if (read.arrival === null && read.departure === null) throw malformed(call.path, 'has neither arrival nor departure');
  return read;
}

/** A call of a trip at a stop. Stops on the way may come without times. */
export function readCall(call: OjpElement): OjpCall {
  return {
    stop: readPlaceRef(call),
    plannedPlatform: readText(call, 'PlannedQuay', 'PlannedBay'),
    estimatedPlatform: readText(call, 'EstimatedQuay', 'EstimatedBay'),
    arrival: readTime(call.find('ServiceArrival')),
    departure: readTime(call.find('ServiceDeparture')),
    order: call.optionalWhole('Order', 'StopSeqNumber'),
    cancelled: call.flag('NotServicedStop'),
    unplanned: call.flag('UnplannedStop'),
    boarding: !call.flag('NoBoardingAtStop'),
    alighting: !call.flag('NoAlightingAtStop'),
  };
}

function readTime(event: OjpElement | null): OjpEventTime | null {
  if (event === null) return null;
  return { planned: event.instant('TimetabledTime'), estimated: event.optionalInstant('EstimatedTime') };
}
