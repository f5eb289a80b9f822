import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** No row of a real feed comes near; what is longer is not looked at as a whole. */
const LONGEST_ROW_BYTES = 64 * 1024;

const BYTE_ORDER_MARK = 0xefbbbf;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

interface CsvRecord {
  /** Null when its quotes do not pair or it is too long: the row is lost, the next one begins at the next line. */
  readonly cells: readonly string[] | null;
  readonly next: number;
}

/**
 * Splits a GTFS file into rows of trimmed cells (RFC 4180: commas, quotes doubled inside quoted cells, line ends
 * inside them). A byte order mark and blank lines are passed over. Text is UTF-8 as GTFS demands; a row that is not
 * is read as windows-1252, which older German feeds use. A row that cannot be split is given as null.
 */
export function* splitCsv(bytes: Buffer): Generator<readonly string[] | null> {
  let at = bytes.length >= 3 && bytes.readUIntBE(0, 3) === BYTE_ORDER_MARK ? 3 : 0;
  while (at < bytes.length) {
    const { cells, next } = readRecord(bytes, at);
    if (cells === null || cells.length > 1 || cells[0] !== '') yield cells;
    at = next;
  }
}

function readRecord(bytes: Buffer, start: number): CsvRecord {
  const lineEnd = endOfLine(bytes, start);
  const lost = { cells: null, next: lineEnd + 1 };
  if (lineEnd - start > LONGEST_ROW_BYTES) return lost;
  const line = decode(bytes, start, lineEnd);
  if (!line.includes('"')) return { cells: line.split(',').map((cell) => cell.trim()), next: lineEnd + 1 };
  const end = closeQuotes(bytes, start, lineEnd);
  const cells = end === null ? null : splitQuoted(end === lineEnd ? line : decode(bytes, start, end));
  return cells === null || end === null ? lost : { cells, next: end + 1 };
}

/** End of the first line at which quotes pair. One that is never closed must not swallow the rest of the file. */
function closeQuotes(bytes: Buffer, start: number, lineEnd: number): number | null {
  let end = lineEnd;
  let open = hasOddQuotes(bytes, start, end);
  while (open) {
    const quote = bytes.indexOf(QUOTE, end + 1);
    const next = quote === -1 ? -1 : endOfLine(bytes, quote);
    if (next === -1 || next - start > LONGEST_ROW_BYTES) return null;
    open = !hasOddQuotes(bytes, quote, next);
    end = next;
  }
  return end;
}

function hasOddQuotes(bytes: Buffer, start: number, end: number): boolean {
  let odd = false;
  for (let at = start; at < end; at += 1) if (bytes[at] === QUOTE) odd = !odd;
  return odd;
}

/** Null when text stands before or behind a quoted part of a cell. */
function splitQuoted(text: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= text.length;) {
    const start = skipBlanks(text, at);
    const comma = text.indexOf(',', text[start] === '"' ? closingQuote(text, start) : start);
    const end = comma === -1 ? text.length : comma;
    const cell = unquote(text.slice(start, end).trimEnd());
    if (cell === null) return null;
    cells.push(cell);
    at = end + 1;
  }
  return cells;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** Position of the quote that closes the one at `start`; doubled ones are text. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at === -1 ? text.length : at;
}

function unquote(cell: string): string | null {
  if (!cell.includes('"')) return cell;
  if (!cell.startsWith('"') || closingQuote(cell, 0) !== cell.length - 1) return null;
  return cell.slice(1, -1).replaceAll('""', '"').trim();
}

function endOfLine(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(LINE_FEED, at);
  return end === -1 ? bytes.length : end;
}

function decode(bytes: Buffer, start: number, end: number): string {
  const stop = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  const text = bytes.toString('utf8', start, stop);
  if (!text.includes('\ufffd')) return text;
  const line = bytes.subarray(start, stop);
  return isUtf8(line) ? text : iconv.decode(line, 'windows-1252');
}
