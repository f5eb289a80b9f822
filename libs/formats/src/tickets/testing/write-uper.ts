import type { UperField, UperRecord, UperType, UperValue } from '../uper/uper-type.js';

/** Writes values of known types in unaligned packed encoding, so that specs can make tickets of their own. */
export function writeUper(type: UperType, value: UperValue): Buffer {
  const bits: number[] = [];
  append(bits, type, value);
  return packed(bits);
}

/** A sequence by its fields; what is missing in `record` is left out. */
export function writeFields(fields: readonly UperField[], record: UperRecord): Buffer {
  return writeUper({ kind: 'sequence', fields, open: true }, record);
}

function packed(bits: readonly number[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => bytes.writeUInt8(bytes.readUInt8(index >> 3) | (bit << (7 - (index & 7))), index >> 3));
  return bytes;
}

function append(bits: number[], type: UperType, value: UperValue): void {
  switch (type.kind) {
    case 'boolean':
      bits.push(value === true ? 1 : 0);
      break;
    case 'integer':
      if (type.bounds === null) appendOctets(bits, bytesOf(BigInt(value as number | bigint)));
      else appendNumber(bits, Number(value) - type.bounds.least, widthOf(type.bounds));
      break;
    case 'ia5':
      appendLength(bits, String(value).length, type.length);
      for (const character of String(value)) appendNumber(bits, character.charCodeAt(0), 7);
      break;
    case 'utf8':
      appendOctets(bits, Buffer.from(String(value)));
      break;
    case 'octets':
      appendOctets(bits, value as Uint8Array);
      break;
    case 'enumeration':
      if (type.open) bits.push(0);
      appendNumber(bits, type.names.indexOf(String(value)), widthOf({ least: 0, most: type.names.length - 1 }));
      break;
    case 'list':
      appendLength(bits, (value as readonly UperValue[]).length, null);
      for (const each of value as readonly UperValue[]) append(bits, type.item(), each);
      break;
    case 'choice': {
      const [name, chosen] = Object.entries(value as UperRecord)[0]!;
      const index = type.options.findIndex(([option]) => option === name);
      if (type.open) bits.push(0);
      appendNumber(bits, index, widthOf({ least: 0, most: type.options.length - 1 }));
      append(bits, type.options[index]![1], chosen);
      break;
    }
    case 'sequence':
      appendRecord(bits, type, value as UperRecord);
  }
}

function appendRecord(bits: number[], type: Extract<UperType, { kind: 'sequence' }>, record: UperRecord): void {
  if (type.open) bits.push(0);
  const present = type.fields.filter(({ name }) => name in record);
  for (const field of type.fields) if (field.optional) bits.push(present.includes(field) ? 1 : 0);
  for (const { name, type: inner } of present) append(bits, inner, record[name] as UperValue);
}

function widthOf({ least, most }: { least: number; most: number }): number {
  return most === least ? 0 : (most - least).toString(2).length;
}

function appendNumber(bits: number[], value: number, width: number): void {
  for (let bit = width - 1; bit >= 0; bit -= 1) bits.push(Math.floor(value / 2 ** bit) % 2);
}

function appendLength(bits: number[], length: number, bounds: { least: number; most: number } | null): void {
  if (bounds !== null) appendNumber(bits, length - bounds.least, widthOf(bounds));
  else if (length < 128) appendNumber(bits, length, 8);
  else appendNumber(bits, 0x8000 + length, 16);
}

function appendOctets(bits: number[], bytes: Uint8Array): void {
  appendLength(bits, bytes.length, null);
  for (const byte of bytes) appendNumber(bits, byte, 8);
}

/** Two's complement in as few bytes as possible. */
function bytesOf(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length += 1;
  const hex = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, '0');
  return Buffer.from(hex, 'hex');
}
