import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { WODIS_COLUMNS } from './wodis-csv.js';
import { readWodisObject } from './wodis-object.js';

/** A row of our own with one change or more, by column counted from 1. */
function cells(changes: Readonly<Record<number, string>> = {}): readonly string[] {
  const content: Readonly<Record<number, string>> = {
    1: 'I',
    2: '1',
    3: 'Wohnraum',
    4: '4711 / 2 / 5',
    5: 'jenawohnen GmbH',
    6: 'Beispielweg',
    7: '12a',
    8: '07749',
    9: 'Jena',
    10: 'Wenigenjena',
    11: '1974',
    14: 'sofort',
    15: '2. Etage',
    16: '2,5',
    17: '61,07',
    18: 'Fernwärme',
    19: '88,1',
    20: 'Verbrauchsausweis',
    21: '03.07.2019',
    23: '1.302,50',
    24: '151',
    25: '90,25',
    26: 'ja',
    27: '1453,5',
    29: 'kautionsfrei',
    30: 'Ruhig gelegen',
    32: 'Lage',
    33: 'Beschreibung',
    34: 'Parkett',
    35: 'vorhanden',
    36: 'nicht vorhanden',
    37: 'Keller 7',
    46: 'Tiefgarage',
    58: '1.jpg',
    59: 'jpg',
    62: 'Haus',
    63: '2.jpg',
    103: '10.jpg',
    107: 'Grundriss',
    ...changes,
  };
  return Array.from({ length: WODIS_COLUMNS }, (_, index) => content[index + 1] ?? '');
}

function read(changes: Readonly<Record<number, string>> = {}) {
  return readWodisObject(cells(changes), 'objects.csv[0]');
}

function refusalOf(changes: Readonly<Record<number, string>>): string {
  try {
    read(changes);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

describe('readWodisObject', () => {
  it('reads every column that it knows', () => {
    expect(read()).toEqual({
      use: 'FLAT',
      number: '4711 / 2 / 5',
      street: 'Beispielweg',
      houseNumber: '12a',
      postcode: '07749',
      city: 'Jena',
      district: 'Wenigenjena',
      yearBuilt: '1974',
      availability: 'sofort',
      availableFrom: null,
      floor: '2. Etage',
      rooms: '2.5',
      area: '61.07',
      heating: 'Fernwärme',
      energyValue: '88.10',
      energyCertificate: 'Verbrauchsausweis',
      certificateDate: '2019-07-03',
      netRent: '1302.50',
      serviceCharges: '151.00',
      heatingCharges: '90.25',
      heatingIncluded: true,
      grossRent: '1453.50',
      deposit: 'kautionsfrei',
      title: 'Ruhig gelegen',
      locationText: 'Lage',
      description: 'Beschreibung',
      equipment: 'Parkett',
      lift: true,
      balcony: false,
      cellar: 'Keller 7',
      parking: 'Tiefgarage',
      images: [
        { file: '1.jpg', title: 'Haus' },
        { file: '2.jpg', title: null },
        { file: '10.jpg', title: 'Grundriss' },
      ],
    });
  });

  it('takes empty cells as unknown', () => {
    const empty = Object.fromEntries(Array.from({ length: 98 }, (_, index) => [index + 10, '']));
    const object = read(empty);
    expect(object).toMatchObject({
      district: null,
      rooms: null,
      netRent: null,
      grossRent: null,
      lift: null,
      images: [],
    });
  });

  it.each([
    ['Beispielweg 12a', '12a', 'Beispielweg'],
    ['Beispielweg 12A', '12a', 'Beispielweg'],
    ['Beispielweg', '12a', 'Beispielweg'],
    ['Beispielweg 112a', '12a', 'Beispielweg 112a'],
    ['Straße des 17. Juni', '17', 'Straße des 17. Juni'],
    ['Beispielweg 3', '', 'Beispielweg 3'],
    ['12a', '12a', '12a'],
  ])('reads the street "%s" with house number "%s" as "%s"', (street, houseNumber, expected) => {
    expect(read({ 6: street, 7: houseNumber }).street).toBe(expected);
  });

  it('reads a date of availability and leaves words as words', () => {
    expect(read({ 14: '01.02.2027' })).toMatchObject({ availableFrom: '2027-02-01', availability: '01.02.2027' });
    expect(read({ 14: 'nach Absprache' })).toMatchObject({ availableFrom: null, availability: 'nach Absprache' });
  });

  it.each([
    ['Gewerbe', 'COMMERCIAL'],
    ['gewerbliche Nutzung', 'COMMERCIAL'],
    ['Stellplatz', 'PARKING'],
    ['Garage', 'PARKING'],
    ['Sternwarte', 'OTHER'],
    ['constructor', 'OTHER'],
  ])('reads the use %s as %s', (written, use) => {
    expect(read({ 3: written }).use).toBe(use);
  });

  it.each([
    ['a gross rent that is off by a cent', { 27: '1453,51' }, 'Warmmiete: is not net rent plus service charges'],
    [
      'more heating than service charges',
      { 25: '151,01' },
      'Heizkosten: is more than the service charges that contain it',
    ],
    ['a decimal point', { 24: '151.00' }, 'Nebenkosten: is not a number with decimal comma'],
    ['fractions of a cent', { 24: '151,005' }, 'Nebenkosten: has fractions of a cent'],
    ['a negative rent', { 23: '-5' }, 'Kaltmiete: is not a number with decimal comma'],
    ['the unit of something else', { 24: '151 m²' }, 'Nebenkosten: is not a number with decimal comma'],
    ['a unit without a number', { 24: '€' }, 'Nebenkosten: is not a number with decimal comma'],
    ['words for an area', { 17: 'ca. 60' }, 'Wohnflaeche: is not a number with decimal comma'],
    ['a day that does not exist', { 21: '31.04.2019' }, 'Ausweisdatum: is not an existing day written dd.mm.yyyy'],
    ['a date in another notation', { 14: '1.2.27' }, 'Verfuegbarkeit: is not an existing day written dd.mm.yyyy'],
    ['no number', { 4: '' }, 'Objektnummer: is empty'],
    ['a number of other characters', { 4: '4711 \u0007' }, 'Objektnummer: is not an object number'],
    ['a postcode without its zero', { 8: '7749' }, 'PLZ: is not a postcode of five digits'],
    ['another type of record', { 1: 'D' }, 'Satzart: is not a known type of record'],
  ])('refuses %s', (_case, changes, message) => {
    expect(refusalOf(changes)).toBe(`objects.csv[0].${message}`);
  });

  it('accepts equal amounts in different notation', () => {
    expect(read({ 23: '1302,5000', 25: '151,00' })).toMatchObject({ netRent: '1302.50', heatingCharges: '151.00' });
  });

  it('reads numbers that are written with their units', () => {
    const units = {
      16: '2,5 Zimmer',
      17: '61,07 m²',
      19: '88,1 kWh/(m²a)',
      23: '1.302,50 €',
      24: '151€',
      25: '90,25 EUR',
    };
    expect(read(units)).toEqual(read());
  });

  it('refuses a row with another number of columns', () => {
    expect(() => readWodisObject(cells().slice(1), 'objects.csv[4]')).toThrow('objects.csv[4]: has not 107 columns');
    expect(() => readWodisObject([...cells(), ''], 'objects.csv[4]')).toThrow('objects.csv[4]: has not 107 columns');
  });
});
