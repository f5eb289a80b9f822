import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, money, type CalendarDate, type DecimalText } from '#lib/kernel';
import { billedPeriods, consumedByDay, parseMonths, parseSingleDays, type BilledConsumption } from './consumption.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const TODAY = day('2026-11-22');

describe('the days asked for', () => {
  it('are the last year by month and the last 31 days unless given', () => {
    expect(parseMonths({}, TODAY)).toEqual({ from: '2025-11-22', until: '2026-11-22' });
    expect(parseSingleDays({ from: null }, TODAY)).toEqual({ from: '2026-10-23', until: '2026-11-22' });
    expect(parseSingleDays({ until: day('2026-03-31') }, TODAY)).toEqual({ from: '2026-03-01', until: '2026-03-31' });
  });

  it('may be one day and at most a hundred', () => {
    expect(parseSingleDays({ from: TODAY }, TODAY)).toEqual({ from: TODAY, until: TODAY });
    expect(() => parseSingleDays({ from: addDays(TODAY, -99) }, TODAY)).not.toThrow();
    for (const from of [addDays(TODAY, -100), addDays(TODAY, 1)]) {
      expect(() => parseSingleDays({ from }, TODAY)).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path: 'from' }) }),
      );
    }
  });
});

describe('billedPeriods', () => {
  const period = (changes: Partial<BilledConsumption>): BilledConsumption => ({
    contractNumber: '0900071001',
    periodType: 'BC',
    from: day('2026-10-01'),
    until: day('2026-10-31'),
    billedIn: '2026-10',
    value: '1' as DecimalText,
    unit: 'kWh',
    cost: money('1'),
    category: 'UTILITY',
    ...changes,
  });
  const days = { from: day('2026-01-01'), until: TODAY };

  it('shows no day twice where SAP counts in several kinds of periods', () => {
    const all = [period({ periodType: 'AA', value: '9' as DecimalText }), period({})];
    expect(billedPeriods(all, '0900071001', days).map(({ value }) => value)).toEqual(['1.000']);
    expect(billedPeriods([all[0]!], '0900071001', days).map(({ value }) => value)).toEqual(['9.000']);
  });

  it('shows one contract, however its number is written', () => {
    expect(billedPeriods([period({})], '900071001', days)).toHaveLength(1);
    expect(billedPeriods([period({})], '0900071002', days)).toEqual([]);
  });
});

describe('consumedByDay', () => {
  it('keeps the total, whatever registers and whatever order', () => {
    const rows = fc.array(
      fc.record({ offset: fc.integer({ min: 0, max: 20 }), thousandths: fc.integer({ min: 0, max: 99_999 }) }),
    );
    fc.assert(
      fc.property(rows, (list) => {
        const days = list.map(({ offset, thousandths }) => ({
          date: addDays(TODAY, -offset),
          value: (thousandths / 1000).toFixed(3) as DecimalText,
          unit: 'kWh',
        }));
        const shown = consumedByDay(days);
        const total = shown.reduce((sum, { value }) => sum + Math.round(Number(value) * 1000), 0);
        expect(total).toBe(list.reduce((sum, { thousandths }) => sum + thousandths, 0));
        const dates = shown.map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].toSorted());
      }),
    );
  });
});
