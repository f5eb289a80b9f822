import { describe, expect, it } from '@jest/globals';
import { flatsToLet } from './listings.js';
import { cents } from './money.js';

const flats = flatsToLet('2026-11-22');

describe('the flats to let', () => {
  it('are sixty with different numbers, fifteen in each district', () => {
    expect(new Set(flats.map((flat) => flat.number)).size).toBe(60);
    for (const district of ['Lobeda', 'Winzerla', 'Jena-Nord', 'Zentrum']) {
      expect(flats.filter((flat) => flat.district === district)).toHaveLength(15);
    }
  });

  it('contain their heating share in the service charges', () => {
    for (const flat of flats) expect(cents(flat.heatingCharges)).toBeLessThan(cents(flat.serviceCharges));
  });

  it('are free at once or from the first of a month to come', () => {
    const dates = flats.flatMap(({ availableFrom }) => availableFrom ?? []);
    expect(dates.length).toBeGreaterThan(0);
    expect(dates.length).toBeLessThan(60);
    for (const date of dates) expect(date).toMatch(/^(?:2026-12|2027-0[1-3])-01$/);
  });

  it('have texts that fit into ISO-8859-1 without semicolon, quotation mark or line break', () => {
    const texts = JSON.parse(JSON.stringify(flats), (_name, value: unknown) =>
      typeof value === 'object' && value !== null ? Object.values(value).flat() : value,
    ) as string[][];
    // eslint-disable-next-line no-control-regex
    for (const text of texts.flat()) expect(String(text)).toMatch(/^[^;"\u0000-\u001f\u0100-\uffff]*$/);
    const all = texts.flat().join(' ');
    for (const character of ['ä', 'ö', 'ü', 'ß', "'"]) expect(all).toContain(character);
  });

  it('name each picture once', () => {
    const files = flats.flatMap(({ images }) => images.map(({ file }) => file));
    expect(new Set(files).size).toBe(files.length);
    for (const file of files) expect(file).toMatch(/^\d{8}\.jpg$/);
  });
});
