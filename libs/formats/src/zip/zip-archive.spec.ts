import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zipSync, type Zippable } from 'fflate';
import { AppError } from '#lib/kernel';
import { isZip, listZip, unzip } from './zip-archive.js';

const MIB = 1024 * 1024;
const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content));

function archive(files: Zippable): Buffer {
  return Buffer.from(zipSync(files));
}

/** Changes a number in the directory entry of the only file. */
function withDirectory(bytes: Buffer, offset: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  const directory = copy.readUInt32LE(copy.length - 6);
  copy.writeUInt32LE(value, directory + offset);
  return copy;
}

function unpackOnly(bytes: Buffer, mostBytes = MIB): Buffer {
  return unzip(bytes, listZip(bytes)[0]!, mostBytes);
}

function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

describe('a ZIP archive', () => {
  it('gives back what another program has packed, stored or deflated', () => {
    const files = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}\.csv$/), fc.uint8Array({ maxLength: 300 }), {
      minKeys: 1,
      maxKeys: 5,
    });
    fc.assert(
      fc.property(files, fc.constantFrom(0 as const, 6 as const), (contents, level) => {
        const bytes = Buffer.from(zipSync(contents, { level }));
        const unpacked = listZip(bytes).map((entry) => [entry.name, [...unzip(bytes, entry, MIB)]]);
        expect(Object.fromEntries(unpacked)).toEqual(
          Object.fromEntries(Object.entries(contents).map(([name, each]) => [name, [...each]])),
        );
      }),
    );
  });

  it('is recognised by its first bytes, empty ones included', () => {
    expect([archive({ a: text('a') }), archive({}), Buffer.from('I;1;Wohnraum'), Buffer.alloc(0)].map(isZip)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is found behind a comment', () => {
    const bytes = Buffer.from(zipSync({ a: text('content') }, { comment: 'x' }));
    expect(unpackOnly(bytes).toString()).toBe('content');
  });

  it.each(['../objects.csv', 'a/../../objects.csv', '/etc/objects.csv', 'C:/objects.csv', 'a\\objects.csv', '..'])(
    'with the entry "%s" is refused',
    (name) => {
      expect(refusalOf(() => listZip(archive({ [name]: text('x') })))).toBe(
        'zip: has an entry whose name leads out of its folder',
      );
    },
  );

  it('packed too tightly is refused before it is unpacked', () => {
    expect(refusalOf(() => unpackOnly(archive({ a: new Uint8Array(4 * MIB) }), 16 * MIB))).toBe(
      'zip: is packed tighter than any real file',
    );
  });

  it('that unpacks to too much is refused', () => {
    expect(refusalOf(() => unpackOnly(archive({ a: text('longer than three') }), 3))).toContain('more than 3 bytes');
  });

  it('that lies about its size stops while unpacking', () => {
    const bomb = withDirectory(archive({ a: new Uint8Array(4 * MIB) }), 24, 1000);
    expect(refusalOf(() => unpackOnly(bomb))).toBe('zip: has a damaged entry');
  });

  it.each([
    ['whose checksum is wrong', 16, 1],
    ['whose packed size lies beyond its end', 20, MIB],
    ['whose entry lies beyond its end', 42, 0xfffffff0],
  ])('%s is refused', (_case, offset, value) => {
    expect(refusalOf(() => unpackOnly(withDirectory(archive({ a: text('content') }), offset, value)))).not.toBe(
      'was read',
    );
  });

  it('with an encrypted entry or an unknown method is refused when that entry is asked for', () => {
    const bytes = archive({ a: text('content') });
    expect(refusalOf(() => unpackOnly(withDirectory(bytes, 8, 0x0008_0001)))).toBe('zip: is encrypted');
    expect(refusalOf(() => unpackOnly(withDirectory(bytes, 8, 0x000c_0000)))).toBe('zip: is packed in an unknown way');
  });

  it('with too many entries is refused', () => {
    const files = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`f${index}`, new Uint8Array()]));
    expect(refusalOf(() => listZip(archive(files)))).toContain('more than 10000 entries');
  });

  it('cut off, garbled or prefixed is refused and never crashes', () => {
    const bytes = archive({ 'objects.csv': text('I;1;Wohnraum\r\n'.repeat(20)), 'a.jpg': text('jpeg') });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const damaged = cut ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (!cut) damaged[at] = value;
        const outcome = refusalOf(() => listZip(damaged).map((entry) => unzip(damaged, entry, MIB)));
        expect(cut ? outcome.startsWith('zip: ') : true).toBe(true);
      }),
    );
  });
});
