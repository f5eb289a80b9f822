import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { wodisObjectsCsv, wodisObjectsCsvFrom } from './wodis-archive.js';

const csv = new Uint8Array(Buffer.from('I;1;Wohnraum'));
const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);

const inMemory = (bytes: Buffer): Promise<Buffer> => Promise.resolve().then(() => wodisObjectsCsv(bytes));
const inFile = (bytes: Buffer): Promise<Buffer> => {
  const read = (at: number, length: number) => Promise.resolve(bytes.subarray(at, at + length));
  return wodisObjectsCsvFrom({ size: bytes.length, read });
};

describe.each([
  ['in memory', inMemory],
  ['in a file', inFile],
])('the list of objects of an export %s', (_place, objectsCsv) => {
  it('is taken out of it, wherever it lies', async () => {
    expect(await objectsCsv(Buffer.from(zipSync({ 'a.jpg': jpeg, 'objects.csv': csv })))).toEqual(Buffer.from(csv));
    expect(await objectsCsv(Buffer.from(zipSync({ 'export/OBJECTS.CSV': csv })))).toEqual(Buffer.from(csv));
  });

  it('may be there bare', async () => {
    expect(await objectsCsv(Buffer.from(csv))).toEqual(Buffer.from(csv));
  });

  it('may be empty', async () => {
    expect(await objectsCsv(Buffer.from(zipSync({ 'objects.csv': new Uint8Array() })))).toHaveLength(0);
    expect(await objectsCsv(Buffer.alloc(0))).toHaveLength(0);
  });

  it('may have any name when it is the only one, but objects.csv counts before others', async () => {
    expect(await objectsCsv(Buffer.from(zipSync({ 'stock.csv': csv, 'a.jpg': jpeg })))).toEqual(Buffer.from(csv));
    expect(await objectsCsv(Buffer.from(zipSync({ 'a.csv': jpeg, 'objects.csv': csv })))).toEqual(Buffer.from(csv));
  });

  it.each([
    ['there is none', { 'a.jpg': jpeg }],
    ['there are two of that name', { 'objects.csv': csv, 'b/objects.csv': csv }],
    ['there are two of other names', { 'a.csv': csv, 'b.csv': csv }],
  ])('is refused when %s', async (_case, files) => {
    await expect(objectsCsv(Buffer.from(zipSync(files)))).rejects.toThrow('has not exactly one list of objects');
  });

  it.each([
    ['larger than 16 MiB', Buffer.alloc(2 ** 24 + 1), 0 as const],
    ['a bomb', Buffer.alloc(2 ** 24), 9 as const],
  ])('is refused when it is %s', async (_case, bytes, level) => {
    await expect(objectsCsv(Buffer.from(zipSync({ 'objects.csv': bytes }, { level })))).rejects.toMatchObject({
      code: 'UPSTREAM_MALFORMED',
    });
  });
});

it('a bare list in a file that is too large is not even fetched', async () => {
  const read = (_at: number, length: number) => Promise.resolve(Buffer.from('I;1;').subarray(0, length));
  await expect(wodisObjectsCsvFrom({ size: 2 ** 24 + 1, read })).rejects.toThrow('is larger than 16 MiB');
});
