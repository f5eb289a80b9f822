import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ValueCodec } from './value-codec.js';

const KEY = Buffer.alloc(32, 7);
const entry = (value: unknown): { value: unknown; freshUntil: number; staleUntil: number } => ({
  value,
  freshUntil: 1_000,
  staleUntil: 2_000,
});
const JANA = entry({
  name: 'Jana Großmann',
  rows: Array.from({ length: 200 }, (_, index) => ({ number: `03${index}` })),
});

describe.each([
  ['in the clear', new ValueCodec(null)],
  ['encrypted', new ValueCodec(KEY)],
])('a value as bytes, %s', (_, codec) => {
  it('comes back as it was, with its times', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.nat(), (value, freshUntil, staleUntil) => {
        const whole = { value: JSON.parse(JSON.stringify(value)) as unknown, freshUntil, staleUntil };
        expect(codec.decode(codec.encode(whole, 'here')!, 'here')).toEqual(whole);
      }),
    );
  });

  it('is smaller than its text when that is long', () => {
    expect(codec.encode(JANA, 'here')!.length).toBeLessThan(JSON.stringify(JANA).length / 2);
    expect(codec.decode(codec.encode(JANA, 'here')!, 'here')).toEqual(JANA);
  });

  it.each([
    ['a map', new Map([['a', 1]])],
    ['a date', new Date(0)],
    ['bytes', Buffer.of(1)],
    ['no number', Number.NaN],
    ['a whole number beyond all others', 10n],
    ['nothing in a list', [undefined]],
    ['something that writes itself', { toJSON: () => 1 }],
    ['nothing', undefined],
  ])('is not made of what JSON would change: %s', (__, value) => {
    expect(codec.encode(entry({ deep: [value] }), 'here')).toBeNull();
  });

  it('is not made of what contains itself', () => {
    const round: { self?: unknown } = {};
    round.self = round;
    expect(codec.encode(entry(round), 'here')).toBeNull();
  });

  it('leaves out what is too large', () => {
    expect(codec.encode(entry('x'.repeat(2_000_000)), 'here')).toBeNull();
  });

  it('is nothing when the bytes are not ours', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(codec.decode(Buffer.from(bytes), 'here')).toBeUndefined();
      }),
    );
  });
});

describe('a value in the clear', () => {
  it.each([
    ['of another shape', '[1,2]'],
    ['without times', '["1",2,{}]'],
    ['without end', '[1,2,'],
  ])('is nothing when it is %s', (_, text) => {
    expect(new ValueCodec(null).decode(Buffer.from(`\0${text}`), 'here')).toBeUndefined();
  });

  it('is not unpacked beyond the largest size', () => {
    const bomb = deflateRawSync(`[1,2,"${'x'.repeat(50_000_000)}"]`);
    expect(bomb.length).toBeLessThan(100_000);
    expect(new ValueCodec(null).decode(Buffer.concat([Buffer.of(1), bomb]), 'here')).toBeUndefined();
  });
});

describe('an encrypted value', () => {
  const codec = new ValueCodec(KEY);

  it('shows nothing of itself and looks different each time', () => {
    const short = entry('Jana');
    const bytes = codec.encode(short, 'here')!;
    expect(bytes.includes('Jana')).toBe(false);
    expect(codec.encode(short, 'here')!.equals(bytes)).toBe(false);
  });

  it('does not open under another name or with another key', () => {
    const bytes = codec.encode(JANA, 'here')!;
    expect(codec.decode(bytes, 'there')).toBeUndefined();
    expect(new ValueCodec(Buffer.alloc(32, 8)).decode(bytes, 'here')).toBeUndefined();
    expect(new ValueCodec(null).decode(bytes, 'here')).toBeUndefined();
  });

  it('does not open when a single bit was changed', () => {
    const bytes = codec.encode(entry('Jana'), 'here')!;
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(codec.decode(changed, 'here')).toBeUndefined();
      }),
    );
  });
});
