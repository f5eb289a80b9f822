import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { flatsToLet } from '../../world/listings.js';
import type { World } from '../../world/world.js';
import { imagineWorld, withSystem } from '../tenancy/testing/bench.js';
import { createOpenimmo } from './openimmo.js';

const FLATS = flatsToLet('2026-11-24');
const FULL = '/export/openimmo.zip';
const DELTA = '/export/openimmo-teil.xml';
const AUTHORIZATION = `Basic ${Buffer.from('portal-saaltor:sandbox-openimmo').toString('base64')}`;

const city = imagineWorld({ listings: () => FLATS });

async function get(path: string, headers: Record<string, string> = {}, world: World = city) {
  let answer: { status: number; headers: Headers; bytes: Buffer } | undefined;
  await withSystem(createOpenimmo, world, async (url) => {
    const response = await fetch(url + path, { headers: { Authorization: AUTHORIZATION, ...headers } });
    answer = { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  });
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, htmlEntities: true });

/** Free-form XML: the specs look into it by path. */
interface Tree {
  readonly [name: string]: Tree & Tree[] & string;
}

function parse(bytes: Buffer): { transfer: Tree; estates: readonly Tree[] } {
  const text = bytes.toString('latin1');
  if (XMLValidator.validate(text) !== true) throw new Error('not well-formed');
  const { openimmo } = parser.parse(text) as Tree;
  return { transfer: openimmo!['uebertragung']!, estates: openimmo!['anbieter']!['immobilie']! };
}

const numberOf = (estate: Tree | undefined) => estate?.['verwaltung_techn']?.['objektnr_extern'];

/** How many flats say so in `verwaltung_objekt`. */
function count(name: string, value: string): number {
  return estates.filter((estate) => estate['verwaltung_objekt']?.[name] === value).length;
}

const files = unzipSync((await get(FULL)).bytes);
const document = Buffer.from(files['openimmo.xml'] ?? []);
const { transfer, estates } = parse(document);

describe('the full export', () => {
  it('is declared and encoded as ISO-8859-1, with references for what that lacks', () => {
    expect(document.toString('latin1')).toMatch(/^<\?xml version="1\.0" encoding="ISO-8859-1"\?>\n<openimmo>/);
    expect(document.includes(Buffer.from('Emil-W\xf6lk-Stra\xdfe', 'latin1'))).toBe(true);
    expect(document.toString('latin1')).toContain('Altbau am Anger &#8211; möbliert');
    expect(transfer).toMatchObject({ '@_art': 'ONLINE', '@_umfang': 'VOLL', '@_version': '1.2.7' });
  });

  it('holds the flats of the Wodis export, two more and two spoilt ones', () => {
    expect(estates.map(numberOf)).toEqual([
      ...FLATS.map(({ number }) => number),
      '9001 / 1 / 4',
      '9002 / 2 / 1',
      '9003 / 1 / 1',
      undefined,
    ]);
    expect(estates.at(-2)?.['flaechen']?.['wohnflaeche']).toBe('ca. siebzig');
    expect(estates.filter((estate) => /^\d+\.\d+$/.test(String(estate['flaechen']?.['wohnflaeche'])))).toHaveLength(63);
  });

  it('tells the facts of a flat in the order of the standard', () => {
    const [flat, estate] = [FLATS[3], estates[3]];
    const parts =
      'objektkategorie geo kontaktperson preise flaechen ausstattung zustand_angaben freitexte anhaenge ' +
      'verwaltung_objekt verwaltung_techn';
    expect(Object.keys(estate ?? {}).join(' ')).toBe(parts);
    expect(estate).toMatchObject({
      geo: { plz: flat?.postcode, ort: 'Jena', strasse: flat?.street, hausnummer: flat?.houseNumber },
      preise: {
        nettokaltmiete: flat?.netRent,
        nebenkosten: flat?.serviceCharges,
        heizkosten: flat?.heatingCharges,
        waehrung: { '@_iso_waehrung': 'EUR' },
      },
      flaechen: { wohnflaeche: flat?.area, anzahl_zimmer: flat?.rooms },
      freitexte: { objekttitel: flat?.title },
      verwaltung_objekt: { objektadresse_freigeben: 'false' },
    });
  });

  it('adds the rents up', () => {
    for (const { preise } of estates) {
      const [net, charges, gross] = ['nettokaltmiete', 'nebenkosten', 'warmmiete'].map((name) =>
        Number(preise?.[name]),
      );
      expect((net ?? 0) + (charges ?? 0)).toBeCloseTo(gross ?? Number.NaN, 2);
    }
  });

  it('hides some addresses and asks for a certificate for some flats', () => {
    expect([count('objektadresse_freigeben', 'false'), count('objektadresse_freigeben', 'true')]).toEqual([12, 52]);
    expect(count('wbs_sozialwohnung', '1')).toBe(9);
  });

  it('brings every picture it names', () => {
    const named = [...document.toString('latin1').matchAll(/<pfad>([^<]+)<\/pfad>/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThan(60);
    expect([...named, 'openimmo.xml'].toSorted()).toEqual(Object.keys(files).toSorted());
  });
});

describe('the delta', () => {
  it('changes one of the two flats for portals and deletes the other', async () => {
    const delta = parse((await get(DELTA)).bytes);
    expect(delta.transfer).toMatchObject({ '@_umfang': 'TEIL' });
    const told = delta.estates.map((estate) => [
      numberOf(estate),
      estate['verwaltung_techn']?.['aktion']?.['@_aktionart'],
      estate['preise']?.['nettokaltmiete'],
    ]);
    expect(told).toEqual([
      ['9001 / 1 / 4', 'CHANGE', '597.00'],
      ['9002 / 2 / 1', 'DELETE', '268.00'],
    ]);
  });
});

describe('the exports as downloads', () => {
  it.each([FULL, DELTA])('answer 304 to their own entity tag for a day: %s', async (path) => {
    const etag = (await get(path)).headers.get('etag') ?? '';
    const again = await get(path, { 'If-None-Match': etag });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const tomorrow = imagineWorld({ listings: () => FLATS, today: () => '2026-11-25' });
    expect((await get(path, { 'If-None-Match': etag }, tomorrow)).status).toBe(200);
  });

  it.each([FULL, DELTA, '/feedback'])('turn away who does not sign in: %s', async (path) => {
    const refused = await get(path, { Authorization: 'Basic eDp5' });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="openimmo"']);
  });

  it('know no other file and obey a fault', async () => {
    expect((await get('/export/openimmo.xml')).status).toBe(404);
    const faults = { find: (system: string) => ({ kind: '500' as const, system, household: null }) };
    expect((await get(FULL, {}, imagineWorld({ faults }))).status).toBe(500);
  });
});
