import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { malformed } from '../wire/wire-object.js';

/** Columns of every row. */
export const WODIS_COLUMNS = 107;

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_ROWS = 20_000;
/** Splitting stops here: such a row is wrong whatever follows. */
const MOST_CELLS = 2 * WODIS_COLUMNS;
const LONGEST_QUOTED = 20_000;
/** No row of a real export comes near; what is longer is not looked at as a whole. */
const LONGEST_ROW = 128 * 1024;

/** What a turn may take: looking at so many bytes, where a row counts as at least some hundred. About a millisecond. */
const BYTES_PER_TURN = 32 * 1024;
const LEAST_BYTES_OF_ROW = 2 * 1024;

const SEMICOLON = 0x3b;
const QUOTE = 0x22;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = 0xefbbbf;
const ROW_TOO_LONG: readonly string[] = [];

/**
 * Splits a Wodis Sigma export into rows of trimmed cells. Rows are not checked for their number of columns here.
 * Semicolons, quotes doubled inside quoted cells, CRLF or LF, blank lines ignored. A stray or unclosed quote is
 * taken as text, so that it costs at most its own row; a row beyond 128 KiB is given without cells.
 * @returns rows, and null wherever it is time to let others go first
 * @throws AppError UPSTREAM_MALFORMED for a file that is empty or larger than 16 MiB or 20,000 rows
 */
export function* splitWodisCsv(bytes: Buffer): Generator<readonly string[] | null> {
  if (bytes.length > MOST_BYTES) throw malformed('objects.csv', 'is larger than 16 MiB');
  const splitter = new RowSplitter(bytes, decoderOf(bytes));
  let at = bytes.length >= 3 && bytes.readUIntBE(0, 3) === BYTE_ORDER_MARK ? 3 : 0;
  let rows = 0;
  let work = 0;
  while (at < bytes.length) {
    const { cells, next } = splitter.readRow(at);
    at = next;
    work += Math.max(splitter.takeLooked(), LEAST_BYTES_OF_ROW);
    if (work >= BYTES_PER_TURN) {
      work = 0;
      yield null;
    }
    if (cells !== ROW_TOO_LONG && cells.every((cell) => cell === '')) continue;
    rows += 1;
    if (rows > MOST_ROWS) throw malformed('objects.csv', `has more than ${MOST_ROWS} rows`);
    yield cells;
  }
  if (rows === 0) throw malformed('objects.csv', 'is empty');
}

type Decode = (bytes: Buffer, start: number, end: number) => string;

/**
 * Wodis writes ISO-8859-1. It is read as windows-1252, which has the same letters and gives sense (€, „, –) to bytes
 * that would be control characters. A file that is valid UTF-8 with letters beyond ASCII was converted on its way:
 * German text in ISO-8859-1 practically never forms such bytes. Neither encoding uses the bytes of separators otherwise.
 */
function decoderOf(bytes: Buffer): Decode {
  return isUtf8(bytes) ? (all, start, end) => all.toString('utf8', start, end) : decodeWindows1252;
}

function decodeWindows1252(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('latin1', start, end);
  return /[\x80-\x9f]/.test(text) ? iconv.decode(bytes.subarray(start, end), 'windows-1252') : text;
}

interface Row {
  readonly cells: readonly string[];
  /** Where the next row begins. */
  readonly next: number;
  readonly spansLines: boolean;
}

interface Cell {
  readonly value: string;
  /** Position of the semicolon or line end behind it. */
  readonly end: number;
}

class RowSplitter {
  private looked = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly decode: Decode,
  ) {}

  /** How many bytes were looked at since the last time: quotes may make it more than once. */
  takeLooked(): number {
    const { looked } = this;
    this.looked = 0;
    return looked;
  }

  /**
   * A row over several lines must come out whole, and its lines must not be whole rows themselves: then a quote was
   * left open. Otherwise its first line is a row of its own.
   */
  readRow(start: number): Row {
    const lineEnd = this.endOfLine(start);
    if (lineEnd - start > LONGEST_ROW) return { cells: ROW_TOO_LONG, next: lineEnd + 1, spansLines: false };
    const row = this.splitRow(start, true);
    if (!row.spansLines) return row;
    const line = this.splitRow(start, false);
    const linesAreRows = isWhole(line) && isWhole(this.splitRow(line.next, false));
    return isWhole(row) && !linesAreRows ? row : line;
  }

  private splitRow(start: number, maySpan: boolean): Row {
    const { bytes } = this;
    const cells: string[] = [];
    const firstLineEnd = this.endOfLine(start);
    const longest = start + LONGEST_ROW;
    const rowEnd = maySpan ? Math.min(bytes.length, longest) : firstLineEnd;
    let at = start;
    let lineEnd = firstLineEnd;
    let quotes = true;
    while (cells.length < MOST_CELLS) {
      const quoted =
        quotes && bytes[at] === QUOTE ? this.readQuoted(at, Math.min(rowEnd, at + LONGEST_QUOTED)) : 'stray';
      // Searching on for the end of each further quote would take quadratic time.
      if (quoted === 'unclosed') quotes = false;
      const cell = typeof quoted === 'string' ? this.readPlain(at, Math.min(lineEnd, longest)) : quoted;
      cells.push(cell.value.trim());
      if (cell.end > lineEnd) lineEnd = this.endOfLine(cell.end);
      at = cell.end + 1;
      if (bytes[cell.end] !== SEMICOLON) break;
    }
    this.looked += at - start;
    return { cells, next: lineEnd + 1, spansLines: lineEnd !== firstLineEnd };
  }

  private readPlain(start: number, limit: number): Cell {
    let end = start;
    while (end < limit && this.bytes[end] !== SEMICOLON) end += 1;
    return { value: this.decode(this.bytes, start, end), end };
  }

  private readQuoted(start: number, limit: number): Cell | 'stray' | 'unclosed' {
    const { bytes } = this;
    let at = start + 1;
    while (at < limit) {
      if (bytes[at] !== QUOTE) at += 1;
      else if (bytes[at + 1] === QUOTE) at += 2;
      else break;
    }
    this.looked += at - start;
    if (at >= limit) return 'unclosed';
    return this.closes(at + 1) ? this.quotedCell(start, at) : 'stray';
  }

  private closes(at: number): boolean {
    const next = this.bytes[at];
    if (next === undefined || next === SEMICOLON || next === LINE_FEED) return true;
    return next === CARRIAGE_RETURN && this.bytes[at + 1] === LINE_FEED;
  }

  /** Steps over the CR, so that a cell ends at a semicolon, a line feed or the end of the file. */
  private quotedCell(start: number, quote: number): Cell {
    const value = this.decode(this.bytes, start + 1, quote).replaceAll('""', '"');
    return { value, end: this.bytes[quote + 1] === CARRIAGE_RETURN ? quote + 2 : quote + 1 };
  }

  private endOfLine(at: number): number {
    const end = this.bytes.indexOf(LINE_FEED, at);
    return end === -1 ? this.bytes.length : end;
  }
}

function isWhole({ cells }: Row): boolean {
  return cells.length === WODIS_COLUMNS;
}
