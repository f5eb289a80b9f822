import { describe, expect, it } from '@jest/globals';
import { money, type CalendarDate } from '#lib/kernel';
import type { EnergyContract } from '../contracts/energy-contract.js';
import { isOpen, isOverdue, mayBill, type Invoice } from './invoice.js';

const day = (text: string): CalendarDate => text as CalendarDate;

function invoice(changes: Partial<Invoice> = {}): Invoice {
  return {
    number: 'R1',
    contractAccount: '000001071100',
    commodity: 'POWER',
    date: day('2026-10-01'),
    due: day('2026-10-15'),
    amount: money('80'),
    open: money('80'),
    state: 'OPEN',
    ...changes,
  };
}

const contract: EnergyContract = {
  number: '0900071001',
  contractAccount: '1071100',
  commodity: 'POWER',
  product: 'Jena Strom fix',
  from: day('2024-05-01'),
  until: null,
  supplyPoint: null,
};

describe('invoice', () => {
  it('is open while anything is not cleared, a credit balance included', () => {
    expect([money('0'), money('-0.00'), money('0.01'), money('-5')].map((open) => isOpen(invoice({ open })))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('is overdue from the day after it was due', () => {
    expect(isOverdue(invoice(), day('2026-10-15'))).toBe(false);
    expect(isOverdue(invoice(), day('2026-10-16'))).toBe(true);
  });

  it('is never overdue when cleared or when the customer gets money', () => {
    expect(isOverdue(invoice({ open: money('0') }), day('2027-01-01'))).toBe(false);
    expect(isOverdue(invoice({ open: money('-12.30') }), day('2027-01-01'))).toBe(false);
  });

  it('may bill the contracts of its account, whichever way the account is written', () => {
    expect(mayBill(invoice(), contract)).toBe(true);
    expect(mayBill(invoice({ contractAccount: '1071101' }), contract)).toBe(false);
  });

  it('is ruled out by another commodity or a date before the contract, not by a missing commodity', () => {
    expect(mayBill(invoice({ commodity: 'GAS' }), contract)).toBe(false);
    expect(mayBill(invoice({ date: day('2024-04-30') }), contract)).toBe(false);
    expect(mayBill(invoice({ commodity: null }), contract)).toBe(true);
  });
});
