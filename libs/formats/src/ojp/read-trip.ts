import { malformed } from '../wire/wire-object.js';
import type { OjpElement } from './ojp-element.js';
import type { OjpLeg, OjpTrip, OjpUntimedLeg } from './ojp-model.js';
import { readCall, readTimedCall } from './read-call.js';
import { readPlaceRef } from './read-place.js';
import { readProblems } from './read-problems.js';
import { readService } from './read-service.js';

/** One connection. A leg that cannot be read makes the connection useless, so it costs the whole. */
export function readTrip(result: OjpElement): OjpTrip {
  // A summary has no legs.
  const trip = result.get('Trip', 'TripSummary');
  const duration = trip.optionalSeconds('Duration');
  if (duration === null) throw malformed(trip.at('Duration'), 'is missing');
  return {
    id: trip.text('Id', 'TripId'),
    durationSeconds: duration,
    start: trip.instant('StartTime'),
    end: trip.instant('EndTime'),
    transfers: trip.optionalWhole('Transfers', 'Interchanges'),
    distanceMetres: trip.optionalWhole('Distance'),
    cancelled: trip.flag('Cancelled'),
    legs: trip.list('Leg', 'TripLeg').map(readLeg),
    problems: readProblems(result),
  };
}

function readLeg(leg: OjpElement): OjpLeg {
  const id = leg.optionalText('Id', 'LegId');
  const timed = leg.find('TimedLeg');
  if (timed !== null) {
    return {
      kind: 'TIMED',
      id,
      board: readTimedCall(timed.get('LegBoard')),
      intermediates: timed.list('LegIntermediate', 'LegIntermediates').map(readCall),
      alight: readTimedCall(timed.get('LegAlight')),
      service: readService(timed.get('Service')),
    };
  }
  const transfer = leg.find('TransferLeg', 'InterchangeLeg');
  if (transfer !== null) return readUntimed(leg, transfer, 'TRANSFER');
  return readUntimed(leg, leg.get('ContinuousLeg'), 'CONTINUOUS');
}

function readUntimed(outer: OjpElement, leg: OjpElement, kind: OjpUntimedLeg['kind']): OjpUntimedLeg {
  const holders = [leg, leg.find('Service'), leg.find('Service')?.find('Mode')];
  const modes = holders.map((holder) =>
    holder?.optionalText(
      'TransferType',
      'TransferMode',
      'InterchangeMode',
      'ContinuousMode',
      'PersonalMode',
      'IndividualMode',
      'PtMode',
    ),
  );
  return {
    kind,
    id: outer.optionalText('Id', 'LegId'),
    mode: modes.find((mode) => typeof mode === 'string') ?? null,
    from: readPlaceRef(leg.get('LegStart')),
    to: readPlaceRef(leg.get('LegEnd')),
    start: leg.optionalInstant('TimeWindowStart'),
    end: leg.optionalInstant('TimeWindowEnd'),
    durationSeconds: leg.optionalSeconds('Duration') ?? outer.optionalSeconds('Duration'),
    lengthMetres: leg.optionalWhole('Length'),
  };
}
