import protobuf from 'protobufjs';

/** GTFS-Realtime 2.0, as far as this feed speaks it. Enumerations go as their numbers. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  FeedMessage: ['header FeedHeader 1', 'entity FeedEntity* 2'],
  FeedHeader: ['gtfsRealtimeVersion string 1', 'incrementality int32 2', 'timestamp uint64 3'],
  FeedEntity: ['id string 1', 'tripUpdate TripUpdate 3', 'vehicle VehiclePosition 4', 'alert Alert 5'],
  TripUpdate: [
    'trip TripDescriptor 1',
    'stopTimeUpdate StopTimeUpdate* 2',
    'vehicle VehicleDescriptor 3',
    'timestamp uint64 4',
  ],
  StopTimeUpdate: [
    'stopSequence uint32 1',
    'arrival StopTimeEvent 2',
    'departure StopTimeEvent 3',
    'stopId string 4',
    'scheduleRelationship int32 5',
    'stopTimeProperties StopTimeProperties 6',
  ],
  StopTimeEvent: ['delay int32 1', 'time int64 2'],
  StopTimeProperties: ['assignedStopId string 1'],
  TripDescriptor: [
    'tripId string 1',
    'startTime string 2',
    'startDate string 3',
    'scheduleRelationship int32 4',
    'routeId string 5',
    'directionId uint32 6',
  ],
  VehicleDescriptor: ['id string 1', 'label string 2'],
  VehiclePosition: [
    'trip TripDescriptor 1',
    'position Position 2',
    'currentStopSequence uint32 3',
    'currentStatus int32 4',
    'timestamp uint64 5',
    'stopId string 7',
    'vehicle VehicleDescriptor 8',
  ],
  Position: ['latitude float 1', 'longitude float 2'],
  Alert: [
    'activePeriod TimeRange* 1',
    'informedEntity EntitySelector* 5',
    'cause int32 6',
    'effect int32 7',
    'url TranslatedString 8',
    'headerText TranslatedString 10',
    'descriptionText TranslatedString 11',
  ],
  TimeRange: ['start uint64 1', 'end uint64 2'],
  EntitySelector: ['routeId string 2', 'stopId string 5'],
  TranslatedString: ['translation Translation* 1'],
  Translation: ['text string 1', 'language string 2'],
};

const FULL_DATASET = 0;

const feedMessage = declareAll().lookupType('FeedMessage');

/** A feed of these entities, made at `now` (epoch milliseconds), as protobuf. */
export function writeFeedMessage(entities: readonly object[], now: number): Uint8Array {
  const header = { gtfsRealtimeVersion: '2.0', incrementality: FULL_DATASET, timestamp: epochSeconds(now) };
  return feedMessage.encode({ header, entity: entities }).finish();
}

/** Seconds since 1970, as the feed counts. */
export function epochSeconds(epochMilliseconds: number): number {
  return Math.floor(epochMilliseconds / 1_000);
}

function declareAll(): protobuf.Root {
  const root = new protobuf.Root();
  for (const [name, fields] of Object.entries(FIELDS)) {
    const type = new protobuf.Type(name);
    for (const field of fields) {
      const [fieldName = '', kind = '', id] = field.split(' ');
      type.add(
        new protobuf.Field(fieldName, Number(id), kind.replace('*', ''), kind.endsWith('*') ? 'repeated' : 'optional'),
      );
    }
    root.add(type);
  }
  return root;
}
