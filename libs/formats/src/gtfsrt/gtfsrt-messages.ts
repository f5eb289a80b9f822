import { enumType, messageType } from './message-type.js';

/* Field numbers of GTFS Realtime 2.0 (gtfs.org), those this house reads. All others are passed over. */

const incrementality = enumType(0, ['FULL_DATASET', 'DIFFERENTIAL']);
const tripRelationship = enumType(0, [
  'SCHEDULED',
  'ADDED',
  'UNSCHEDULED',
  'CANCELED',
  '',
  'REPLACEMENT',
  'DUPLICATED',
  'DELETED',
  'NEW',
]);
const stopRelationship = enumType(0, ['SCHEDULED', 'SKIPPED', 'NO_DATA', 'UNSCHEDULED']);
const vehicleStopStatus = enumType(0, ['INCOMING_AT', 'STOPPED_AT', 'IN_TRANSIT_TO']);
const occupancyStatus = enumType(0, [
  'EMPTY',
  'MANY_SEATS_AVAILABLE',
  'FEW_SEATS_AVAILABLE',
  'STANDING_ROOM_ONLY',
  'CRUSHED_STANDING_ROOM_ONLY',
  'FULL',
  'NOT_ACCEPTING_PASSENGERS',
  'NO_DATA_AVAILABLE',
  'NOT_BOARDABLE',
]);
const cause = enumType(1, [
  'UNKNOWN_CAUSE',
  'OTHER_CAUSE',
  'TECHNICAL_PROBLEM',
  'STRIKE',
  'DEMONSTRATION',
  'ACCIDENT',
  'HOLIDAY',
  'WEATHER',
  'MAINTENANCE',
  'CONSTRUCTION',
  'POLICE_ACTIVITY',
  'MEDICAL_EMERGENCY',
  'SPECIAL_EVENT',
]);
const effect = enumType(1, [
  'NO_SERVICE',
  'REDUCED_SERVICE',
  'SIGNIFICANT_DELAYS',
  'DETOUR',
  'ADDITIONAL_SERVICE',
  'MODIFIED_SERVICE',
  'OTHER_EFFECT',
  'UNKNOWN_EFFECT',
  'STOP_MOVED',
  'NO_EFFECT',
  'ACCESSIBILITY_ISSUE',
]);
const severity = enumType(1, ['UNKNOWN_SEVERITY', 'INFO', 'WARNING', 'SEVERE']);

const tripDescriptor = messageType({
  trip_id: [1, 'string'],
  start_time: [2, 'string'],
  start_date: [3, 'string'],
  schedule_relationship: [4, tripRelationship],
  route_id: [5, 'string'],
  direction_id: [6, 'uint32'],
});
const vehicleDescriptor = messageType({ id: [1, 'string'], label: [2, 'string'] });
const stopTimeEvent = messageType({ delay: [1, 'int32'], time: [2, 'int64'] });
const stopTimeUpdate = messageType({
  stop_sequence: [1, 'uint32'],
  arrival: [2, stopTimeEvent],
  departure: [3, stopTimeEvent],
  stop_id: [4, 'string'],
  schedule_relationship: [5, stopRelationship],
  stop_time_properties: [6, messageType({ assigned_stop_id: [1, 'string'] })],
});
const tripUpdate = messageType({
  trip: [1, tripDescriptor],
  stop_time_update: [2, [stopTimeUpdate]],
  vehicle: [3, vehicleDescriptor],
  timestamp: [4, 'uint64'],
  delay: [5, 'int32'],
  trip_properties: [
    6,
    messageType({ start_date: [2, 'string'], start_time: [3, 'string'], trip_headsign: [5, 'string'] }),
  ],
});
const position = messageType({
  latitude: [1, 'float'],
  longitude: [2, 'float'],
  bearing: [3, 'float'],
  speed: [5, 'float'],
});
const vehiclePosition = messageType({
  trip: [1, tripDescriptor],
  position: [2, position],
  current_stop_sequence: [3, 'uint32'],
  current_status: [4, vehicleStopStatus],
  timestamp: [5, 'uint64'],
  stop_id: [7, 'string'],
  vehicle: [8, vehicleDescriptor],
  occupancy_status: [9, occupancyStatus],
  occupancy_percentage: [10, 'uint32'],
});
const timeRange = messageType({ start: [1, 'uint64'], end: [2, 'uint64'] });
const entitySelector = messageType({
  agency_id: [1, 'string'],
  route_id: [2, 'string'],
  route_type: [3, 'int32'],
  trip: [4, tripDescriptor],
  stop_id: [5, 'string'],
  direction_id: [6, 'uint32'],
});
const translatedString = messageType({
  translation: [1, [messageType({ text: [1, 'string'], language: [2, 'string'] })]],
});
const alert = messageType({
  active_period: [1, [timeRange]],
  informed_entity: [5, [entitySelector]],
  cause: [6, cause],
  effect: [7, effect],
  url: [8, translatedString],
  header_text: [10, translatedString],
  description_text: [11, translatedString],
  severity_level: [14, severity],
});

export const feedHeader = messageType({
  gtfs_realtime_version: [1, 'string'],
  incrementality: [2, incrementality],
  timestamp: [3, 'uint64'],
});

export const feedEntity = messageType({
  id: [1, 'string'],
  is_deleted: [2, 'bool'],
  trip_update: [3, tripUpdate],
  vehicle: [4, vehiclePosition],
  alert: [5, alert],
});

export const HEADER_NUMBER = 1;
export const ENTITY_NUMBER = 2;

export const feedMessage = messageType({
  header: [HEADER_NUMBER, feedHeader],
  entity: [ENTITY_NUMBER, [feedEntity]],
});
