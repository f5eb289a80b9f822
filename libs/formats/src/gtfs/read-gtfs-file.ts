import type { Omission } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';
import { readGtfsTable, type GtfsTable } from './gtfs-table.js';
import {
  agencyTable,
  calendarDatesTable,
  calendarTable,
  feedInfoTable,
  frequenciesTable,
  routesTable,
  stopsTable,
  stopTimesTable,
  tripsTable,
} from './gtfs-tables.js';
import { OmissionLog } from './omission-log.js';
import { splitCsv } from './split-csv.js';

const MOST_OTHER_ROWS = 5_000_000;

const TABLES: readonly GtfsTable<unknown>[] = [
  agencyTable,
  stopsTable,
  routesTable,
  tripsTable,
  stopTimesTable,
  calendarTable,
  calendarDatesTable,
  frequenciesTable,
  feedInfoTable,
].map((table) => table as GtfsTable<unknown>);

/** One file of a feed by itself, so that nothing is known of what its rows refer to. */
export interface GtfsFile {
  readonly file: string;
  /** Typed rows of the files that a timetable is made of; rows of any other file are lists of texts. */
  readonly rows: readonly unknown[];
  readonly omissions: readonly Omission[];
  /** Rows left out, listed or not. */
  readonly omitted: number;
}

/**
 * Reads a single file of a feed.
 * @param file its name, e.g. `stops.txt`
 * @throws AppError UPSTREAM_MALFORMED for a file that is no such table or has not one readable row among its rows
 */
export function readGtfsFile(bytes: Buffer, file: string): GtfsFile {
  const log = new OmissionLog();
  const rows: unknown[] = [];
  readGtfsTable(bytes, TABLES.find((table) => table.file === file) ?? otherTable(bytes, file), log, (row) => {
    rows.push(row);
  });
  const [first] = log.omissions;
  if (rows.length === 0 && first !== undefined) throw malformed(first.path, first.reason);
  return { file, rows, omissions: log.omissions, omitted: log.count };
}

/** Files this house has no use for, such as fares: that they are tables is all that is asked of them. */
function otherTable(bytes: Buffer, file: string): GtfsTable<unknown> {
  const header: readonly string[] = splitCsv(bytes).next().value || [];
  return {
    file,
    columns: [],
    mostRows: MOST_OTHER_ROWS,
    read: (row) => header.map((name) => row.optionalText(name)),
  };
}
