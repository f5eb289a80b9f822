import { describe, expect, it } from '@jest/globals';
import { type BookedPlanChange, Ledger, LedgerFull } from './ledger.js';

function change(household: number, amount = '50.00'): BookedPlanChange {
  const contractId = String(household).padStart(10, '0');
  return {
    kind: 'instalment-change',
    household,
    accountId: 'A',
    contractId,
    planId: 'P',
    amount,
    from: '2027-01-01',
    at: 0,
  };
}

describe('Ledger', () => {
  it('keeps what stood before a piece of work that fails, and nothing of the work', () => {
    const ledger = new Ledger();
    ledger.book(change(1, '40.00'));
    expect(() =>
      ledger.atOnce(() => {
        ledger.book(change(1, '60.00'));
        throw new Error('refused');
      }),
    ).toThrow('refused');
    expect(ledger.planChangeOf('0000000001')?.amount).toBe('40.00');
    expect(ledger.bookings()).toHaveLength(1);
  });

  it('forgets one household or all', () => {
    const ledger = new Ledger();
    for (const household of [1, 2, 1]) ledger.book(change(household));
    ledger.forget(1);
    expect(ledger.bookings().map(({ contract }) => contract)).toEqual(['0000000002']);
    expect(ledger.planChangeOf('0000000001')).toBeUndefined();
    ledger.forget();
    expect(ledger.bookings()).toEqual([]);
  });

  it('tells how often the same effect was booked', () => {
    const ledger = new Ledger();
    for (const amount of ['50.00', '55.00', '50.00']) ledger.book(change(1, amount));
    expect(ledger.bookings().map(({ times }) => times)).toEqual([2, 1, 2]);
  });

  it('is full at some time', () => {
    const ledger = new Ledger();
    expect(() => {
      for (let entry = 0; entry <= 100_000; entry += 1) ledger.book(change(1));
    }).toThrow(LedgerFull);
    expect(ledger.bookings()).toHaveLength(100_000);
  });
});
