import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { AppError } from '#lib/kernel';
import { readOpenImmoFile, type OpenImmoFeed } from './read-openimmo-file.js';
import { estateXml, feedXml } from './testing/sample-feed.js';

const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

function feedOf(content: string | Buffer): OpenImmoFeed {
  const file = readOpenImmoFile(Buffer.from(content as string));
  if (file.kind !== 'feed') throw new Error('a feed was expected');
  return file;
}

function refusalOf(content: string | Buffer): string {
  try {
    readOpenImmoFile(Buffer.from(content as string));
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

describe('a malformed object', () => {
  it.each([
    [
      'a rent that is none',
      { preise: '<preise><kaltmiete>1.234,50</kaltmiete></preise>' },
      'preise.kaltmiete',
      'is not a number',
    ],
    [
      'a flag that is none',
      { preise: '<preise><heizkosten_enthalten>ja</heizkosten_enthalten></preise>' },
      'preise.heizkosten_enthalten',
      'is not true or false',
    ],
    [
      'a word of flags that is none',
      { objektkategorie: '<objektkategorie><nutzungsart WOHNEN="vielleicht"/></objektkategorie>' },
      'objektkategorie.nutzungsart@WOHNEN',
      'is not true or false',
    ],
    [
      'a picture that is none',
      { anhaenge: '<anhaenge><anhang><daten><anhanginhalt>!</anhanginhalt></daten></anhang></anhaenge>' },
      'anhaenge.anhang[0].daten.anhanginhalt',
      'is not base64',
    ],
  ])('with %s costs itself only and is named', (_case, changes, place, reason) => {
    const feed = feedOf(feedXml([estateXml('1'), estateXml('2', changes), estateXml('3')]));
    expect(feed.providers[0]?.estates.map(({ identity }) => identity.number)).toEqual(['1', '3']);
    expect(feed.refused).toEqual([{ number: '2', path: `openimmo.anbieter[0].immobilie[1].${place}`, reason }]);
  });

  it('that is not well-formed costs itself only, without a number', () => {
    const feed = feedOf(
      feedXml(['<immobilie><geo><plz></geo></plz></immobilie>', '<immobilie>&nbsp;</immobilie>', estateXml('3')]),
    );
    expect(feed.refused.map(({ path, number }) => [path, number])).toEqual([
      ['openimmo.anbieter[0].immobilie[0]', null],
      ['openimmo.anbieter[0].immobilie[1]', null],
    ]);
  });

  it('that is larger than 8 MiB costs itself only', () => {
    const huge = `<immobilie><freitexte><lage>${'x'.repeat(9_000_000)}</lage></freitexte></immobilie>`;
    const feed = feedOf(feedXml([huge, estateXml('2')]));
    expect(feed.refused).toEqual([
      { number: null, path: 'openimmo.anbieter[0].immobilie[0]', reason: 'is larger than 8 MiB' },
    ]);
    expect(feed.providers[0]?.estates).toHaveLength(1);
  });

  it('costs the feed when there is no other', () => {
    expect(refusalOf(feedXml(['<immobilie><preise><kaltmiete>x</kaltmiete></preise></immobilie>']))).toBe(
      'openimmo.anbieter[0].immobilie[0].preise.kaltmiete: is not a number',
    );
  });
});

describe('a feed', () => {
  it('tells how it is meant and whose it is', () => {
    const transfer = 'art="OFFLINE" umfang="TEIL" modus="NEU" timestamp="2026-11-01T06:00:00" version="1.2.7c"';
    expect(feedOf(feedXml([estateXml('1')], { transfer }))).toMatchObject({
      transfer: { art: 'OFFLINE', scope: 'TEIL', mode: 'OTHER', sentAt: '2026-11-01T05:00:00.000Z', version: '1.2.7c' },
      providers: [{ number: '17', name: 'Wohnen am Hang', anid: 'AN-1' }],
    });
  });

  it('may hold several providers, each with its objects', () => {
    const two = `<openimmo><anbieter><firma>A</firma>${estateXml('1')}</anbieter><anbieter/><anbieter><firma>B</firma>${estateXml('2')}${estateXml('3')}</anbieter></openimmo>`;
    expect(feedOf(two).providers.map(({ name, estates }) => [name, estates.length])).toEqual([
      ['A', 1],
      [null, 0],
      ['B', 2],
    ]);
  });

  it.each([
    [
      'a default namespace',
      feedXml([estateXml('1')]).replace('<openimmo>', '<openimmo xmlns="http://www.openimmo.de">'),
    ],
    [
      'prefixes declared on the root',
      `<oi:openimmo xmlns:oi='http://www.openimmo.de' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><oi:anbieter><oi:immobilie xsi:nil="false"><oi:geo/></oi:immobilie></oi:anbieter></oi:openimmo>`,
    ],
    ['comments and instructions around its objects', feedXml(['<!-- <immobilie> > -->', estateXml('1'), '<?x <y> ?>'])],
    ['tags that contain a >', feedXml([estateXml('1').replace('location="EXTERN"', 'location="EXTERN" x="a>b"')])],
  ])('reads with %s', (_case, xml) => {
    expect(feedOf(xml).providers[0]?.estates).toHaveLength(1);
  });

  it.each([
    ['ISO-8859-1', 'iso-8859-1', ''],
    ['windows-1252', 'windows-1252', ''],
    ['UTF-8', 'utf8', '\ufeff'],
    ['UTF-16', 'utf-16le', '\ufeff'],
  ])('reads in the encoding %s', (encoding, codec, mark) => {
    const bytes = iconv.encode(`${mark}${feedXml([estateXml('1')], { encoding })}`, codec);
    expect(feedOf(bytes).providers[0]?.estates[0]?.texts.location).toBe('Über der Saale');
  });

  it('reads from an archive with its pictures', () => {
    const bytes = zipSync({
      'export/feed.XML': Buffer.from(feedXml([estateXml('1')])),
      'export/1.jpg': new Uint8Array(9),
    });
    expect(feedOf(Buffer.from(bytes)).providers[0]?.estates).toHaveLength(1);
  });

  it.each([
    [
      'a document type',
      feedXml([]).replace('<openimmo>', '<!DOCTYPE openimmo [<!ENTITY a "b">]><openimmo>'),
      '$: has a document type declaration',
    ],
    ['a document type among its objects', feedXml(['<!DOCTYPE x>']), '$: has a document type declaration'],
    ['a cut-off end', feedXml([estateXml('1')]).slice(0, -12), '$: ends too early'],
    ['crossed containers', '<openimmo><anbieter></openimmo></anbieter>', '$: is not well-formed XML'],
    ['two roots', '<openimmo/><openimmo/>', '$: has more than one root element'],
    ['text behind it', '<openimmo/>x', '$: has text behind its root element'],
    [
      'a timestamp that is none',
      feedXml([], { transfer: 'timestamp="bald"' }),
      'openimmo.uebertragung[0]@timestamp: is not a timestamp',
    ],
    [
      'an unknown encoding',
      feedXml([estateXml('1')], { encoding: 'UTF-7' }),
      'openimmo.uebertragung[0]: names an unknown encoding',
    ],
    ['a foreign root', '<gpx><wpt/></gpx>', '$: is no part of OpenImmo'],
    ['nothing', '', '$: has no root element'],
  ])('with %s is refused', (_case, xml, message) => {
    expect(refusalOf(xml)).toBe(message);
  });

  it.each([
    ['two feeds', { 'a.xml': '<openimmo/>', 'b.xml': '<openimmo/>' }, 'zip: has not exactly one XML file'],
    [
      'a name that leads out of its folder',
      { '../a.xml': '<openimmo/>' },
      'zip: has an entry whose name leads out of its folder',
    ],
    ['a bomb', { 'a.xml': ' '.repeat(4_000_000) }, 'zip: is packed tighter than any real file'],
  ])('in an archive with %s is refused', (_case, files, message) => {
    const entries = Object.entries(files).map(([name, text]) => [name, new Uint8Array(Buffer.from(text))]);
    expect(refusalOf(Buffer.from(zipSync(Object.fromEntries(entries))))).toBe(message);
  });
});

describe('parts of OpenImmo', () => {
  it.each([
    ['<uebertragung art="ONLINE" umfang="VOLL" version="1.2.7"/>', 'uebertragung', { scope: 'VOLL', mode: null }],
    ['<geo><plz>07743</plz><strasse>Am Ufer</strasse></geo>', 'geo', { postcode: '07743', address: null }],
    ['<immobilie><kontaktperson><name/></kontaktperson></immobilie>', 'immobilie', { attachments: [] }],
    ['<anhang location="REMOTE"/>', 'anhang', { location: 'REMOTE' }],
    ['<aussen_courtage mit_mwst="false">k.A.</aussen_courtage>', 'aussen_courtage', null],
  ])('read alone: %s', (xml, name, value) => {
    const expected = value === null ? null : expect.objectContaining(value);
    expect(readOpenImmoFile(Buffer.from(xml))).toEqual({ kind: 'fragment', name, value: expected });
  });

  it('read as JSON too', () => {
    const json = {
      technicalManagement: {
        action: { actionType: 'DELETE' },
        externalPropertyNumber: '77',
        statusFrom: '2026-05-01T10:00:00+00:00',
      },
    };
    expect(readOpenImmoFile(Buffer.from(JSON.stringify(json)))).toMatchObject({
      kind: 'json',
      content: {
        kind: 'estate',
        estate: { number: '77', action: 'DELETE', asOf: '2026-05-01T10:00:00.000Z', forRent: null },
      },
    });
    expect(readOpenImmoFile(Buffer.from('{"scope":"TEIL","timestamp":"2026-05-01T10:00:00"}'))).toMatchObject({
      content: { kind: 'transfer', transfer: { scope: 'TEIL', sentAt: '2026-05-01T08:00:00.000Z' } },
    });
    expect(refusalOf('{"a":1}')).toBe('$: is no part of OpenImmo');
  });
});

describe('garbage', () => {
  const documents = [
    Buffer.from(feedXml([estateXml('1'), estateXml('2')])),
    Buffer.from(zipSync({ 'a.xml': new Uint8Array(Buffer.from(feedXml([estateXml('1')]))) })),
    Buffer.from(
      '<openimmo_feedback><sender><datum>2026-01-02</datum></sender><objekt><oobj_id>1</oobj_id></objekt></openimmo_feedback>',
    ),
    Buffer.from(
      '{"technicalManagement":{"action":{"actionType":"CHANGE"}},"propertyCategory":{"typeOfUse":{"living":true}}}',
    ),
  ];
  const splice = fc.record({
    at: fc.nat(20_000),
    drop: fc.nat(30),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .constantFrom(
          '<',
          '>',
          '"',
          '<![CDATA[',
          ']]>',
          '<!--',
          '-->',
          '&amp;',
          '&#0;',
          '<?',
          '<!',
          '</anbieter>',
          '<immobilie>',
          '__proto__',
          '\ufeff',
        )
        .map((text) => Buffer.from(text)),
    ),
  });

  it('is refused or read, and never crashes a reader', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(splice, { minLength: 1, maxLength: 5 }),
        (document, splices) => {
          let damaged = document;
          for (const { at, drop, bytes } of splices) {
            const place = at % (damaged.length + 1);
            damaged = Buffer.concat([damaged.subarray(0, place), bytes, damaged.subarray(place + drop)]);
          }
          expect(typeof refusalOf(damaged)).toBe('string');
        },
      ),
      { numRuns: FUZZ_RUNS },
    );
  });
});
