import { describe, expect, it } from '@jest/globals';
import { toGlobalId, type CalendarDate, type DecimalText } from '#lib/kernel';
import { amountOf, isCarriedOut, refusalByPlans, refusalOfWish, type InstalmentWish } from './instalment-plan.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const decimal = (text: string): DecimalText => text as DecimalText;
const TODAY = day('2026-11-22');

const plan = {
  planNumber: '000007100001',
  amount: decimal('87.00'),
  minimum: decimal('60.00'),
  maximum: decimal('130.50'),
  changeFrom: day('2026-12-01'),
  until: day('2027-03-31'),
  etag: null,
};
const known = { value: [{ contractNumber: '0900071001', plan }], omissions: [] };

function wish(changes: Partial<InstalmentWish> = {}): InstalmentWish {
  const contractId = toGlobalId('EnergyContract', '900071001');
  return { contractId, amount: '95.5', from: day('2026-12-01'), seen: decimal('87.00'), ...changes };
}

describe('a new amount by itself', () => {
  it('is euro and cents from today on', () => {
    expect(refusalOfWish(wish({ from: TODAY }), TODAY)).toBeNull();
    expect(amountOf(wish())).toBe('95.50');
    expect(amountOf(wish({ amount: '95.500' }))).toBe('95.50');
  });

  it.each(['NaN', '-5', '1e3', '95,50', '', '1'.repeat(13)])('"%s" is no amount', (amount) => {
    expect(refusalOfWish(wish({ amount }), TODAY)?.problems).toEqual([{ path: 'amount', code: 'NOT_A_NUMBER' }]);
    expect(amountOf(wish({ amount }))).toBeUndefined();
  });

  it('is not rounded to cents', () => {
    expect(refusalOfWish(wish({ amount: '95.505' }), TODAY)).toMatchObject({ code: 'TOO_MANY_DECIMALS' });
  });

  it('does not begin in the past', () => {
    expect(refusalOfWish(wish({ from: day('2026-11-21') }), TODAY)?.problems).toEqual([
      { path: 'from', code: 'DATE_TOO_EARLY', earliest: TODAY },
    ]);
  });

  it('is for a contract', () => {
    expect(refusalOfWish(wish({ contractId: toGlobalId('Invoice', '900071001') }), TODAY)).toMatchObject({
      code: 'NOT_YOURS',
    });
  });
});

describe('a new amount by the plan', () => {
  it('lies within the bounds, both included', () => {
    expect(refusalByPlans(wish({ amount: '60' }), known)).toBeNull();
    expect(refusalByPlans(wish({ amount: '130.50' }), known)).toBeNull();
    for (const amount of ['59.99', '130.51', '0']) {
      expect(refusalByPlans(wish({ amount }), known)?.problems).toEqual([
        { path: 'amount', code: 'AMOUNT_OUT_OF_BOUNDS', minimum: '60.00', maximum: '130.50' },
      ]);
    }
  });

  it('begins before the plan ends', () => {
    expect(refusalByPlans(wish({ from: day('2027-03-31') }), known)).toBeNull();
    expect(refusalByPlans(wish({ from: day('2027-04-01') }), known)).toMatchObject({ code: 'DATE_TOO_LATE' });
    const open = { value: [{ contractNumber: '0900071001', plan: { ...plan, until: null } }], omissions: [] };
    expect(refusalByPlans(wish({ from: day('2030-01-01') }), open)).toBeNull();
  });

  it('is refused when another amount was seen, with the present one', () => {
    expect(refusalByPlans(wish({ seen: decimal('80.00') }), known)).toMatchObject({
      code: 'CHANGED_MEANWHILE',
      problems: [{ path: 'seen', choices: [{ value: '87.00', label: '87.00 EUR' }] }],
    });
  });

  it('is fine when the plan has it already, whatever was seen', () => {
    expect(refusalByPlans(wish({ amount: '87', seen: decimal('80.00') }), known)).toBeNull();
  });

  it('is for one of the customer’s contracts, with a running plan', () => {
    expect(refusalByPlans(wish({ contractId: toGlobalId('EnergyContract', '900079999') }), known)).toMatchObject({
      code: 'NOT_YOURS',
    });
    const without = { value: [{ contractNumber: '0900071001', plan: null }], omissions: [] };
    expect(refusalByPlans(wish(), without)).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(refusalByPlans(wish(), { value: [], omissions: [{ path: 'd', reason: 'is malformed' }] })).toBeNull();
  });
});

describe('a change', () => {
  it('is told by the amount, and by the day where the amount stays', () => {
    expect(isCarriedOut(wish(), plan)).toBe(false);
    expect(isCarriedOut(wish(), { ...plan, amount: decimal('95.50'), changeFrom: null })).toBe(true);
    expect(isCarriedOut(wish({ amount: '87' }), plan)).toBe(true);
    expect(isCarriedOut(wish({ amount: '87', from: day('2027-01-01') }), plan)).toBe(false);
  });
});
