import { malformed } from '../../wire/wire-object.js';
import { decodeText } from '../decode-text.js';
import type { UicBlock } from './uic-container.js';

/**
 * What is printed on the ticket, as text fields on a grid (block U_TLAY). Where RCT2 prints the traveller is known and
 * left out; layouts of issuers may name people anywhere, so never log their texts.
 */
export interface TicketLayout {
  /** `RCT2` for the layout of the UIC, others are the issuer's. */
  readonly standard: string;
  readonly fields: readonly LayoutField[];
  /** How many fields were left out because they tell who travels. */
  readonly withheld: number;
}

export interface LayoutField {
  /** From 0. */
  readonly line: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
  readonly text: string;
}

const MOST_FIELDS = 200;
const HEAD = /^(.{4})(\d{4})/s;
const HEAD_BYTES = 8;
const FIELD = /^(\d\d)(\d\d)(\d\d)(\d\d)(.)(\d{4})/s;
const FIELD_BYTES = 13;
/** RCT2 prints the traveller's name at the right end of the first line. */
const NAME_COLUMN = 52;

/**
 * Reads a layout. Lengths are of bytes; issuers who counted characters of UTF-8 are understood as well.
 * @throws AppError UPSTREAM_MALFORMED when it does not begin like one
 */
export function readLayout({ content }: UicBlock): TicketLayout {
  const [, standard = '', count = ''] = HEAD.exec(content.toString('latin1', 0, HEAD_BYTES)) ?? [];
  if (count === '') throw malformed('U_TLAY', 'does not begin with standard and number of fields');
  const all: LayoutField[] = [];
  let at = HEAD_BYTES;
  const most = Math.min(Number(count), MOST_FIELDS);
  while (all.length < most && at < content.length) {
    const field = readField(content, at, all.length + 1 === most);
    if (field === null) throw malformed(`U_TLAY[${all.length}]`, 'is not a whole field');
    all.push(field.field);
    at = field.end;
  }
  const fields = all.filter((field) => !namesTraveller(standard, field));
  return { standard, fields, withheld: all.length - fields.length };
}

function readField(content: Buffer, at: number, isLast: boolean): { field: LayoutField; end: number } | null {
  const numbers = FIELD.exec(content.toString('latin1', at, at + FIELD_BYTES));
  if (numbers === null) return null;
  const [line = 0, column = 0, height = 0, width = 0] = numbers.slice(1, 5).map(Number);
  const start = at + FIELD_BYTES;
  const end = endOfText(content, start, Number(numbers[6]), isLast);
  if (end === null) return null;
  return { field: { line, column, height, width, text: decodeText(content.subarray(start, end)) }, end };
}

/** The length in bytes, else in characters, if the next field begins there. The last text may be followed by anything. */
function endOfText(content: Buffer, start: number, length: number, isLast: boolean): number | null {
  const ends = [start + length, endOfCharacters(content, start, length)].filter((end) => end <= content.length);
  const fits = (end: number): boolean =>
    isLast ? end === content.length : FIELD.test(content.toString('latin1', end, end + FIELD_BYTES));
  return ends.find(fits) ?? (isLast ? (ends[0] ?? null) : null);
}

/** In UTF-8 all bytes of a character but its first begin with the bits 10. */
function endOfCharacters(content: Buffer, start: number, length: number): number {
  let end = start;
  for (let count = 0; end < content.length; end += 1) {
    if (((content[end] ?? 0) & 0xc0) !== 0x80) count += 1;
    if (count > length) break;
  }
  return end;
}

function namesTraveller(standard: string, { line, column, width }: LayoutField): boolean {
  return standard === 'RCT2' && line === 0 && column + width > NAME_COLUMN;
}
