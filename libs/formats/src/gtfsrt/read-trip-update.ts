import { malformed, type WireObject } from '../wire/wire-object.js';
import type { RealtimeStopEvent, RealtimeStopUpdate, RealtimeTripUpdate, RealtimeVehicle } from './gtfsrt-model.js';
import {
  enumName,
  objectsIn,
  optionalDay,
  optionalInstant,
  optionalNumber,
  optionalStart,
  optionalTrip,
  readTrip,
} from './realtime-fields.js';

/** No trip has so many stops. */
const MOST_STOPS = 1_000;

export function readTripUpdate(update: WireObject, entity: string): RealtimeTripUpdate {
  const properties = update.optionalObject('trip_properties');
  const stops = objectsIn(update, 'stop_time_update');
  if (stops.length > MOST_STOPS) throw malformed(update.at('stop_time_update'), `has more than ${MOST_STOPS} stops`);
  return {
    entity,
    trip: readTrip(update.object('trip')),
    vehicle: update.optionalObject('vehicle')?.optionalText('id') ?? null,
    timestamp: optionalInstant(update, 'timestamp'),
    delaySeconds: optionalNumber(update, 'delay'),
    stops: stops.map(readStopUpdate),
    properties: {
      startDate: properties && optionalDay(properties, 'start_date'),
      startSeconds: properties && optionalStart(properties, 'start_time'),
      headsign: properties && properties.optionalText('trip_headsign'),
    },
  };
}

function readStopUpdate(update: WireObject): RealtimeStopUpdate {
  const sequence = optionalNumber(update, 'stop_sequence');
  const stop = update.optionalText('stop_id');
  if (sequence === null && stop === null) throw malformed(update.path, 'has neither stop_sequence nor stop_id');
  return {
    sequence,
    stop,
    assignedStop: update.optionalObject('stop_time_properties')?.optionalText('assigned_stop_id') ?? null,
    arrival: readEvent(update, 'arrival'),
    departure: readEvent(update, 'departure'),
    relationship: enumName(update, 'schedule_relationship', 'SCHEDULED') as RealtimeStopUpdate['relationship'],
  };
}

function readEvent(update: WireObject, name: string): RealtimeStopEvent | null {
  const event = update.optionalObject(name);
  if (event === null) return null;
  return { delaySeconds: optionalNumber(event, 'delay'), time: optionalInstant(event, 'time') };
}

export function readVehicle(vehicle: WireObject, entity: string): RealtimeVehicle {
  const descriptor = vehicle.optionalObject('vehicle');
  return {
    entity,
    trip: optionalTrip(vehicle),
    vehicle: descriptor?.optionalText('id') ?? null,
    label: descriptor?.optionalText('label') ?? null,
    position: readPosition(vehicle),
    status: enumName(vehicle, 'current_status', 'IN_TRANSIT_TO') as RealtimeVehicle['status'],
    stop: vehicle.optionalText('stop_id'),
    sequence: optionalNumber(vehicle, 'current_stop_sequence'),
    timestamp: optionalInstant(vehicle, 'timestamp'),
    occupancy: vehicle.optionalText('occupancy_status'),
    occupancyPercentage: optionalNumber(vehicle, 'occupancy_percentage'),
  };
}

function readPosition(vehicle: WireObject): RealtimeVehicle['position'] {
  const position = vehicle.optionalObject('position');
  if (position === null) return null;
  return {
    latitude: readDegrees(position, 'latitude', 90),
    longitude: readDegrees(position, 'longitude', 180),
    bearing: optionalNumber(position, 'bearing'),
    speed: optionalNumber(position, 'speed'),
  };
}

function readDegrees(position: WireObject, name: string, bound: number): number {
  const degrees = optionalNumber(position, name);
  if (degrees === null) throw malformed(position.at(name), 'is missing');
  if (Math.abs(degrees) > bound) throw malformed(position.at(name), `is not between -${bound} and ${bound}`);
  return degrees;
}
