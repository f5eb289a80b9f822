/** Kinds of single values, by the names Protocol Buffers gives them. Texts are UTF-8. */
export type ScalarType = 'string' | 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float';

/** An enumeration: names by number. A number without a name is read as `OTHER`. */
export interface EnumType {
  readonly kind: 'enum';
  readonly names: ReadonlyMap<number, string>;
}

export interface MessageType {
  readonly kind: 'message';
  readonly byNumber: ReadonlyMap<number, Field>;
  readonly byName: ReadonlyMap<string, Field>;
}

export interface Field {
  readonly name: string;
  readonly type: ScalarType | EnumType | MessageType;
  readonly repeated: boolean;
}

/** What a message holds, by field name: numbers, texts, flags, names of enumerations, messages and lists of messages. */
export type RawMessage = Record<string, unknown>;

/** Name of an enumeration's value that the specification did not know when this was written. */
export const OTHER = 'OTHER';

/** @param names in the order of their numbers, which begin with `first`; an empty name leaves a number out */
export function enumType(first: number, names: readonly string[]): EnumType {
  const pairs = names.map((name, index) => [first + index, name] as const);
  return { kind: 'enum', names: new Map(pairs.filter(([, name]) => name !== '')) };
}

/** Number and type; a type in a list is a repeated field. */
type FieldEntry = readonly [number, Field['type'] | readonly [Field['type']]];

export function messageType(fields: Readonly<Record<string, FieldEntry>>): MessageType {
  const byNumber = new Map<number, Field>();
  const byName = new Map<string, Field>();
  for (const [name, [number, type]] of Object.entries(fields)) {
    const field = isList(type) ? { name, type: type[0], repeated: true } : { name, type, repeated: false };
    byNumber.set(number, field);
    byName.set(name, field);
  }
  return { kind: 'message', byNumber, byName };
}

function isList(type: FieldEntry[1]): type is readonly [Field['type']] {
  return Array.isArray(type);
}

/** A message without any field; repeated fields are empty lists. */
export function emptyMessage(type: MessageType): RawMessage {
  const message: RawMessage = {};
  for (const { name, repeated } of type.byName.values()) if (repeated) message[name] = [];
  return message;
}

/** Protocol Buffers: repeated fields collect, of others the last one counts. */
export function setField(message: RawMessage, { name, repeated }: Field, value: unknown): void {
  if (repeated) (message[name] as unknown[]).push(value);
  else message[name] = value;
}

/** The message to read a field into: a single one that comes again in parts is merged. */
export function messageToFill(message: RawMessage, field: Field, type: MessageType): RawMessage {
  const known = field.repeated ? undefined : message[field.name];
  if (known !== undefined) return known as RawMessage;
  const filled = emptyMessage(type);
  setField(message, field, filled);
  return filled;
}
