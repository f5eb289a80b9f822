import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readBo4e } from '#lib/formats';
import { addDays, epochOf, type CalendarDate, type Instant } from '#lib/kernel';
import { COMMODITIES } from '../model/commodity.js';
import type { EnergyContract } from '../model/contracts/energy-contract.js';
import { bo4eOf, type Bo4eJson } from './bo4e-contract.js';
import { prefersBo4e } from './bo4e-media-type.js';
import type { ShownTerms } from './shown-terms.js';

const TODAY = '2026-11-22' as CalendarDate;
const CONTRACT: EnergyContract = {
  number: '0900071001',
  contractAccount: '000300071001',
  commodity: 'POWER',
  product: 'Flussstrom "grün" & <billig>',
  from: '2026-04-01' as CalendarDate,
  until: null,
  supplyPoint: {
    address: { street: 'Saalgasse', houseNumber: '3 a', postcode: '07743', city: 'Jena' },
    marketLocation: '51238696781',
    meteringLocation: 'DE0007771234500000000000000000042',
  },
};
const TERMS: ShownTerms = {
  minimumTerm: { count: 12, unit: 'MONTH' },
  noticePeriod: { count: 4, unit: 'WEEK' },
  boundUntil: null,
  earliestEnd: null,
};

const readBack = (objects: readonly Bo4eJson[]): ReturnType<typeof readBo4e> =>
  readBo4e(Buffer.from(JSON.stringify(objects)));

describe('a contract as BO4E', () => {
  it('is a Vertrag with its Marktlokation and Messlokation, as our reader reads it', () => {
    const { objects, omissions, warnings } = readBack(bo4eOf(CONTRACT, TERMS, TODAY));
    expect([omissions, warnings]).toEqual([[], []]);
    expect(objects.map(({ type }) => type)).toEqual(['VERTRAG', 'MARKTLOKATION', 'MESSLOKATION']);
    expect(objects[0]).toMatchObject({
      object: {
        vertragsnummer: '0900071001',
        beschreibung: CONTRACT.product,
        vertragsart: 'ENERGIELIEFERVERTRAG',
        vertragstatus: 'AKTIV',
        sparte: 'STROM',
        // Midnight in Berlin.
        vertragsbeginn: '2026-03-31T22:00:00.000Z',
        vertragsende: null,
        vertragspartner1: { boTyp: 'GESCHAEFTSPARTNER', name1: 'Stadtwerke Energie', gewerbekennzeichnung: true },
        vertragspartner2: null,
        vertragskonditionen: {
          vertragslaufzeit: { einheit: 'MONAT', dauer: '12' },
          kuendigungsfrist: { einheit: 'WOCHE', dauer: '4' },
        },
        vertragsteile: [{ lokation: '51238696781' }],
      },
    });
    expect(objects[1]).toMatchObject({
      object: {
        marktlokationsId: '51238696781',
        sparte: 'STROM',
        lokationsadresse: { strasse: 'Saalgasse', hausnummer: '3 a', postleitzahl: '07743', ort: 'Jena' },
      },
    });
    expect(objects[2]).toMatchObject({ object: { messlokationsId: 'DE0007771234500000000000000000042' } });
  });

  it('tells no location that the caller may not see', () => {
    const hidden = { ...CONTRACT.supplyPoint!, marketLocation: null, meteringLocation: null };
    for (const supplyPoint of [hidden, null]) {
      const objects = bo4eOf({ ...CONTRACT, supplyPoint }, null, TODAY);
      expect(objects.map(({ boTyp }) => boTyp)).toEqual(['VERTRAG']);
      expect(objects[0]).toMatchObject({ vertragsteile: null, vertragskonditionen: null });
    }
  });

  it('ends with the first moment after its last day', () => {
    const [ended] = bo4eOf({ ...CONTRACT, until: '2026-10-24' as CalendarDate }, null, TODAY);
    expect(ended).toMatchObject({ vertragsende: '2026-10-25T00:00:00+02:00', vertragstatus: 'BEENDET' });
    const [future] = bo4eOf({ ...CONTRACT, from: '2027-01-01' as CalendarDate }, null, TODAY);
    expect(future).toMatchObject({ vertragsbeginn: '2027-01-01T00:00:00+01:00', vertragstatus: 'ANGENOMMEN' });
  });

  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01' as CalendarDate, days));
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  const contract = fc.record<EnergyContract>({
    number: fc.stringMatching(/^\d{10}$/),
    contractAccount: fc.stringMatching(/^\d{12}$/),
    commodity: fc.constantFrom(...COMMODITIES),
    product: word,
    from: day,
    until: fc.option(day),
    supplyPoint: fc.option(
      fc.record({
        address: fc.record({ street: word, houseNumber: word, postcode: fc.stringMatching(/^\d{5}$/), city: word }),
        marketLocation: fc.constantFrom(null, '51238696781', '41373559241'),
        meteringLocation: fc.constantFrom(null, 'DE0007771234500000000000000000042'),
      }),
    ),
  });

  it('comes back from our reader as it was, whatever it says', () => {
    fc.assert(
      fc.property(contract, (each) => {
        const written = bo4eOf(each, TERMS, TODAY);
        if (each.commodity === 'OTHER') return void expect(written).toEqual([]);
        const { objects, omissions, warnings } = readBack(written);
        expect([omissions, warnings]).toEqual([[], []]);
        const [vertrag, ...locations] = objects.map(
          (found) => (found.type === 'OTHER' ? found.fields : found.object) as Read,
        );
        expect(vertrag!['vertragsnummer']).toBe(each.number);
        expect(vertrag!['beschreibung']).toBe(each.product);
        expect(berlinDayOf(vertrag!['vertragsbeginn'])).toBe(each.from);
        expect(berlinDayOf(vertrag!['vertragsende'])).toBe(each.until && addDays(each.until, 1));
        const { marketLocation = null, meteringLocation = null } = each.supplyPoint ?? {};
        const ids = locations.map((location) => location['marktlokationsId'] ?? location['messlokationsId']);
        expect(ids).toEqual([marketLocation, meteringLocation].filter((id) => id !== null));
      }),
    );
  });

  const folder = process.env['SAMPLES'] ?? '';
  const schemas = join(folder, 'energy-bo4e/schema');
  const whereThereAreSamples = folder !== '' && existsSync(schemas) ? it : it.skip;

  whereThereAreSamples('follows the schemas of the standard', () => {
    for (const written of [bo4eOf(CONTRACT, TERMS, TODAY), bo4eOf({ ...CONTRACT, commodity: 'GAS' }, null, TODAY)]) {
      for (const object of written) {
        const name = `${String(object['boTyp']).slice(0, 1)}${String(object['boTyp']).slice(1).toLowerCase()}.json`;
        const schema = JSON.parse(readFileSync(join(schemas, name), 'utf8')) as Schema;
        expect(misfits(object, schema, schema)).toEqual([]);
        expect(misfits({ ...object, sparte: 'KOHLE' }, schema, schema)).toEqual(['$.sparte is no word of its list']);
      }
    }
  });
});

describe('the wish for BO4E', () => {
  it.each([
    ['application/vnd.bo4e+json', true],
    ['Application/vnd.BO4E+json; charset=utf-8', true],
    ['application/json;q=0.5, application/vnd.bo4e+json', true],
    ['application/json, application/vnd.bo4e+json;q=0.9', false],
    ['application/vnd.bo4e+json;q=0', false],
    ['application/vnd.bo4e+json;q=viel', true],
    ['application/json', false],
    ['*/*', false],
    ['', false],
    [undefined, false],
  ])('in %s is %p', (accept, wished) => {
    expect(prefersBo4e(accept)).toBe(wished);
  });

  it('is looked for at the beginning of a very long header only', () => {
    expect(prefersBo4e(`${'a/b,'.repeat(100_000)}application/vnd.bo4e+json`)).toBe(false);
  });
});

type Read = Readonly<Record<string, unknown>>;

function berlinDayOf(instant: unknown): string | null {
  if (instant === null) return null;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
  return day.format(epochOf(instant as Instant));
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The rules of JSON Schema that these schemas use. */
function misfits(value: unknown, given: Schema, root: Schema, at = '$'): string[] {
  const schema = given.$ref === undefined ? given : root.definitions![given.$ref.split('/').at(-1)!]!;
  const types = [schema.type ?? []].flat();
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const isInteger = type === 'number' && types.includes('integer') && Number.isInteger(value);
  if (types.length > 0 && !types.includes(type) && !isInteger) return [`${at} is ${type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is no word of its list`];
  if (schema.format === 'date-time' && value !== null && !/T.*(?:Z|[+-]\d\d:\d\d)$/.test(String(value))) {
    return [`${at} is no time`];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => misfits(item, schema.items!, root, `${at}[${index}]`));
  if (type !== 'object') return [];
  const fields = value as Read;
  const missing = (schema.required ?? []).filter((name) => !(name in fields)).map((name) => `${at}.${name} is missing`);
  const wrong = Object.entries(fields).flatMap(([name, inner]) => {
    const property = schema.properties?.[name];
    return property ? misfits(inner, property, root, `${at}.${name}`) : [`${at}.${name} is unknown`];
  });
  return [...missing, ...wrong];
}
