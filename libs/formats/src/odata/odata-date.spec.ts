import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, describeODataDate, parseODataDate } from './odata-date.js';

function describeText(text: string): unknown {
  const date = parseODataDate(text);
  return date && describeODataDate(date);
}

describe('dates of OData v2', () => {
  it('gives back the day of every UTC midnight', () => {
    const days = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        const parsed = parseODataDate(`/Date(${Date.parse(day)})/`);
        expect(parsed && dayOf(parsed)).toBe(day);
      }),
    );
  });

  it('means the same instant whatever the offset says', () => {
    const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), offsets, (ticks, offset) => {
        const sign = offset < 0 ? '-' : '+';
        const text = `/Date(${ticks}${sign}${String(Math.abs(offset)).padStart(4, '0')})/`;
        expect(parseODataDate(text)).toEqual({ ticks, offset });
        expect(describeText(text)).toBe(new Date(ticks).toISOString());
      }),
    );
  });

  it('never throws on any text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string().map((text) => `/Date(${text})/`),
    );
    fc.assert(fc.property(texts, (text) => expect(['string', 'undefined']).toContain(typeof describeText(text))));
  });

  it('takes the day of the sender when there is an offset', () => {
    const midnightInBerlin = parseODataDate('/Date(1780264800000+0120)/');
    expect(midnightInBerlin && dayOf(midnightInBerlin)).toBe('2026-06-01');
  });

  it.each([
    ['/Date(1780272000000)/', '2026-06-01'],
    ['\\/Date(1780272000000)\\/', '2026-06-01'],
    ['/Date(-86400000)/', '1969-12-31'],
    ['/Date(253402214400000)/', '9999-12-31'],
    ['/Date(1780308000000)/', '2026-06-01T10:00:00.000'],
    ['/Date(1780308000000+0000)/', '2026-06-01T10:00:00.000Z'],
  ])('describes %s as %s', (text, expected) => {
    expect(describeText(text)).toBe(expected);
  });

  it.each([
    '',
    '2026-06-01',
    '/Date()/',
    '/Date(1.5)/',
    '/Date(1)',
    '/Date(999999999999999)/',
    '/Date(-99999999999999)/',
  ])('refuses %p', (text) => {
    expect(parseODataDate(text)).toBeUndefined();
  });
});
