import { malformed } from '../wire/wire-object.js';
import { GtfsRow, type GtfsColumns } from './gtfs-row.js';
import type { OmissionLog } from './omission-log.js';
import { splitCsv } from './split-csv.js';

/** How the rows of one file are read. */
export interface GtfsTable<T> {
  readonly file: string;
  /** Without one of these columns no row can be read. */
  readonly columns: readonly string[];
  readonly mostRows: number;
  readonly read: (row: GtfsRow) => T;
  /** What no two rows may share; absent where nothing is, or where it is checked later. */
  readonly key?: (value: T) => string;
}

/**
 * Reads a file row by row and hands each one on. Rows that are malformed, doubled or that `accept` finds malformed are
 * left out and logged. Unknown columns are ignored.
 * @throws AppError UPSTREAM_MALFORMED for a file without header or required columns, or with too many rows
 */
export function readGtfsTable<T>(
  bytes: Buffer,
  table: GtfsTable<T>,
  log: OmissionLog,
  accept: (value: T, row: GtfsRow) => void,
): void {
  const seen = new Set<string>();
  readGtfsRows(bytes, table, log, (row) => {
    const value = table.read(row);
    if (table.key !== undefined) {
      const key = table.key(value);
      if (seen.has(key)) throw malformed(row.path, 'is there before');
      seen.add(key);
    }
    accept(value, row);
  });
}

function readGtfsRows(
  bytes: Buffer,
  { file, columns: required, mostRows }: Pick<GtfsTable<unknown>, 'file' | 'columns' | 'mostRows'>,
  log: OmissionLog,
  accept: (row: GtfsRow) => void,
): void {
  const rows = splitCsv(bytes);
  const header = rows.next().value;
  if (!header) throw malformed(file, 'has no header');
  const columns = readHeader(header, file, required);
  let index = 0;
  for (const cells of rows) {
    if (index >= mostRows) throw malformed(file, `has more than ${mostRows} rows`);
    const row = new GtfsRow(columns, cells ?? [], file, index);
    index += 1;
    const flaw = flawOf(cells, header.length);
    if (flaw !== null) log.add(row.path, flaw);
    else log.attempt(row, accept);
  }
}

function readHeader(names: readonly string[], file: string, required: readonly string[]): GtfsColumns {
  const columns = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    if (columns.has(name) && name !== '') throw malformed(file, 'has two columns of one name');
    columns.set(name, index);
  }
  const missing = required.find((name) => !columns.has(name));
  if (missing !== undefined) throw malformed(file, `has no column ${missing}`);
  return columns;
}

/** A row may be shorter than the header, and longer by empty cells only: otherwise a comma shifted its cells. */
function flawOf(cells: readonly string[] | null, columns: number): string | null {
  if (cells === null) return 'has quotes that do not pair or is too long';
  for (let index = columns; index < cells.length; index += 1) if (cells[index] !== '') return 'has too many cells';
  return null;
}
