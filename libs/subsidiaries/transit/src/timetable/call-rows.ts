import { stopTimesTable, type GtfsFiles, type OmissionLog } from '#lib/formats';
import { IntColumn } from './int-column.js';
import { readRequired } from './read-network.js';
import type { TripRows } from './read-trips.js';
import type { TextPool } from './text-pool.js';

/** Stands for a time that is to be interpolated. */
export const NO_TIME = -1;

/** Stop times in the order of the file; trips, stops and texts by their numbers. */
export interface CallRows {
  /** Place in the file. */
  readonly row: IntColumn;
  readonly trip: IntColumn;
  readonly stop: IntColumn;
  readonly sequence: IntColumn;
  readonly arrival: IntColumn;
  readonly departure: IntColumn;
  readonly headsign: IntColumn;
  readonly closed: IntColumn;
}

export function readCallRows(
  files: GtfsFiles,
  trips: TripRows,
  stopNumbers: ReadonlyMap<string, number>,
  texts: TextPool,
  log: OmissionLog,
): CallRows {
  const rows: CallRows = {
    row: new IntColumn(),
    trip: new IntColumn(),
    stop: new IntColumn(),
    sequence: new IntColumn(),
    arrival: new IntColumn(),
    departure: new IntColumn(),
    headsign: new IntColumn(),
    closed: new IntColumn(),
  };
  readRequired(files, stopTimesTable, log, (call, row) => {
    const trip = trips.numbers.get(call.trip);
    if (trip === undefined) throw row.wrong('trip_id', 'is unknown');
    const stop = stopNumbers.get(call.stop);
    if (stop === undefined) throw row.wrong('stop_id', 'is unknown');
    rows.row.push(row.index);
    rows.trip.push(trip);
    rows.stop.push(stop);
    rows.sequence.push(call.sequence);
    rows.arrival.push(call.arrival ?? NO_TIME);
    rows.departure.push(call.departure ?? NO_TIME);
    rows.headsign.push(texts.numberOf(call.headsign));
    rows.closed.push(Number(call.pickup === 'NONE'));
  });
  return rows;
}
