import { describe, expect, it } from '@jest/globals';
import { fixture } from '../fixtures/fake-sap.js';
import { bo4eReader, edmxReader, identifiersReader, odataBatchReader, odataReader } from './format-readers.js';

describe('odata', () => {
  it('covers answers of SAP services and neither models nor documents', () => {
    const paths = ['services__Devices.json', 'model-ERP.extracted.json', 'PROVENANCE.md', 'service.edmx'];
    expect(paths.filter((path) => odataReader.covers(`energy-sap-umc/${path}`))).toEqual(['services__Devices.json']);
    expect(odataReader.covers('/data/energy-sap-gateway/answer.json')).toBe(true);
    expect(odataReader.covers('energy-bo4e/rechnung.json')).toBe(false);
  });

  it('reads an answer as plain data', () => {
    expect(odataReader.read(fixture('invoices.answer.json'), 'invoices.json')).toMatchObject({
      kind: 'set',
      count: 5,
      entities: { 0: { '@type': 'ERP_UTILITIES_UMC.Invoice', InvoiceDate: '2026-02-02', AmountDue: '118.4500' } },
    });
  });
});

describe('edmx, batches and business objects', () => {
  it.each([
    ['energy-sap-gateway/service_metadata.xml', edmxReader],
    ['energy-sap-umc/service.edmx', edmxReader],
    ['energy-sap-umc/contracts.batch', odataBatchReader],
    ['energy-bo4e/rechnung.json', bo4eReader],
    ['energy-sap-umc/services__Devices.json', odataReader],
    ['energy-bo4e/schema/Rechnung.json', undefined],
    ['energy-sap-gateway/error_body.md', undefined],
  ])('covers %s at most once', (path, reader) => {
    const readers = [odataReader, odataBatchReader, edmxReader, bo4eReader, identifiersReader];
    expect(readers.filter(({ covers }) => covers(path))).toEqual(reader === undefined ? [] : [reader]);
  });

  it('reads a business object as plain data', () => {
    expect(
      bo4eReader.read(Buffer.from('{"boTyp":"Zaehler","zaehlernummer":"007"}'), 'energy-bo4e/a.json'),
    ).toMatchObject({
      objects: [{ type: 'ZAEHLER', object: { zaehlernummer: '007' } }],
    });
  });

  it.each([edmxReader, odataBatchReader, bo4eReader])('refuses $format that is none', ({ read }) => {
    expect(() => read(Buffer.from('x'), 'x')).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });
});

describe('identifiers', () => {
  it('checks each identifier of the lists it knows', () => {
    const lists = { vectors: { malo_a: ['50712345682', '50712345681'], iban: ['DE00'], other: ['x'] } };
    expect(identifiersReader.read(Buffer.from(JSON.stringify(lists)), 'identifiers/a.json')).toEqual([
      { kind: 'malo', text: '50712345682', valid: true },
      { kind: 'malo', text: '50712345681', valid: false },
      { kind: 'iban', text: 'DE00', valid: false },
    ]);
  });

  it.each(['{}', '{"vectors":[]}', '{"vectors":{"malo":"x"}}', '{"vectors":{"malo":[1]}}', 'x'])(
    'refuses %s',
    (text) => {
      expect(() => identifiersReader.read(Buffer.from(text), 'identifiers/a.json')).toThrow(
        expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }),
      );
    },
  );
});
