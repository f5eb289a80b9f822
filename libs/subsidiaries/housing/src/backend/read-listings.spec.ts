import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { wodisObjectsCsv } from '#lib/formats';
import { atOnce } from '../feed/turns.js';
import { readListings } from './read-listings.js';

const CSV = readFileSync(new URL('../../fixtures/objects.csv', import.meta.url));
const LINES = CSV.toString('latin1').split('\r\n');

const readAll = (bytes: Buffer) => atOnce(readListings(wodisObjectsCsv(bytes)));

function readLines(...lines: readonly string[]) {
  return readAll(Buffer.from(lines.join('\r\n'), 'latin1'));
}

describe('readListings', () => {
  it('reads flats with umlauts and exact rents, in the order of the file, and passes over parking spaces', () => {
    const { value, omissions } = readAll(CSV);
    expect(value.map(({ number, grossRent }) => [number, grossRent])).toEqual([
      ['5120 / 4 / 11', '570.50'],
      ['6034 / 2 / 7', '299.00'],
      ['5120 / 4 / 13', '400.00'],
    ]);
    expect(value[0]).toEqual({
      number: '5120 / 4 / 11',
      title: 'Drei Räume mit "Weitblick"',
      address: 'Großschwabhäuser Straße 8, 07747 Jena',
      postcode: '07747',
      city: 'Jena',
      district: 'Lobeda-West',
      rooms: '3.0',
      area: '70.40',
      floor: '5. Etage',
      netRent: '402.50',
      serviceCharges: '168.00',
      heatingCharges: '101.25',
      heatingIncluded: true,
      grossRent: '570.50',
      deposit: 'kautionsfrei',
      availableFrom: null,
      availability: 'sofort',
      yearBuilt: '1972',
      heating: 'Fernwärme',
      energy: { kind: 'CONSUMPTION', value: '91.20', date: '2021-05-12' },
      lift: true,
      balcony: true,
      cellar: 'Kellerabteil',
      parking: 'öffentlich',
      location: 'Am Hang über der Saale.',
      description: 'Bad mit Wanne; Küche mit Fenster.',
      equipment: null,
      images: [{ file: '00700001.jpg', title: 'Südseite' }],
    });
    expect(omissions).toEqual([{ path: 'objects.csv[3].Warmmiete', reason: 'is not net rent plus service charges' }]);
  });

  it('reads what is missing as unknown', () => {
    expect(readAll(CSV).value[1]).toMatchObject({
      title: null,
      availableFrom: '2027-02-01',
      energy: { kind: 'DEMAND', value: null, date: '2018-09-03' },
      location: null,
      images: [],
    });
    expect(readAll(CSV).value[2]?.energy).toBeNull();
  });

  it('reports a flat that is listed again', () => {
    const { value, omissions } = readLines(LINES[0]!, LINES[1]!, LINES[0]!);
    expect(value).toHaveLength(2);
    expect(omissions).toEqual([{ path: 'objects.csv[2]', reason: 'is listed before' }]);
  });

  it('leaves out a flat that does not state its rent', () => {
    const { value, omissions } = readLines(LINES[0]!.replace(';402,5;', ';;'), LINES[1]!);
    expect(value).toHaveLength(1);
    expect(omissions).toEqual([{ path: 'objects.csv[0].Kaltmiete', reason: 'is empty' }]);
  });

  it('reads an export of parking spaces only as no flats', () => {
    expect(readLines(LINES[2]!)).toEqual({ value: [], omissions: [] });
  });

  it('refuses a file without a single readable row, saying what is wrong with the first', () => {
    expect(() => readLines('<html>', '</html>')).toThrow('objects.csv[0]: has not 107 columns');
    expect(() => readLines(LINES[3]!)).toThrow('objects.csv[0].Warmmiete: is not net rent plus service charges');
    expect(() => readLines('')).toThrow('objects.csv: is empty');
    expect(() => readAll(Buffer.from('PK\u0003\u0004 nonsense'))).toThrow('zip: has no directory');
  });
});
