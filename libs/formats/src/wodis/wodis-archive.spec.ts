import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { wodisObjectsCsv } from './wodis-archive.js';

const csv = new Uint8Array(Buffer.from('I;1;Wohnraum'));
const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);

describe('wodisObjectsCsv', () => {
  it('takes the list out of an export, wherever it lies', () => {
    expect(wodisObjectsCsv(Buffer.from(zipSync({ 'a.jpg': jpeg, 'objects.csv': csv })))).toEqual(Buffer.from(csv));
    expect(wodisObjectsCsv(Buffer.from(zipSync({ 'export/OBJECTS.CSV': csv })))).toEqual(Buffer.from(csv));
  });

  it('takes bare CSV as it is', () => {
    expect(wodisObjectsCsv(Buffer.from(csv))).toEqual(Buffer.from(csv));
  });

  it('takes the only list there is under any name, but objects.csv before others', () => {
    expect(wodisObjectsCsv(Buffer.from(zipSync({ 'stock.csv': csv, 'a.jpg': jpeg })))).toEqual(Buffer.from(csv));
    expect(wodisObjectsCsv(Buffer.from(zipSync({ 'a.csv': jpeg, 'objects.csv': csv })))).toEqual(Buffer.from(csv));
  });

  it.each([
    ['no list', { 'a.jpg': jpeg }],
    ['two lists of that name', { 'objects.csv': csv, 'b/objects.csv': csv }],
    ['two lists of other names', { 'a.csv': csv, 'b.csv': csv }],
  ])('refuses an export with %s', (_case, files) => {
    expect(() => wodisObjectsCsv(Buffer.from(zipSync(files)))).toThrow('has not exactly one list of objects');
  });
});
