import protobuf from 'protobufjs';

/** What the tests need of the specification, with an extension and fields the reader passes over. */
const PROTO = `
syntax = "proto2";
message FeedMessage { required FeedHeader header = 1; repeated FeedEntity entity = 2; optional string later = 1001; }
message FeedHeader { required string gtfs_realtime_version = 1; optional int32 incrementality = 2; optional uint64 timestamp = 3; optional string feed_version = 4; }
message FeedEntity { required string id = 1; optional bool is_deleted = 2; optional TripUpdate trip_update = 3; optional VehiclePosition vehicle = 4; optional Alert alert = 5; optional Stop stop = 7; }
message Stop { optional string stop_id = 1; }
message TripDescriptor { optional string trip_id = 1; optional string start_time = 2; optional string start_date = 3; optional int32 schedule_relationship = 4; optional string route_id = 5; optional uint32 direction_id = 6; }
message VehicleDescriptor { optional string id = 1; optional string label = 2; optional string license_plate = 3; }
message StopTimeEvent { optional int32 delay = 1; optional int64 time = 2; optional int32 uncertainty = 3; }
message StopTimeUpdate { optional uint32 stop_sequence = 1; optional StopTimeEvent arrival = 2; optional StopTimeEvent departure = 3; optional string stop_id = 4; optional int32 schedule_relationship = 5; }
message TripUpdate { optional TripDescriptor trip = 1; repeated StopTimeUpdate stop_time_update = 2; optional VehicleDescriptor vehicle = 3; optional uint64 timestamp = 4; optional int32 delay = 5; }
message Position { optional float latitude = 1; optional float longitude = 2; optional float bearing = 3; optional double odometer = 4; optional float speed = 5; }
message VehiclePosition { optional TripDescriptor trip = 1; optional Position position = 2; optional uint32 current_stop_sequence = 3; optional int32 current_status = 4; optional uint64 timestamp = 5; optional int32 congestion_level = 6; optional string stop_id = 7; optional VehicleDescriptor vehicle = 8; optional int32 occupancy_status = 9; }
message TimeRange { optional uint64 start = 1; optional uint64 end = 2; }
message EntitySelector { optional string agency_id = 1; optional string route_id = 2; optional int32 route_type = 3; optional TripDescriptor trip = 4; optional string stop_id = 5; }
message Translation { optional string text = 1; optional string language = 2; }
message TranslatedString { repeated Translation translation = 1; }
message Alert { repeated TimeRange active_period = 1; repeated EntitySelector informed_entity = 5; optional int32 cause = 6; optional int32 effect = 7; optional TranslatedString header_text = 10; optional int32 severity_level = 14; }
`;

const FeedMessage = protobuf.parse(PROTO, { keepCase: true }).root.lookupType('FeedMessage');

/** A feed as any other program would write it; fields by the names of the specification, enumerations as numbers. */
export function encodeFeed(entities: readonly object[], header: object = { gtfs_realtime_version: '2.0' }): Buffer {
  return Buffer.from(
    FeedMessage.encode(FeedMessage.fromObject({ header, entity: entities, later: 'unknown' })).finish(),
  );
}
