import { malformed } from '../wire/wire-object.js';
import { feedMessage } from './gtfsrt-messages.js';
import {
  emptyMessage,
  messageToFill,
  OTHER,
  setField,
  type EnumType,
  type Field,
  type MessageType,
  type RawMessage,
  type ScalarType,
} from './message-type.js';
import { MOST_ENTITIES, type RawFeed } from './read-binary.js';
import { TextCursor } from './text-cursor.js';

const MOST_BYTES = 16 * 1024 * 1024;
const DEEPEST = 30;

const RANGES: Partial<Record<ScalarType, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [0, 2 ** 64],
};

/**
 * Reads the text form (Protocol Buffers Text Format). Unknown fields and extensions are passed over; any other
 * mistake costs the file, since nothing tells where the next entity begins.
 * @throws AppError UPSTREAM_MALFORMED with the line
 */
export function readTextFeed(bytes: Buffer): RawFeed {
  if (bytes.length > MOST_BYTES) throw malformed('$', `is larger than ${MOST_BYTES} bytes`);
  const feed = emptyMessage(feedMessage);
  const cursor = new TextCursor(new TextDecoder().decode(bytes));
  fill(cursor, feed, feedMessage, '', 0);
  const entities = (feed['entity'] as RawMessage[]).map((message, index) => ({ path: `entity[${index}]`, message }));
  if (entities.length > MOST_ENTITIES) throw malformed('entity', `has more than ${MOST_ENTITIES} entities`);
  return { header: (feed['header'] as RawMessage | undefined) ?? {}, entities, omissions: [] };
}

/** @param closing what ends the message; an empty text for the end of the file */
function fill(cursor: TextCursor, message: RawMessage, type: MessageType, closing: string, depth: number): void {
  if (depth > DEEPEST) throw cursor.error(`is deeper than ${DEEPEST} messages`);
  while (cursor.peek() !== closing) {
    const name = cursor.name();
    const field = name === null ? undefined : type.byName.get(name);
    const colon = cursor.take(':') !== null;
    if (field === undefined) skipValues(cursor, depth);
    else readField(cursor, message, field, colon, depth);
    cursor.take(',;');
  }
  if (closing !== '') cursor.take(closing);
}

function readField(cursor: TextCursor, message: RawMessage, field: Field, colon: boolean, depth: number): void {
  if (!colon && !isMessage(field.type)) throw cursor.error('lacks a colon');
  const readOne = (): void => readValue(cursor, message, field, depth);
  if (field.repeated && cursor.peek() === '[') readList(cursor, readOne);
  else readOne();
}

function readValue(cursor: TextCursor, message: RawMessage, field: Field, depth: number): void {
  const { type } = field;
  if (isMessage(type)) fill(cursor, messageToFill(message, field, type), type, opened(cursor), depth + 1);
  else setField(message, field, typeof type === 'string' ? readScalar(cursor, type) : readEnum(cursor, type));
}

function isMessage(type: Field['type']): type is MessageType {
  return typeof type === 'object' && type.kind === 'message';
}

function readList(cursor: TextCursor, readOne: () => void): void {
  cursor.take('[');
  if (cursor.take(']') !== null) return;
  do readOne();
  while (cursor.take(',') !== null);
  if (cursor.take(']') === null) throw cursor.error('has a list without an end');
}

/** Takes an opening bracket. @returns the one that closes it */
function opened(cursor: TextCursor): string {
  const bracket = cursor.take('{<');
  if (bracket === null) throw cursor.error('lacks a message');
  return bracket === '{' ? '}' : '>';
}

function readScalar(cursor: TextCursor, type: ScalarType): string | number | boolean {
  if (type === 'string') return cursor.string();
  const text = cursor.scalar();
  if (type === 'bool') return readFlag(cursor, text);
  const number = type === 'float' ? parseFloating(text) : parseWhole(text);
  const [least, most] = RANGES[type] ?? [-Infinity, Infinity];
  if (number === null || number < least || number > most) throw cursor.error(`has no value of kind ${type}`);
  return number;
}

function readFlag(cursor: TextCursor, text: string): boolean {
  if (/^(?:true|True|t|1)$/.test(text)) return true;
  if (/^(?:false|False|f|0)$/.test(text)) return false;
  throw cursor.error('has no value of kind bool');
}

function readEnum(cursor: TextCursor, type: EnumType): string {
  const text = cursor.scalar();
  const number = parseWhole(text);
  if (number !== null) return type.names.get(number) ?? OTHER;
  return [...type.names.values()].includes(text) ? text : OTHER;
}

function parseWhole(text: string): number | null {
  const [, minus, hex, octal, decimal] =
    /^(-?)(?:0[xX]([0-9a-fA-F]{1,16})|0([0-7]{1,22})|(\d{1,20}))$/.exec(text) ?? [];
  const digits = hex ?? octal ?? decimal;
  if (digits === undefined) return null;
  const value = Number.parseInt(digits, hex !== undefined ? 16 : octal !== undefined ? 8 : 10);
  return minus === '-' ? 0 - value : value;
}

function parseFloating(text: string): number | null {
  if (!/^-?(?:\d{1,50}\.?\d{0,50}|\.\d{1,50})(?:[eE][+-]?\d{1,3})?[fF]?$/.test(text)) return null;
  return Math.fround(Number.parseFloat(text));
}

/** Value of a field that nobody asked for: anything, also a whole message or list. */
function skipValues(cursor: TextCursor, depth: number): void {
  if (depth > DEEPEST) throw cursor.error(`is deeper than ${DEEPEST} messages`);
  const next = cursor.peek();
  if (next === '"' || next === "'") cursor.string();
  else if (next === '{' || next === '<') fill(cursor, {}, NOTHING_KNOWN, opened(cursor), depth + 1);
  else if (next === '[') readList(cursor, () => skipValues(cursor, depth + 1));
  else cursor.scalar();
}

const NOTHING_KNOWN: MessageType = { kind: 'message', byName: new Map(), byNumber: new Map() };
