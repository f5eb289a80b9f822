import { malformed } from '../../wire/wire-object.js';
import { decodeText } from '../decode-text.js';
import { BitReader } from './bit-reader.js';
import type { UperField, UperRecord, UperType, UperValue } from './uper-type.js';

/** A barcode holds two kilobytes; lists and types within themselves could still keep a reader busy for long. */
const MOST_VALUES = 5_000;
const DEEPEST = 30;
/** The largest integers of the ticket standards have 64 bits; room for more is an attack. */
const LONGEST_INTEGER = 16;

/** Reads values of known types in ASN.1's unaligned packed encoding (X.691). */
export class UperReader {
  private readonly source: BitReader;
  private values = 0;
  private depth = 0;

  /** @param path name of the data in error texts */
  constructor(
    bytes: Uint8Array,
    private readonly path: string,
  ) {
    this.source = new BitReader(bytes, path);
  }

  /** @throws AppError UPSTREAM_MALFORMED for data that cannot be of this type */
  read(type: UperType): UperValue {
    this.values += 1;
    if (this.values > MOST_VALUES || this.depth > DEEPEST) throw malformed(this.path, 'unfolds too far');
    switch (type.kind) {
      case 'boolean':
        return this.source.flag();
      case 'integer':
        return type.bounds === null ? this.integer() : this.bounded(type.bounds.least, type.bounds.most);
      case 'ia5':
        return this.ia5(type.length === null ? this.length() : this.bounded(type.length.least, type.length.most));
      case 'utf8':
        return decodeText(this.source.octets(this.length()));
      case 'octets':
        return this.source.octets(this.length());
      case 'enumeration':
        return this.enumeration(type.names, type.open);
      default:
        return this.nested(type);
    }
  }

  /** Hands out each field as soon as it is read, so that those before a damaged one are not lost. */
  readFields(fields: readonly UperField[], open: boolean, take: (name: string, value: UperValue) => void): void {
    const extended = open && this.source.flag();
    const present = fields.map(({ optional }) => !optional || this.source.flag());
    fields.forEach(({ name, type, absent }, index) => {
      if (present[index]) take(name, this.read(type));
      else if (absent !== undefined) take(name, absent);
    });
    if (extended) this.skipAdditions();
  }

  private nested(type: Extract<UperType, { kind: 'list' | 'sequence' | 'choice' }>): UperValue {
    this.depth += 1;
    const value =
      type.kind === 'list' ? this.list(type.item()) : type.kind === 'sequence' ? this.record(type) : this.choice(type);
    this.depth -= 1;
    return value;
  }

  private list(item: UperType): readonly UperValue[] {
    return Array.from({ length: this.length() }, () => this.read(item));
  }

  private record({ fields, open }: Extract<UperType, { kind: 'sequence' }>): UperRecord {
    const record: Record<string, UperValue> = Object.create(null) as Record<string, UperValue>;
    this.readFields(fields, open, (name, value) => {
      record[name] = value;
    });
    return record;
  }

  /** A record whose only field is the chosen option; empty for an option that a newer version added. */
  private choice({ options, open }: Extract<UperType, { kind: 'choice' }>): UperRecord {
    if (open && this.source.flag()) {
      this.smallNumber();
      this.skipOpenType();
      return {};
    }
    const [name, chosen] = options[this.bounded(0, options.length - 1)]!;
    return { [name]: this.read(chosen) };
  }

  private enumeration(names: readonly string[], open: boolean): string | null {
    if (open && this.source.flag()) {
      this.smallNumber();
      return null;
    }
    return names[this.bounded(0, names.length - 1)] ?? null;
  }

  private bounded(least: number, most: number): number {
    const value = least + this.source.bits(bitsFor(most - least));
    if (value > most) throw malformed(this.path, 'has a number beyond its bounds');
    return value;
  }

  private integer(): bigint {
    const length = this.length();
    if (length === 0 || length > LONGEST_INTEGER) throw malformed(this.path, 'has a number of impossible size');
    const value = this.source.octets(length).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    return BigInt.asIntN(length * 8, value);
  }

  private ia5(length: number): string {
    return Array.from({ length }, () => String.fromCharCode(this.source.bits(7))).join('');
  }

  /** Lengths from 16,384 on come in fragments; no barcode is that long. */
  private length(): number {
    if (!this.source.flag()) return this.source.bits(7);
    if (this.source.flag()) throw malformed(this.path, 'has a part longer than any barcode');
    return this.source.bits(14);
  }

  private smallNumber(): number {
    if (!this.source.flag()) return this.source.bits(6);
    const length = this.length();
    if (length === 0 || length > 4) throw malformed(this.path, 'has a number of impossible size');
    return this.source.bits(length * 8);
  }

  private skipAdditions(): void {
    const count = this.smallNumber() + 1;
    if (count > MOST_VALUES) throw malformed(this.path, 'unfolds too far');
    const present = Array.from({ length: count }, () => this.source.flag());
    for (const each of present) if (each) this.skipOpenType();
  }

  private skipOpenType(): void {
    this.source.octets(this.length());
  }
}

function bitsFor(span: number): number {
  return span === 0 ? 0 : Math.floor(Math.log2(span)) + 1;
}
