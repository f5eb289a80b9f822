import { describe, expect, it } from '@jest/globals';
import { readGateCounters, readTicosFile } from './read-ticos.js';

const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const malformedAt = (path: string): unknown =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });
const thrownBy = (task: () => unknown): unknown => {
  try {
    return task();
  } catch (error) {
    return error;
  }
};

describe('gate counters of TICOS', () => {
  it('are read with persons and capacity', () => {
    const { value, omissions } = readGateCounters(
      bytes([{ organizationUnitId: 501, personCount: 12, maxPersonCount: 300, gate: 'north' }]),
    );
    expect(value).toEqual([{ organizationUnitId: 501, persons: 12, capacity: 300 }]);
    expect(omissions).toEqual([]);
  });

  it('may fall below zero, as gates miss people', () => {
    const { value } = readGateCounters(bytes([{ organizationUnitId: 501, personCount: -2, maxPersonCount: 300 }]));
    expect(value[0]?.persons).toBe(-2);
  });

  it('lose a malformed row and keep the others', () => {
    const { value, omissions } = readGateCounters(
      bytes([
        { organizationUnitId: 501, personCount: '12', maxPersonCount: 300 },
        { organizationUnitId: 502, personCount: 7, maxPersonCount: 80 },
        { organizationUnitId: 503, personCount: 7, maxPersonCount: -1 },
        null,
        { organizationUnitId: 504, personCount: 4294967295, maxPersonCount: 80 },
      ]),
    );
    expect(value).toEqual([{ organizationUnitId: 502, persons: 7, capacity: 80 }]);
    expect(omissions).toEqual([
      { path: '[0].personCount', reason: 'is not a whole number' },
      { path: '[2].maxPersonCount', reason: 'is negative' },
      { path: '[3]', reason: 'is not an object' },
      { path: '[4].personCount', reason: 'is out of range' },
    ]);
  });

  it('are empty for an unknown tenant', () => {
    expect(readGateCounters(bytes([])).value).toEqual([]);
  });

  it.each([
    ['an ABP error body', { error: { code: null, message: 'An internal error occurred' } }],
    ['an HTML page', '<html></html>'],
    ['nothing', ''],
    ['bytes that are no UTF-8', Buffer.from('5bff5d', 'hex').toString('latin1')],
  ])('are refused when the answer is %s', (_, answer) => {
    expect(thrownBy(() => readGateCounters(bytes(answer)))).toEqual(malformedAt('$'));
  });

  it('are refused when the list is endless', () => {
    expect(thrownBy(() => readGateCounters(bytes(`[${'0,'.repeat(10_000)}0]`)))).toEqual(malformedAt('$'));
  });
});

describe('a TICOS file', () => {
  it('with ids is a list of organisation units', () => {
    expect(readTicosFile(bytes([{ id: 7, name: 'waldbad', display_name: 'Waldbad – Halle' }]))).toEqual({
      kind: 'organizationUnits',
      value: [{ id: 7, name: 'waldbad', displayName: 'Waldbad – Halle' }],
      omissions: [],
    });
  });

  it('with counters is an answer of the gates', () => {
    const file = readTicosFile(bytes([{ organizationUnitId: 7, personCount: 0, maxPersonCount: 10 }]));
    expect(file).toMatchObject({ kind: 'counters', value: [{ organizationUnitId: 7 }] });
  });

  it('without any readable row is refused at the first one', () => {
    expect(thrownBy(() => readTicosFile(bytes([{ hello: 1 }])))).toEqual(malformedAt('[0].maxPersonCount'));
  });

  it('does not take inherited names for fields', () => {
    expect(thrownBy(() => readTicosFile(bytes('[{"__proto__": {"id": 1, "name": "x"}}]')))).toEqual(
      malformedAt('[0].maxPersonCount'),
    );
  });
});
