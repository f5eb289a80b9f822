import { malformed } from '../wire/wire-object.js';

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_PARAMETERS = 50;

/** One property of a component: `NAME;PARAMETER=value:value`. */
export interface ContentLine {
  /** In upper case. */
  readonly name: string;
  /** Names in upper case, quotes removed; the first of several counts. */
  readonly parameters: ReadonlyMap<string, string>;
  /** As written, escapes included. */
  readonly value: string;
}

/**
 * The unfolded lines of an iCalendar file of at most 8 MiB. Lines are folded between bytes, so that a fold may lie
 * within a letter (RFC 5545, 3.1): it is undone before decoding. Text that is no UTF-8 is read as Windows-1252.
 * @throws AppError UPSTREAM_MALFORMED when the file is too large
 */
export function unfoldedLines(bytes: Uint8Array): readonly string[] {
  if (bytes.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 8 MiB');
  const folded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const unfolded = Buffer.from(folded.replaceAll(/(?:\r\n|\n|\r)[ \t]/g, ''), 'latin1');
  return decode(unfolded).split(/\r\n|\n|\r/);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** @returns the name of a content line in upper case, or undefined when the text is none; some programs use `_` and `.` */
export function nameOfLine(text: string): string | undefined {
  return /^([\w.-]{1,100})[;:]/.exec(text)?.[1]?.toUpperCase();
}

/** @returns undefined when parameters are not well formed */
export function parseContentLine(text: string): ContentLine | undefined {
  const name = nameOfLine(text);
  if (name === undefined) return undefined;
  const parameters = new Map<string, string>();
  let at = name.length;
  for (let left = MOST_PARAMETERS; text[at] === ';' && left > 0; left -= 1) {
    const parameter = readParameter(text, at + 1);
    if (parameter === undefined) return undefined;
    if (!parameters.has(parameter.name)) parameters.set(parameter.name, parameter.value);
    at = parameter.end;
  }
  return text[at] === ':' ? { name, parameters, value: text.slice(at + 1).trim() } : undefined;
}

function readParameter(text: string, start: number): { name: string; value: string; end: number } | undefined {
  const equals = text.indexOf('=', start);
  if (equals === -1) return undefined;
  const end = endOfParameter(text, equals + 1);
  const name = text.slice(start, equals).trim().toUpperCase();
  return end === undefined ? undefined : { name, value: text.slice(equals + 1, end).replaceAll('"', ''), end };
}

/** Outlook writes zones such as `(UTC+01:00) Berlin` without quotes: a colon in brackets belongs to the value. */
function endOfParameter(text: string, start: number): number | undefined {
  let quoted = false;
  let bracketed = false;
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '(') bracketed = true;
    else if (letter === ')') bracketed = false;
    else if (letter === ';' || (letter === ':' && !bracketed)) return at;
  }
  return undefined;
}

/** TEXT of RFC 5545 (3.3.11) without its escapes. */
export function unescapeText(value: string): string {
  return value.replaceAll(/\\([\\;,nN])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter));
}

/** The items of a list of TEXT; escaped commas do not separate. */
export function splitTexts(value: string): readonly string[] {
  const items = value.match(/(?:\\.|[^,\\])+/g) ?? [];
  return items.map((item) => unescapeText(item).trim()).filter((item) => item !== '');
}
