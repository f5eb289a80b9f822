import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readODataDocument } from './plain-document.js';

const read = (document: unknown): unknown => readODataDocument(Buffer.from(JSON.stringify(document)));
const metadata = { id: 'https://sap.example/x', uri: 'https://sap.example/x', type: 'ERP_UTILITIES_UMC.Device' };

describe('readODataDocument', () => {
  it('reads a set as plain entities', () => {
    const device = {
      __metadata: metadata,
      DeviceID: '000000000010071001',
      InstalledOn: '/Date(1780272000000)/',
      Value: '425.10000000000000',
      Contract: { __deferred: { uri: 'x' } },
      Photo: { __mediaresource: {} },
      Reason: null,
      Registers: { results: [{ RegisterID: '001' }] },
    };
    expect(read({ d: { __count: '7', __next: 'x?$skiptoken=2', results: [device] } })).toEqual({
      kind: 'set',
      entities: [
        {
          '@type': 'ERP_UTILITIES_UMC.Device',
          DeviceID: '000000000010071001',
          InstalledOn: '2026-06-01',
          Value: '425.10000000000000',
          Reason: null,
          Registers: [{ RegisterID: '001' }],
        },
      ],
      omissions: [],
      count: 7,
      hasMore: true,
    });
  });

  it('leaves out the row with an impossible date and keeps the others', () => {
    expect(read({ d: { results: [{ On: '/Date(x)/' }, { On: '/Date(0)/' }] } })).toMatchObject({
      entities: [{ On: '1970-01-01' }],
      omissions: [{ path: 'd.results[0].On', reason: 'is not a date of OData v2' }],
    });
  });

  it('reads single entities with and without their envelope, and function results', () => {
    expect(read({ d: { DeviceID: '1' } })).toEqual({ kind: 'entity', entity: { DeviceID: '1' } });
    expect(read({ __metadata: metadata, DeviceID: '1' })).toMatchObject({ entity: { DeviceID: '1' } });
    expect(read({ d: { CheckIt: { __metadata: { type: 'S.BooleanResult' }, Result: true } } })).toEqual({
      kind: 'entity',
      entity: { CheckIt: { '@type': 'S.BooleanResult', Result: true } },
    });
  });

  it('reads a batch and an error', () => {
    const responses = [
      { results: [{ A: '1' }] },
      { data: { B: '2' } },
      { error: { code: 'E/1', message: { value: 'm' } } },
    ];
    expect(read({ d: { __batchResponses: responses } })).toMatchObject({
      kind: 'batch',
      responses: [{ kind: 'set' }, { kind: 'entity', entity: { B: '2' } }, { kind: 'error', error: { code: 'E/1' } }],
    });
    expect(read({ error: { code: 'E/1', message: { lang: 'de', value: 'm' } } })).toMatchObject({ kind: 'error' });
  });

  it('reads bytes that are not UTF-8 as Windows-1252', () => {
    const bytes = Buffer.from('{"d":{"Street":"Stra\u00dfe"}}', 'latin1');
    expect(readODataDocument(bytes)).toEqual({ kind: 'entity', entity: { Street: 'Stra\u00dfe' } });
  });

  it('cannot be made to change prototypes', () => {
    const bytes = Buffer.from('{"d":{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}}');
    readODataDocument(bytes);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  it('refuses what is nested without end', () => {
    const deep = '{"a":'.repeat(5000) + '1' + '}'.repeat(5000);
    expect(() => readODataDocument(Buffer.from(`{"d":${deep}}`))).toThrow('is nested deeper than 32 levels');
  });

  it.each(['', '{', '{"d":{//comment\n}}', '[]', '{}', '{"d":null}', '{"d":1}', '"text"'])(
    'refuses %s with a reason',
    (text) => {
      expect(() => readODataDocument(Buffer.from(text))).toThrow(
        expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }),
      );
    },
  );

  it('answers every JSON document with data or a reasoned refusal', () => {
    const documents = fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((d) => ({ d })),
      fc.jsonValue().map((d) => ({ d: { results: d } })),
    );
    fc.assert(
      fc.property(documents, (document) => {
        try {
          expect(read(document)).toHaveProperty('kind');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
    );
  });
});
