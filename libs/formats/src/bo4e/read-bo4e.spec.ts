import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readBo4e, type Bo4eDocument } from './read-bo4e.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

const readText = (text: string): Bo4eDocument => readBo4e(Buffer.from(text));
const read = (document: unknown): Bo4eDocument => readText(JSON.stringify(document));
const meter = (fields: string): unknown => readText(`{"boTyp":"ZAEHLER",${fields}}`).objects[0];
const first = (document: unknown): unknown => read(document).objects[0];

const ADDRESS = { postleitzahl: '07743', ort: 'Jena', strasse: 'Saalgasse', hausnummer: '3a', landescode: 'DE' };
const INVOICE = {
  boTyp: 'RECHNUNG',
  versionStruktur: '1',
  rechnungsnummer: '000700001',
  rechnungsdatum: '2026-03-01T23:00:00Z',
  storno: false,
  rechnungsersteller: { boTyp: 'MARKTTEILNEHMER', name1: 'Netz', rollencodenummer: '9907777000005', marktrolle: 'NB' },
  rechnungsempfaenger: { name1: 'Muster', partneradresse: ADDRESS },
  gesamtbrutto: { wert: 119, waehrung: 'EUR' },
  rechnungspositionen: [{ positionsnummer: 1, einzelpreis: { wert: 0.2345, einheit: 'EUR', bezugswert: 'KWH' } }],
};
const CONTRACT = {
  boTyp: 'VERTRAG',
  vertragsnummer: '0000104711',
  vertragsart: 'ENERGIELIEFERVERTRAG',
  sparte: 'STROM',
  vertragsbeginn: '2026-04-01T00:00:00',
  vertragskonditionen: { anzahlAbschlaege: 11, vertragslaufzeit: { einheit: 'JAHR', dauer: 1 } },
  vertragsteile: [{ lokation: '50712345682', jahresverbrauchsprognose: { wert: '2500', einheit: 'KWH' } }],
};
const METERING = {
  boTyp: 'MESSLOKATION',
  messlokationsId: 'DE0007771234500000000000000000042',
  messadresse: ADDRESS,
  messlokationszaehler: [
    { boTyp: 'ZAEHLER', zaehlernummer: '007', zaehlwerke: [{ zaehlwerkId: '001', wandlerfaktor: 1, einheit: 'KWH' }] },
  ],
};

describe('readBo4e', () => {
  it('reads an invoice with its parties, prices and positions', () => {
    expect(first(INVOICE)).toMatchObject({
      type: 'RECHNUNG',
      path: '$',
      object: {
        rechnungsnummer: '000700001',
        rechnungsdatum: '2026-03-01T23:00:00.000Z',
        storno: false,
        rechnungsersteller: { marktrolle: 'NB', rollencodenummer: '9907777000005' },
        rechnungsempfaenger: { name1: 'Muster', partneradresse: { ...ADDRESS, ortsteil: null, extra: {} } },
        gesamtbrutto: { wert: '119', waehrung: 'EUR' },
        gesamtnetto: null,
        rechnungspositionen: [{ positionsnummer: 1, einzelpreis: { wert: '0.2345', bezugswert: 'KWH' } }],
        vorauszahlungen: [],
      },
    });
  });

  it('reads a contract, a metering location with its meters, and consumption', () => {
    expect(first(CONTRACT)).toMatchObject({
      object: {
        vertragsbeginn: '2026-04-01',
        vertragskonditionen: { anzahlAbschlaege: 11, vertragslaufzeit: { einheit: 'JAHR', dauer: '1' } },
        vertragsteile: [{ jahresverbrauchsprognose: { wert: '2500', einheit: 'KWH' } }],
      },
    });
    expect(first(METERING)).toMatchObject({
      type: 'MESSLOKATION',
      object: { messlokationszaehler: [{ zaehlernummer: '007', zaehlwerke: [{ wandlerfaktor: '1' }] }] },
    });
    const amount = { lokationsTyp: 'MeLo', energieverbrauch: [{ startdatum: '202601010015', wert: 0.25 }] };
    expect(first({ boTyp: 'Energiemenge', ...amount })).toMatchObject({
      object: { lokationsTyp: 'MELO', energieverbrauch: [{ startdatum: '2026-01-01T00:15:00', wert: '0.25' }] },
    });
  });

  it.each([
    ['boTyp in small letters', { boTyp: 'marktlokation' }],
    ['boTyp with another case of its own name', { BoTyp: 'Marktlokation' }],
    ['_typ of the newer editions', { _typ: 'MARKTLOKATION', _version: '202401.0.1' }],
    ['the type name of .NET', { $type: 'BO4E.BO.Marktlokation, BO4Enet' }],
    ['its number alone', {}],
  ])('knows a market location by %s', (_case, type) => {
    expect(first({ ...type, marktlokationsId: '50712345682' })).toMatchObject({
      type: 'MARKTLOKATION',
      object: { marktlokationsId: '50712345682' },
    });
  });

  it.each([
    ['VERTRAG', { vertragsnummer: '1' }],
    ['ZAEHLER', { zaehlernummer: '1' }],
    ['MARKTTEILNEHMER', { name1: 'Netz', rollencodenummer: '9907777000005' }],
    ['GESCHAEFTSPARTNER', { name1: 'Muster', partneradresse: ADDRESS }],
    ['ADRESSE', ADDRESS],
  ])('knows a %s without a type by its fields', (type, document) => {
    expect(first(document)).toMatchObject({ type });
  });

  it('finds the objects of an envelope and of a list', () => {
    const envelope = { comment: 'x', counts: { a: 1 }, reference: CONTRACT, other: [METERING, 7], expected: null };
    expect(read(envelope).objects.map(({ type, path }) => [type, path])).toEqual([
      ['VERTRAG', '$.reference'],
      ['MESSLOKATION', '$.other[0]'],
    ]);
    expect(read([CONTRACT, INVOICE]).objects.map(({ path }) => path)).toEqual(['$[0]', '$[1]']);
    expect(first({ objectName: 'Vertrag', input: { beschreibung: 'x' }, more: {} })).toMatchObject({ type: 'VERTRAG' });
  });

  it('keeps objects of other types as plain data', () => {
    expect(first({ boTyp: 'Lastgang', werte: [{ wert: 1.0 }], ok: true })).toEqual({
      type: 'OTHER',
      path: '$',
      boTyp: 'LASTGANG',
      fields: { boTyp: 'Lastgang', werte: [{ wert: '1' }], ok: true },
    });
  });

  it('keeps fields of the sender aside, without names that reach a prototype', () => {
    const text =
      '{"boTyp":"ZAEHLER","zaehlernummer":"1","sap_zone":"CET","x":1.50,"__proto__":{"a":1},"constructor":{"b":1}}';
    expect(readText(text).objects[0]).toMatchObject({ object: { zaehlernummer: '1' } });
    const [found] = readText(text).objects;
    expect(found?.type === 'ZAEHLER' && found.object.extra).toEqual({ sap_zone: 'CET', x: '1.50' });
  });

  it('keeps identifiers that fail their check and warns', () => {
    const partner = { name1: 'M', bankverbindung: { iban: 'DE00' } };
    const location = { boTyp: 'MARKTLOKATION', marktlokationsId: '50712345681', endkunde: partner };
    expect(read(location)).toMatchObject({
      objects: [{ object: { marktlokationsId: '50712345681', endkunde: { bankverbindung: { iban: 'DE00' } } } }],
      warnings: [{ path: '$.marktlokationsId' }, { path: '$.endkunde.bankverbindung.iban' }],
    });
  });
});

describe('lenient fields', () => {
  it.each([
    ['"co_ergaenzung":"c/o"', 'coErgaenzung', 'c/o'],
    ['"CoErgaenzung":"c/o"', 'coErgaenzung', 'c/o'],
    ['"ORT":"b","ort":"a"', 'ort', 'a'],
    ['"landescode":"de"', 'landescode', 'DE'],
    ['"landescode":61', 'landescode', 'DE'],
    ['"landescode":9999', 'landescode', '9999'],
    ['"postleitzahl":7743', 'postleitzahl', '7743'],
    ['"adresszusatz":""', 'adresszusatz', null],
  ])('reads %s of an address', (fields, name, expected) => {
    expect(readText(`{"hausnummer":"1",${fields}}`).objects[0]).toMatchObject({ object: { [name]: expected } });
  });

  it.each([
    ['"versionStruktur":1', 'versionStruktur', '1'],
    ['"versionStruktur":"1"', 'versionStruktur', '1'],
    ['"sparte":1', 'sparte', 'GAS'],
    ['"zaehlertyp":3', 'zaehlertyp', '3'],
    ['"zaehlerkonstante":0.100000000000000005', 'zaehlerkonstante', '0.100000000000000005'],
    ['"zaehlerkonstante":12345678901234567890.10', 'zaehlerkonstante', '12345678901234567890.10'],
    ['"zaehlerkonstante":"-90.0000"', 'zaehlerkonstante', '-90.0000'],
    ['"zaehlerkonstante":1.5E+3', 'zaehlerkonstante', '1500'],
    ['"zaehlerkonstante":25e-4', 'zaehlerkonstante', '0.0025'],
    ['"eichungBis":"0001-01-01T00:00:00"', 'eichungBis', null],
    ['"eichungBis":"9999-12-31T23:59:59+00:00"', 'eichungBis', null],
    ['"eichungBis":"2026-12-31"', 'eichungBis', '2026-12-31'],
    ['"eichungBis":"2026-12-31 00:00:00"', 'eichungBis', '2026-12-31'],
    ['"eichungBis":"20261231"', 'eichungBis', '2026-12-31'],
    ['"eichungBis":"2026-12-31T06:30:00"', 'eichungBis', '2026-12-31T06:30:00'],
    ['"eichungBis":"2026-12-31T00:00:00+01:00"', 'eichungBis', '2026-12-30T23:00:00.000Z'],
    ['"eichungBis":"2026-12-31T00:00:00.1234567Z"', 'eichungBis', '2026-12-31T00:00:00.123Z'],
    ['"eichungBis":""', 'eichungBis', null],
  ])('reads %s of a meter', (fields, name, expected) => {
    expect(meter(fields)).toMatchObject({ object: { [name]: expected } });
  });

  it('reads words that SAP wraps in objects, spellings of gas quality, flags and counts as text', () => {
    const roles = [{ rolle: 'Kunde' }, 'LIEFERANT', { a: null }];
    expect(first({ name1: 'M', geschaeftspartnerrolle: roles, gewerbekennzeichnung: 'True' })).toMatchObject({
      object: { geschaeftspartnerrolle: ['KUNDE', 'LIEFERANT'], gewerbekennzeichnung: true },
    });
    expect(first({ marktlokationsId: '50712345682', gasqualitaet: 'HGAS' })).toMatchObject({
      object: { gasqualitaet: 'H_GAS' },
    });
    const terms = { anzahlAbschlaege: 'Item12', turnusablesungIntervall: 3.0 };
    expect(first({ vertragsnummer: '1', vertragskonditionen: terms })).toMatchObject({
      object: { vertragskonditionen: { anzahlAbschlaege: 12, turnusablesungIntervall: 3 } },
    });
  });

  it.each([
    ['"zaehlerkonstante":"1,5"', '$.zaehlerkonstante', 'is not a decimal number'],
    ['"zaehlerkonstante":1e400', '$.zaehlerkonstante', 'is not a decimal number'],
    ['"eichungBis":"2026-02-30"', '$.eichungBis', 'is not a date'],
    ['"eichungBis":"2026-01-01T25:00:00"', '$.eichungBis', 'is not a date'],
    ['"sparte":{}', '$.sparte', 'is not a word'],
    ['"zaehlernummer":[]', '$.zaehlernummer', 'is not text'],
    ['"zaehlwerke":{}', '$.zaehlwerke', 'is not a list'],
    ['"zaehlerhersteller":"x"', '$.zaehlerhersteller', 'is not an object'],
  ])('refuses %s', (fields, path, reason) => {
    expect(() => meter(fields)).toThrow(expect.objectContaining({ details: { path, reason } }));
  });

  it('leaves out the malformed row and keeps the others', () => {
    const positions = [{ positionsnummer: 'x' }, { positionsnummer: 2 }, null];
    expect(read({ ...INVOICE, rechnungspositionen: positions })).toMatchObject({
      objects: [{ object: { rechnungspositionen: [{ positionsnummer: 2 }] } }],
      omissions: [{ path: '$.rechnungspositionen[0].positionsnummer', reason: 'is not a whole number' }],
    });
    expect(read([{ ...CONTRACT, sparte: [] }, CONTRACT])).toMatchObject({
      objects: [{ path: '$[1]' }],
      omissions: [{ path: '$[0].sparte' }],
    });
  });
});

describe('documents', () => {
  it('reads Windows-1252 and a byte order mark', () => {
    const text = '{"name1":"Müller"}';
    expect(readBo4e(Buffer.from(text, 'latin1')).objects[0]).toMatchObject({ object: { name1: 'Müller' } });
    expect(readText(`\ufeff${text}`).objects[0]).toMatchObject({ object: { name1: 'Müller' } });
  });

  it.each([
    ['', 'is not JSON'],
    ['{"a":1}', 'holds no business object'],
    ['[1,null]', 'holds no business object'],
    ['[]', 'holds no business object'],
    [`[1${',1'.repeat(100_000)}]`, 'has more than 100000 items'],
    ['{"name1":"a"}x', 'is not JSON'],
    ['{"name1":01}', 'is not JSON'],
    ['{"name1":"a",}', 'is not JSON'],
    ["{'name1':1}", 'is not JSON'],
    ['{"name1":"a\nb"}', 'is not JSON'],
    ['{"name1":"\\x"}', 'is not JSON'],
    ['{"name1":"a\\"}', 'is not JSON'],
    [`{"name1":${'9'.repeat(61)}}`, 'has a number of too many digits'],
    ['['.repeat(100_000), 'is nested deeper than 60 levels'],
  ])('refuses %.40s', (text, reason) => {
    expect(() => readText(text)).toThrow(expect.objectContaining({ details: { path: '$', reason } }));
  });

  it('refuses a list of which nothing is left, with the first reason', () => {
    expect(() => read([{ ...CONTRACT, sparte: [] }])).toThrow('$[0].sparte: is not a word');
  });

  it('never quotes a value in an error', () => {
    expect(() => read({ boTyp: 'ZAEHLER', eichungBis: 'Geheimnis' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('Geheimnis') }),
    );
  });

  it('answers any mangled document with data or a reasoned refusal', () => {
    const whole = JSON.stringify({ input: INVOICE, list: [CONTRACT, METERING] });
    const words = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('null', '1e9', '[]', '{}', '"', '\\', '{"a":', '__proto__', '-0', '"0001-01-01"', 'true'),
    );
    const edits = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(20), words), { minLength: 1, maxLength: 4 });
    const tokens = whole.match(/"(?:[^"\\]|\\.)*"|[^"]/g) ?? [];
    const swaps = fc.array(fc.tuple(fc.nat(tokens.length - 1), words), { maxLength: 5 });
    const mangled = fc.oneof(
      edits.map((all) => all.reduce((text, [at, gap, put]) => text.slice(0, at) + put + text.slice(at + gap), whole)),
      swaps.map((all) => all.reduce((list, [at, put]) => list.with(at, put), [...tokens]).join('')),
      // Well-formed documents whose values have any type.
      fc.jsonValue().map((value) => JSON.stringify({ ...INVOICE, gesamtbrutto: value, rechnungspositionen: [value] })),
      fc.dictionary(fc.constantFrom(...Object.keys(CONTRACT)), fc.jsonValue()).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(mangled, (text) => {
        try {
          expect(readText(text)).toHaveProperty('objects');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
