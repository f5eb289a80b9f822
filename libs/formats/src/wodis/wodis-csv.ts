import iconv from 'iconv-lite';
import { malformed } from '../wire/wire-object.js';

/** Columns of every row. */
export const WODIS_COLUMNS = 107;

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_ROWS = 20_000;
/** Splitting stops here: such a row is wrong whatever follows. */
const MOST_CELLS = 2 * WODIS_COLUMNS;
const LONGEST_QUOTED = 20_000;

/**
 * Splits a Wodis Sigma export into rows of trimmed cells. Rows are not checked for their number of columns here.
 * Semicolons, quotes doubled inside quoted cells, CRLF or LF, blank lines ignored. A stray or unclosed quote is
 * taken as text, so that it costs at most its own row.
 * @throws AppError UPSTREAM_MALFORMED for a file that is empty or larger than 16 MiB or 20,000 rows
 */
export function splitWodisCsv(bytes: Uint8Array): readonly (readonly string[])[] {
  if (bytes.byteLength > MOST_BYTES) throw malformed('objects.csv', 'is larger than 16 MiB');
  const text = decode(bytes);
  const rows: (readonly string[])[] = [];
  let at = 0;
  while (at < text.length) {
    const row = readRow(text, at);
    if (row.cells.some((cell) => cell !== '')) rows.push(row.cells);
    if (rows.length > MOST_ROWS) throw malformed('objects.csv', `has more than ${MOST_ROWS} rows`);
    at = row.next;
  }
  if (rows.length === 0) throw malformed('objects.csv', 'is empty');
  return rows;
}

/**
 * Wodis writes ISO-8859-1. It is read as windows-1252, which has the same letters and gives sense (€, „, –) to bytes
 * that would be control characters. A file that is valid UTF-8 with letters beyond ASCII was converted on its way:
 * German text in ISO-8859-1 practically never forms such bytes.
 */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(Buffer.from(bytes), 'windows-1252');
  }
}

interface Row {
  readonly cells: readonly string[];
  /** Where the next row begins. */
  readonly next: number;
  readonly spansLines: boolean;
}

/**
 * A row over several lines must come out whole, and its lines must not be whole rows themselves: then a quote was
 * left open. Otherwise its first line is a row of its own.
 */
function readRow(text: string, start: number): Row {
  const row = splitRow(text, start, true);
  if (!row.spansLines) return row;
  const line = splitRow(text, start, false);
  const linesAreRows = isWhole(line) && isWhole(splitRow(text, line.next, false));
  return isWhole(row) && !linesAreRows ? row : line;
}

function isWhole({ cells }: Row): boolean {
  return cells.length === WODIS_COLUMNS;
}

function splitRow(text: string, start: number, maySpan: boolean): Row {
  const cells: string[] = [];
  let at = start;
  let lineEnd = endOfLine(text, start);
  let quotes = true;
  while (cells.length < MOST_CELLS) {
    const limit = Math.min(maySpan ? text.length : lineEnd, at + LONGEST_QUOTED);
    const quoted = quotes && text[at] === '"' ? readQuoted(text, at, limit) : 'stray';
    // Searching on for the end of each further quote would take quadratic time.
    if (quoted === 'unclosed') quotes = false;
    const cell = typeof quoted === 'string' ? readPlain(text, at, lineEnd) : quoted;
    cells.push(cell.value.trim());
    if (cell.end > lineEnd) lineEnd = endOfLine(text, cell.end);
    at = cell.end + 1;
    if (text[cell.end] !== ';') break;
  }
  return { cells, next: lineEnd + 1, spansLines: lineEnd !== endOfLine(text, start) };
}

interface Cell {
  readonly value: string;
  /** Position of the semicolon or line end behind it. */
  readonly end: number;
}

function readPlain(text: string, start: number, lineEnd: number): Cell {
  let end = start;
  while (end < lineEnd && text[end] !== ';') end += 1;
  return { value: text.slice(start, end), end };
}

function readQuoted(text: string, start: number, limit: number): Cell | 'stray' | 'unclosed' {
  let at = start + 1;
  while (at < limit) {
    if (text[at] !== '"') at += 1;
    else if (text[at + 1] === '"') at += 2;
    else
      return closes(text, at + 1)
        ? { value: text.slice(start + 1, at).replaceAll('""', '"'), end: cellEnd(text, at + 1) }
        : 'stray';
  }
  return 'unclosed';
}

function closes(text: string, at: number): boolean {
  const next = text[at];
  return next === undefined || next === ';' || next === '\n' || (next === '\r' && text[at + 1] === '\n');
}

/** Steps over the CR, so that a cell ends at a semicolon, a line feed or the end of the text. */
function cellEnd(text: string, at: number): number {
  return text[at] === '\r' ? at + 1 : at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
