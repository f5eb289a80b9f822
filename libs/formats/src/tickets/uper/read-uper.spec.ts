import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { writeUper } from '../testing/write-uper.js';
import { UperReader } from './read-uper.js';
import {
  BOOLEAN,
  choice,
  closedSequence,
  enumeration,
  ia5,
  IA5,
  INTEGER,
  listOf,
  OCTETS,
  orElse,
  range,
  sequence,
  UTF8,
  type UperType,
  type UperValue,
} from './uper-type.js';

function read(type: UperType, hex: string): UperValue {
  return new UperReader(Buffer.from(hex, 'hex'), 'test').read(type);
}

function refusalOf(type: UperType, hex: string): string {
  try {
    read(type, hex);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return 'was read';
}

function hexOf(bits: string): string {
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))).toString('hex');
}

describe('values by the packed encoding rules (X.691), worked out by hand', () => {
  it.each<[string, UperType, string, UperValue]>([
    ['a number in as many bits as its bounds need', range(1, 9), '50', 6],
    ['a number that can only be one', range(7, 7), '', 7],
    ['a number below zero', range(-1, 700), '0000', -1],
    ['a free number', INTEGER, '0200c8', 200n],
    ['a free number below zero', INTEGER, '01ff', -1n],
    ['text of seven bits a character', IA5, '02d0d0', 'h4'],
    ['text of a fixed length without a length in front', ia5(2), 'c994', 'de'],
    ['text with a bounded length', ia5(1, 2), 'c364', 'C2'],
    ['text of UTF-8', UTF8, '04c3a4c3b6', 'äö'],
    ['bytes', OCTETS, '0201ff', Uint8Array.of(1, 255)],
    ['a name of an enumeration', enumeration(['a', 'b', 'c']), '40', 'b'],
    ['a name of an open enumeration', enumeration(['a', 'b', 'c'], true), '40', 'c'],
    ['a later name of an open enumeration', enumeration(['a', 'b'], true), '80', null],
    ['a list', listOf(BOOLEAN), '03a0', [true, false, true]],
    ['the chosen of several types', choice({ a: BOOLEAN, b: range(0, 3) }), '70', { b: 3 }],
  ])('reads %s', (_case, type, hex, value) => {
    expect(read(type, hex)).toEqual(value);
  });

  it('reads present, absent and default fields', () => {
    const type = closedSequence({ 'first?': range(0, 3), second: orElse(range(0, 3), 2), third: BOOLEAN });
    expect({ ...(read(type, 'b0') as object) }).toEqual({ first: 3, second: 2, third: false });
    expect({ ...(read(type, '78') as object) }).toEqual({ second: 3, third: true });
  });

  it('skips what a newer version added to a sequence and to a choice', () => {
    const type = closedSequence({ inner: sequence({ a: BOOLEAN }), after: range(0, 255) });
    // Extended, the field, one addition, which is there, its length, its two bytes; then the number.
    const hex = hexOf(['1', '1', '0000000', '1', '00000010', '1111111100000000', '01011010'].join(''));
    expect(JSON.parse(JSON.stringify(read(type, hex)))).toEqual({ inner: { a: true }, after: 0x5a });
    expect(read(choice({ a: BOOLEAN }), '820180')).toEqual({});
  });

  it.each<[string, UperType, string]>([
    ['test: ends too early', UTF8, '05c3a4'],
    ['test: has a number beyond its bounds', range(0, 4), 'e0'],
    ['test: has a part longer than any barcode', OCTETS, 'c100'],
    ['test: has a number of impossible size', INTEGER, '00'],
    ['test: has a number of impossible size', INTEGER, '7f'],
    ['test: has a number beyond its bounds', choice({ a: BOOLEAN, b: BOOLEAN, c: BOOLEAN }), '70'],
    ['test: unfolds too far', listOf(range(1, 1)), 'bfff'],
  ])('refuses data: %s', (reason, type, hex) => {
    expect(refusalOf(type, hex)).toBe(reason);
  });

  it('refuses a type that nests itself endlessly', () => {
    const type: UperType = closedSequence({ 'self?': listOf(() => type) });
    expect(refusalOf(type, hexOf('100000001'.repeat(60)))).toBe('test: unfolds too far');
  });
});

describe('what the writer of the specs writes', () => {
  const leaf = fc.oneof(
    fc.tuple(fc.constant(BOOLEAN), fc.boolean()),
    fc.tuple(fc.constant(INTEGER), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    fc.tuple(fc.constant(range(-60, 1_440)), fc.integer({ min: -60, max: 1_440 })),
    fc.tuple(fc.constant(UTF8), fc.string({ unit: 'grapheme', maxLength: 60 })),
    fc.tuple(fc.constant(OCTETS), fc.uint8Array({ maxLength: 200 })),
  );

  it('is read again', () => {
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 12 }), (fields) => {
        const type = sequence(Object.fromEntries(fields.map(([each], index) => [`f${index}?`, each])));
        const value = Object.fromEntries(fields.map(([, each], index) => [`f${index}`, each]));
        expect({ ...(new UperReader(writeUper(type, value), 'test').read(type) as object) }).toEqual(value);
      }),
    );
  });
});
