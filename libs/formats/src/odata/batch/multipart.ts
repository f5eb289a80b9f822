import { malformed } from '../../wire/wire-object.js';

/** Header fields by lower-case name; a repeated one is joined by commas. */
export type Headers = ReadonlyMap<string, string>;

const LF = 0x0a;
const CR = 0x0d;
const LONGEST_HEAD = 64 * 1024;
const MOST_HEADERS = 100;
const BOUNDARY = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.){1,70})"|([^\s;,"]{1,70}))/i;

/** The boundary that a content type names; undefined when it is not `multipart/mixed` or names none. */
export function boundaryIn(contentType: string): string | undefined {
  if (contentType.length > 1_000 || !/^\s*multipart\/mixed\s*;/i.test(contentType)) return undefined;
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? plain;
}

/**
 * The bytes between the delimiters of a multipart body (RFC 2046). Only delimiters count, for declared lengths are
 * often wrong. What stands before the first and after the last one belongs to no part; line ends may be CRLF or LF.
 * @throws AppError UPSTREAM_MALFORMED when the closing delimiter is missing, so the body was cut, or there are too many
 */
export function splitParts(body: Buffer, boundary: string, path: string, most: number): readonly Buffer[] {
  const parts: Buffer[] = [];
  let start = -1;
  for (const { from, to, closing } of delimiters(body, boundary)) {
    if (start !== -1) parts.push(body.subarray(start, Math.max(start, withoutLineEnd(body, from))));
    if (closing) return parts;
    if (parts.length >= most) throw malformed(path, `has more than ${most} parts`);
    start = to;
  }
  throw malformed(path, 'has no closing delimiter');
}

interface Delimiter {
  readonly from: number;
  /** Where the next part begins. */
  readonly to: number;
  readonly closing: boolean;
}

function* delimiters(body: Buffer, boundary: string): Generator<Delimiter> {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  for (let from = body.indexOf(mark); from !== -1; from = body.indexOf(mark, from + 1)) {
    if (from > 0 && body[from - 1] !== LF) continue;
    const end = body.indexOf(LF, from);
    const rest = body.toString('latin1', from + mark.length, Math.min(end === -1 ? body.length : end, from + 200));
    if (/^--[ \t\r]*$/.test(rest)) yield { from, to: body.length, closing: true };
    if (/^[ \t\r]*$/.test(rest) && end !== -1) yield { from, to: end + 1, closing: false };
  }
}

/** The line end before a delimiter belongs to the delimiter. */
function withoutLineEnd(body: Buffer, delimiter: number): number {
  const end = delimiter - 1;
  return body[end - 1] === CR ? end - 1 : end;
}

/**
 * Splits a head from what follows its empty line; folded lines are joined. A part may be a head alone.
 * @throws AppError UPSTREAM_MALFORMED for a line that is no header and for a head without end
 */
export function splitHead(bytes: Buffer, path: string): { readonly headers: Headers; readonly rest: Buffer } {
  const lines: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(LF, at);
    const stop = end === -1 ? bytes.length : end;
    if (stop > LONGEST_HEAD) throw malformed(path, `has a head of more than ${LONGEST_HEAD} bytes`);
    const line = bytes.toString('latin1', at, stop).replace(/\r$/, '');
    at = stop + 1;
    if (line === '') break;
    if (/^[ \t]/.test(line) && lines.length > 0) lines.push(`${lines.pop()} ${line.trim()}`);
    else lines.push(line);
  }
  return { headers: headersOf(lines, path), rest: bytes.subarray(Math.min(at, bytes.length)) };
}

function headersOf(lines: readonly string[], path: string): Headers {
  if (lines.length > MOST_HEADERS) throw malformed(path, `has more than ${MOST_HEADERS} headers`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
    if (!/^[!#-'*+.^-z|~\w-]+$/.test(name)) throw malformed(path, 'has a line that is no header');
    const value = line.slice(colon + 1).trim();
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return headers;
}
