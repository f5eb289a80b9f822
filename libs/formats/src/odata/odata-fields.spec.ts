import { describe, expect, it } from '@jest/globals';
import { WireObject } from '../wire/wire-object.js';
import {
  dayField,
  decimalField,
  endDayField,
  expandedEntity,
  expandedRows,
  flagField,
  instantField,
} from './odata-fields.js';

const wire = (fields: object): WireObject => new WireObject(fields, 'd');

function refusalOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

describe('fields of OData v2', () => {
  it('reads a day', () => {
    expect(dayField(wire({ InvoiceDate: '/Date(1780272000000)/' }), 'InvoiceDate')).toBe('2026-06-01');
  });

  it('refuses a day in another spelling, by path and without its value', () => {
    expect(refusalOf(() => dayField(wire({ InvoiceDate: '2026-06-31' }), 'InvoiceDate'))).toMatchObject({
      code: 'UPSTREAM_MALFORMED',
      message: 'd.InvoiceDate: is not a date of OData v2',
    });
  });

  it('takes a missing, an empty and the last possible end as open', () => {
    expect(endDayField(wire({}), 'End')).toBeNull();
    expect(endDayField(wire({ End: null }), 'End')).toBeNull();
    expect(endDayField(wire({ End: '/Date(253402214400000)/' }), 'End')).toBeNull();
    expect(endDayField(wire({ End: '/Date(1780272000000)/' }), 'End')).toBe('2026-06-01');
  });

  it('reads a moment, whatever the wall of the sender showed', () => {
    expect(instantField(wire({ At: '/Date(1795345200000)/' }), 'At')).toBe('2026-11-22T11:00:00.000Z');
    expect(instantField(wire({ At: '/Date(1795345200000+0060)/' }), 'At')).toBe('2026-11-22T11:00:00.000Z');
    for (const At of ['neulich', '/Date(1e3)/', '2026-11-22T11:00:00']) {
      expect(refusalOf(() => instantField(wire({ At }), 'At'))).toMatchObject({ details: { path: 'd.At' } });
    }
  });

  it('reads decimals from text only', () => {
    expect(decimalField(wire({ Amount: '425.10000000000000' }), 'Amount')).toBe('425.10');
    expect(decimalField(wire({ Amount: '-0.0050' }), 'Amount', 3)).toBe('-0.005');
    expect(refusalOf(() => decimalField(wire({ Amount: 425.1 }), 'Amount'))).toMatchObject({
      details: { path: 'd.Amount' },
    });
    expect(refusalOf(() => decimalField(wire({ Amount: '4,25' }), 'Amount'))).toMatchObject({
      details: { path: 'd.Amount' },
    });
  });

  it('reads flags in both spellings', () => {
    const flags = wire({ a: true, b: false, c: 'X', d: '', e: ' ', f: 'Y' });
    expect(['a', 'b', 'c', 'd', 'e', 'missing'].map((name) => flagField(flags, name))).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(refusalOf(() => flagField(flags, 'f'))).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });

  it('tells expanded from deferred navigations', () => {
    const entity = wire({
      One: { ID: '1' },
      Left: { __deferred: { uri: 'x' } },
      None: null,
      Many: { results: [1] },
      Old: [2],
    });
    expect(expandedEntity(entity, 'One')?.text('ID')).toBe('1');
    expect(expandedEntity(entity, 'Left')).toBeNull();
    expect(expandedEntity(entity, 'None')).toBeNull();
    expect(expandedRows(entity, 'Many')).toEqual({ rows: [1], path: 'd.Many.results' });
    expect(expandedRows(entity, 'Old')).toEqual({ rows: [2], path: 'd.Old' });
    expect(expandedRows(entity, 'Left')).toBeNull();
  });
});
