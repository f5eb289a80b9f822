import { stopTimesTable, type OmissionLog } from '#lib/formats';
import { NO_TIME, type CallRows } from './call-rows.js';
import { groupBy } from './group-by.js';
import type { IntColumn } from './int-column.js';
import type { CallColumns } from './timetable.js';

/**
 * The calls of each trip in the order of travel, with every time filled in. A row is left out when its sequence is
 * taken, when it lies before the one before it, or when it has no time and none on one side of it.
 */
export function buildCalls(
  rows: CallRows,
  trips: number,
  log: OmissionLog,
): { calls: CallColumns; firstCall: Uint32Array } {
  const byTrip = groupBy(rows.row.length, trips, (row) => rows.trip.at(row));
  const kept = new Uint32Array(rows.row.length);
  const firstCall = new Uint32Array(trips + 1);
  for (let trip = 0; trip < trips; trip += 1) {
    const segment = byTrip.members.subarray(byTrip.first[trip], byTrip.first[trip + 1]);
    segment.sort((left, right) => rows.sequence.at(left) - rows.sequence.at(right) || left - right);
    firstCall[trip + 1] = keepUsable(segment, rows, kept, firstCall[trip] as number, log);
  }
  const calls = gatherCalls(rows, kept.subarray(0, firstCall[trips]));
  for (let trip = 0; trip < trips; trip += 1)
    interpolate(calls, firstCall[trip] as number, firstCall[trip + 1] as number);
  return { calls, firstCall };
}

/** Writes the usable rows of a trip to `kept` from `start` on. @returns where they end */
function keepUsable(segment: Uint32Array, rows: CallRows, kept: Uint32Array, start: number, log: OmissionLog): number {
  let end = start;
  let latest = NO_TIME;
  let sequence = -1;
  for (const row of segment) {
    const flaw = flawOf(rows, row, latest, sequence);
    if (flaw !== null) {
      log.add(`${stopTimesTable.file}[${rows.row.at(row)}].${flaw[0]}`, flaw[1]);
      continue;
    }
    kept[end] = row;
    end += 1;
    sequence = rows.sequence.at(row);
    latest = Math.max(latest, rows.departure.at(row));
  }
  for (; end > start && rows.arrival.at(kept[end - 1] as number) === NO_TIME; end -= 1)
    log.add(`${stopTimesTable.file}[${rows.row.at(kept[end - 1] as number)}].arrival_time`, 'is missing at the end');
  return end;
}

function flawOf(rows: CallRows, row: number, latest: number, sequence: number): [string, string] | null {
  const arrival = rows.arrival.at(row);
  if (rows.sequence.at(row) === sequence) return ['stop_sequence', 'is there before'];
  if (arrival === NO_TIME) return latest === NO_TIME ? ['arrival_time', 'is missing at the beginning'] : null;
  return arrival < latest ? ['arrival_time', 'is before the stop before it'] : null;
}

function gatherCalls(rows: CallRows, kept: Uint32Array): CallColumns {
  const unsigned = (column: IntColumn): Uint32Array => gather(new Uint32Array(kept.length), kept, column);
  const signed = (column: IntColumn): Int32Array => gather(new Int32Array(kept.length), kept, column);
  return {
    trip: unsigned(rows.trip),
    stop: unsigned(rows.stop),
    sequence: unsigned(rows.sequence),
    arrival: signed(rows.arrival),
    departure: signed(rows.departure),
    headsign: unsigned(rows.headsign),
    closed: gather(new Uint8Array(kept.length), kept, rows.closed),
  };
}

/** A plain loop: for millions of rows `from` with a function takes several times as long. */
function gather<T extends Uint32Array | Int32Array | Uint8Array>(target: T, kept: Uint32Array, column: IntColumn): T {
  for (let index = 0; index < kept.length; index += 1) target[index] = column.at(kept[index] as number);
  return target;
}

/** Spreads the stops between two known times evenly (GTFS reference on stop times that are no timepoints). */
function interpolate({ arrival, departure }: CallColumns, start: number, end: number): void {
  for (let known = start; known < end;) {
    let next = known + 1;
    while (next < end && arrival[next] === NO_TIME) next += 1;
    const from = departure[known] as number;
    const span = (arrival[next] ?? from) - from;
    for (let call = known + 1; call < next; call += 1) {
      const time = from + Math.floor((span * (call - known)) / (next - known));
      arrival[call] = time;
      departure[call] = time;
    }
    known = next;
  }
}
