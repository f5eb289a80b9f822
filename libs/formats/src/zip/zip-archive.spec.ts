import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zipSync, type Zippable } from 'fflate';
import { AppError } from '#lib/kernel';
import type { ByteSource } from './byte-source.js';
import { listZip, unzip } from './zip-archive.js';
import { isZip } from './zip-directory.js';
import { listZipFile, unzipFile } from './zip-file.js';

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

/** The archive as a file that notes what was fetched of it. */
function fileOf(bytes: Buffer) {
  const fetched: (readonly [at: number, length: number])[] = [];
  const read = (at: number, length: number): Promise<Buffer> => {
    fetched.push([at, length]);
    return Promise.resolve(bytes.subarray(at, at + length));
  };
  const source: ByteSource = { size: bytes.length, read };
  return { source, fetched };
}

async function unzipWhole(...args: Parameters<typeof unzipFile>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of unzipFile(...args)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Name and content of each entry, or why there is none. */
function everythingIn(bytes: Buffer): unknown {
  try {
    return listZip(bytes).map((entry) => [entry.name, unzip(bytes, entry, MIB).toString('hex')]);
  } catch (error) {
    return (error as Error).message;
  }
}

async function everythingInFile(source: ByteSource): Promise<unknown> {
  try {
    const contents: unknown[] = [];
    for (const entry of await listZipFile(source))
      contents.push([entry.name, (await unzipWhole(source, entry, MIB)).toString('hex')]);
    return contents;
  } catch (error) {
    return (error as Error).message;
  }
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

  it('whose entry has a name beyond any file system is refused', () => {
    expect(refusalOf(() => listZip(archive({ ['n'.repeat(1025)]: text('x') })))).toContain('longer than 1024 bytes');
    expect(listZip(archive({ ['n'.repeat(1024)]: text('x') }))).toHaveLength(1);
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

describe('a ZIP archive in a file', () => {
  const BIG = new Uint8Array(Array.from({ length: 500_000 }, (_, index) => (index * index) % 251));
  const FILES: Zippable = {
    'a.jpg': [BIG, { level: 0 }],
    'objects.csv': text(Array.from({ length: 10_000 }, (_, index) => `I;1;Wohnraum;${index * 7}\r\n`).join('')),
    'b.jpg': [BIG, { level: 0 }],
  };

  it('is told by its end, and of its content only what was asked for is fetched, piece by piece', async () => {
    const bytes = archive(FILES);
    const { source, fetched } = fileOf(bytes);
    const entries = await listZipFile(source);
    expect(entries).toEqual(listZip(bytes));
    expect(await unzipWhole(source, entries[1]!, MIB)).toEqual(Buffer.from(FILES['objects.csv'] as Uint8Array));
    expect(fetched.reduce((sum, [, length]) => sum + length, 0)).toBeLessThan(100_000);
    expect((await unzipWhole(source, entries[2]!, MIB)).equals(BIG)).toBe(true);
    expect(Math.max(...fetched.map(([, length]) => length))).toBeLessThanOrEqual(256 * 1024);
  });

  it('with a directory of many pieces is listed whole', async () => {
    const names = Array.from({ length: 8_000 }, (_, index) => `${'n'.repeat(index % 200)}${index}`);
    const bytes = archive(Object.fromEntries(names.map((name) => [name, [new Uint8Array(), { level: 0 }]])));
    const { source, fetched } = fileOf(bytes);
    expect((await listZipFile(source)).map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(fetched.length).toBeGreaterThan(3);
  });

  it('stops while unpacking when it lies about its size', async () => {
    const bomb = withDirectory(archive({ a: new Uint8Array(64 * MIB) }), 24, 1_000_000);
    const { source } = fileOf(bomb);
    const [entry] = await listZipFile(source);
    await expect(unzipWhole(source, entry!, 16 * MIB)).rejects.toMatchObject({ message: 'zip: has a damaged entry' });
  });

  it('is refused when it has become shorter meanwhile', async () => {
    const bytes = archive(FILES);
    const { source } = fileOf(bytes.subarray(0, -1));
    await expect(listZipFile({ ...source, size: bytes.length })).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });

  it('passes on what its source says of itself', async () => {
    const { source } = fileOf(archive(FILES));
    const entries = await listZipFile(source);
    const failure = new AppError('UPSTREAM_TIMEOUT', 'enough');
    const failing = { ...source, read: () => Promise.reject(failure) };
    await expect(listZipFile(failing)).rejects.toBe(failure);
    await expect(unzipWhole(failing, entries[1]!, MIB)).rejects.toBe(failure);
    let reads = 0;
    const breaking = {
      ...source,
      read: (at: number, length: number) => (++reads > 1 ? Promise.reject(failure) : source.read(at, length)),
    };
    await expect(unzipWhole(breaking, entries[1]!, MIB)).rejects.toBe(failure);
  });

  it('can be left in the middle', async () => {
    const { source, fetched } = fileOf(archive(FILES));
    const entries = await listZipFile(source);
    for await (const chunk of unzipFile(source, entries[0]!, MIB)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    const before = fetched.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(fetched).toHaveLength(before);
  });

  it('is read just as in memory, however it is damaged', async () => {
    const contents = {
      'objects.csv': text('I;1;Wohnraum\r\n'.repeat(20)),
      'a.jpg': text('jpeg'),
      b: new Uint8Array(0),
    };
    const damage = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0 as const, 6 as const), damage, fc.nat(40), async (level, changes, cut) => {
        const bytes = Buffer.from(zipSync(contents, { level }));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const damaged = bytes.subarray(0, bytes.length - (cut > 20 ? cut - 20 : 0));
        expect(await everythingInFile(fileOf(damaged).source)).toEqual(everythingIn(damaged));
      }),
      { numRuns: 500 },
    );
  });
});
