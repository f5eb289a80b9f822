import protobuf from 'protobufjs/minimal.js';
import { AppError, type Omission } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';
import { ENTITY_NUMBER, feedEntity, feedHeader, HEADER_NUMBER } from './gtfsrt-messages.js';
import {
  emptyMessage,
  messageToFill,
  OTHER,
  setField,
  type Field,
  type MessageType,
  type RawMessage,
} from './message-type.js';

/** A feed as it stands in its file, before its meaning is read. */
export interface RawFeed {
  readonly header: RawMessage;
  /** With their places in the file. */
  readonly entities: readonly { readonly path: string; readonly message: RawMessage }[];
  readonly omissions: readonly Omission[];
}

/** What a feed may cost. A whole country's fits in. */
export const MOST_ENTITIES = 300_000;
/** Every field takes two bytes at least; an object made of it takes a hundred. */
const MOST_FIELDS = 10_000_000;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/**
 * Reads the binary form. An entity that is damaged inside costs itself only; unknown fields and extensions, also those
 * of an unexpected kind, are passed over.
 * @throws AppError UPSTREAM_MALFORMED when the bytes are no such message at all
 */
export function readBinaryFeed(bytes: Buffer): RawFeed {
  const decoder = new Decoder(bytes);
  return guarded('$', () => decoder.readFeed());
}

class Decoder {
  private readonly reader: protobuf.Reader;
  private fieldsLeft = MOST_FIELDS;

  constructor(bytes: Buffer) {
    this.reader = protobuf.Reader.create(bytes);
  }

  readFeed(): RawFeed {
    const header = emptyMessage(feedHeader);
    const entities: { path: string; message: RawMessage }[] = [];
    const omissions: Omission[] = [];
    const { reader } = this;
    let index = 0;
    while (reader.pos < reader.len) {
      const { number, wire } = this.readTag();
      if (wire !== LENGTH_DELIMITED || (number !== HEADER_NUMBER && number !== ENTITY_NUMBER)) {
        reader.skipType(wire, 0, number);
        continue;
      }
      const end = this.readEnd(reader.len);
      if (number === HEADER_NUMBER) {
        this.fill(header, feedHeader, end);
        continue;
      }
      const path = `entity[${index}]`;
      if (index >= MOST_ENTITIES) throw malformed('entity', `has more than ${MOST_ENTITIES} entities`);
      index += 1;
      const message = this.readEntity(path, end, omissions);
      if (message !== null) entities.push({ path, message });
    }
    return { header, entities, omissions };
  }

  private readEntity(path: string, end: number, omissions: Omission[]): RawMessage | null {
    try {
      const message = emptyMessage(feedEntity);
      guarded(path, () => this.fill(message, feedEntity, end));
      return message;
    } catch (error) {
      if (this.fieldsLeft < 0 || !(error instanceof AppError)) throw error;
      omissions.push({ path, reason: error.details.reason ?? '' });
      this.reader.pos = end;
      return null;
    }
  }

  private fill(message: RawMessage, type: MessageType, end: number): void {
    const { reader } = this;
    while (reader.pos < end) {
      const { number, wire } = this.readTag();
      const field = type.byNumber.get(number);
      if (field === undefined || wire !== wireOf(field)) reader.skipType(wire, 0, number);
      else this.readField(message, field, end);
    }
    if (reader.pos !== end) throw new RangeError('a field is longer than its message');
  }

  private readField(message: RawMessage, field: Field, end: number): void {
    const { type } = field;
    if (typeof type === 'string') setField(message, field, this.readScalar(type));
    else if (type.kind === 'enum') setField(message, field, type.names.get(this.reader.int32()) ?? OTHER);
    else this.fill(messageToFill(message, field, type), type, this.readEnd(end));
  }

  private readScalar(type: Extract<Field['type'], string>): string | number | boolean {
    const value = this.reader[type]();
    return typeof value === 'object' ? Number(value.toString()) : value;
  }

  private readTag(): { number: number; wire: number } {
    this.fieldsLeft -= 1;
    if (this.fieldsLeft < 0) throw malformed('$', `has more than ${MOST_FIELDS} fields`);
    const tag = this.reader.tag();
    if (tag >>> 3 === 0) throw new RangeError('a field has no number');
    return { number: tag >>> 3, wire: tag & 7 };
  }

  private readEnd(limit: number): number {
    const length = this.reader.uint32();
    if (this.reader.pos + length > limit) throw new RangeError('a field is longer than its message');
    return this.reader.pos + length;
  }
}

function wireOf({ type }: Field): number {
  if (type === 'string' || (typeof type === 'object' && type.kind === 'message')) return LENGTH_DELIMITED;
  return type === 'float' ? FIXED_32 : VARINT;
}

/** The library's errors tell byte counts only; for us all of them mean the same. */
function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw malformed(path, 'is no Protocol Buffers message');
  }
}
