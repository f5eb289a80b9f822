import { OmissionLog } from '../gtfs/omission-log.js';
import { malformed, WireObject } from '../wire/wire-object.js';
import type { RealtimeAlert, RealtimeFeed, RealtimeTripUpdate, RealtimeVehicle } from './gtfsrt-model.js';
import { readAlert } from './read-alert.js';
import { readBinaryFeed, type RawFeed } from './read-binary.js';
import { readTextFeed } from './read-text.js';
import { readTripUpdate, readVehicle } from './read-trip-update.js';
import { enumName, optionalInstant } from './realtime-fields.js';

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a GTFS Realtime feed, in binary or in text form. A malformed entity is left out; kinds of entities this house
 * does not know (shapes, detours) are passed over.
 * @throws AppError UPSTREAM_MALFORMED for what is no such feed or is larger than 64 MiB
 */
export function readRealtime(bytes: Buffer): RealtimeFeed {
  if (bytes.length > MOST_BYTES) throw malformed('$', `is larger than ${MOST_BYTES} bytes`);
  return readFeed(isText(bytes) ? readTextFeed(bytes) : readBinaryFeed(bytes));
}

/** The binary form begins with the length of its header, a control character that stands in no text. */
function isText(bytes: Buffer): boolean {
  return bytes.subarray(0, 100).every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function readFeed({ header: rawHeader, entities, omissions }: RawFeed): RealtimeFeed {
  const header = new WireObject(rawHeader, 'header');
  const tripUpdates: RealtimeTripUpdate[] = [];
  const vehicles: RealtimeVehicle[] = [];
  const alerts: RealtimeAlert[] = [];
  const deleted: string[] = [];
  const log = new OmissionLog();
  for (const { path, reason } of omissions) log.add(path, reason);
  for (const entity of entities) {
    log.attempt(entity, ({ message, path }) => {
      const object = new WireObject(message, path);
      const id = object.textOrEmpty('id');
      if (object.value('is_deleted') === true) return void deleted.push(id);
      const update = object.optionalObject('trip_update');
      const position = object.optionalObject('vehicle');
      const notice = object.optionalObject('alert');
      const tripUpdate = update && readTripUpdate(update, id);
      const vehicle = position && readVehicle(position, id);
      const alert = notice && readAlert(notice, id);
      if (tripUpdate !== null) tripUpdates.push(tripUpdate);
      if (vehicle !== null) vehicles.push(vehicle);
      if (alert !== null) alerts.push(alert);
    });
  }
  return {
    version: header.text('gtfs_realtime_version'),
    timestamp: optionalInstant(header, 'timestamp'),
    differential: enumName(header, 'incrementality', 'FULL_DATASET') === 'DIFFERENTIAL',
    tripUpdates,
    vehicles,
    alerts,
    deleted,
    omissions: log.omissions,
    omitted: log.count,
  };
}
