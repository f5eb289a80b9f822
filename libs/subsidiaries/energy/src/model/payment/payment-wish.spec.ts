import { describe, expect, it } from '@jest/globals';
import { toGlobalId, type CalendarDate, type DecimalText, type Principal } from '#lib/kernel';
import type { Invoice } from '../billing/invoice.js';
import { mandateText } from './mandate-text.js';
import {
  expectMayPay,
  isPaymentOf,
  refusalByDebts,
  refusalByPayments,
  refusalByText,
  refusalOfPayment,
  type PaymentDocument,
  type PaymentWish,
} from './payment-wish.js';

const ACCOUNT = '0004471100';
const TODAY = '2026-11-22' as CalendarDate;
const TEXT = mandateText('DE98ZZZ09999999999');
const euro = (amount: string) => ({ amount: amount as DecimalText, currency: 'EUR' });
const invoiceId = toGlobalId('Invoice', 'ISU1');
const invoice: Invoice = {
  number: 'ISU1',
  contractAccount: '000900071100',
  commodity: null,
  date: '2026-11-01' as CalendarDate,
  due: '2026-11-20' as CalendarDate,
  amount: euro('50.00'),
  open: euro('40.00'),
  state: 'OPEN',
};
const debts = (changes: Partial<Invoice> = {}, omissions: { path: string; reason: string }[] = []) => ({
  invoices: { value: [{ ...invoice, ...changes }], omissions },
  bankAccounts: { value: [{ number: '0001', holder: 'L', iban: 'DE', kept: {} }], omissions: [] },
});
const wish = (changes: Partial<PaymentWish> = {}): PaymentWish => ({
  contractAccountId: toGlobalId('ContractAccount', '900071100'),
  bankAccountId: toGlobalId('BankAccount', '4471100/0001'),
  items: [{ invoiceId, amount: '40' }],
  date: TODAY,
  textVersion: TEXT.version,
  ...changes,
});
const paying = (amount: string) => wish({ items: [{ invoiceId, amount }] });

describe('a payment by itself', () => {
  it('is for invoices, from an own bank account, within a month', () => {
    expect(refusalOfPayment(wish(), ACCOUNT, TODAY)).toBeNull();
    expect(refusalOfPayment(wish({ date: '2026-12-22' as CalendarDate }), ACCOUNT, TODAY)).toBeNull();
  });

  it.each([
    ['another contract account', { contractAccountId: 'x' }, { path: 'contractAccountId', code: 'NOT_YOURS' }],
    [
      'the bank account of somebody else',
      { bankAccountId: toGlobalId('BankAccount', '0004479999/0001') },
      { path: 'bankAccountId', code: 'NOT_YOURS' },
    ],
    [
      'what is no invoice',
      { items: [{ invoiceId: toGlobalId('Meter', 'x'), amount: '1' }] },
      { path: 'items.0.invoiceId', code: 'NOT_YOURS' },
    ],
    ['no number', { items: [{ invoiceId, amount: '1e2' }] }, { path: 'items.0.amount', code: 'NOT_A_NUMBER' }],
    ['a minus', { items: [{ invoiceId, amount: '-1' }] }, { path: 'items.0.amount', code: 'NOT_A_NUMBER' }],
    [
      'a part of a cent',
      { items: [{ invoiceId, amount: '1.005' }] },
      { path: 'items.0.amount', code: 'TOO_MANY_DECIMALS' },
    ],
    ['yesterday', { date: '2026-11-21' as CalendarDate }, { path: 'date', code: 'DATE_TOO_EARLY', earliest: TODAY }],
    ['next year', { date: '2026-12-23' as CalendarDate }, { path: 'date', code: 'DATE_TOO_LATE' }],
  ])('is not for %s', (_what, changes, problem) => {
    expect(refusalOfPayment(wish(changes), ACCOUNT, TODAY)?.problems).toEqual([problem]);
  });
});

describe('a payment by what is open', () => {
  it('is from a cent to all of it', () => {
    for (const amount of ['0.01', '40', '40.00']) expect(refusalByDebts(paying(amount), ACCOUNT, debts())).toBeNull();
    for (const amount of ['0', '40.01', '999999999999']) {
      expect(refusalByDebts(paying(amount), ACCOUNT, debts())?.problems).toEqual([
        { path: 'items.0.amount', code: 'AMOUNT_OUT_OF_BOUNDS', minimum: '0.01', maximum: '40.00' },
      ]);
    }
  });

  it.each([
    ['paid', { state: 'PAID' }, 'ALREADY_PAID'],
    ['released for a debit', { state: 'DEBIT_RELEASED' }, 'ALREADY_PAID'],
    ['being collected', { state: 'COLLECTION' }, 'ALREADY_PAID'],
    ['announced as a transfer', { state: 'TRANSFER_NOTIFIED' }, 'ALREADY_PAID'],
    ['specified', { state: 'SPECIFIED' }, 'ALREADY_PAID'],
    ['cleared', { open: euro('0.00') }, 'ALREADY_PAID'],
    ['a credit', { open: euro('-5.00') }, 'ALREADY_PAID'],
    ['not payable', { state: 'NOT_PAYABLE' }, 'NOT_POSSIBLE'],
    ['in another currency', { open: { amount: '40.00', currency: 'CHF' } }, 'NOT_POSSIBLE'],
    ['of another contract account', { contractAccount: '000900071101' }, 'NOT_YOURS'],
    ['of another number', { number: 'ISU2' }, 'NOT_YOURS'],
  ])('is not for an invoice that is %s', (_what, changes, code) => {
    const refusal = refusalByDebts(wish(), ACCOUNT, debts(changes as Partial<Invoice>));
    expect(refusal?.problems).toEqual([{ path: 'items.0.invoiceId', code }]);
  });

  it('is for an invoice whose payment was promised', () => {
    expect(refusalByDebts(wish(), ACCOUNT, debts({ state: 'PROMISED' }))).toBeNull();
  });

  it('is not refused for an invoice that may be an unreadable one', () => {
    const gaps = [{ path: 'd.results[0]', reason: 'is empty' }];
    expect(refusalByDebts(wish(), ACCOUNT, debts({ number: 'ISU2' }, gaps))).toBeNull();
  });

  it('is from a bank account that is kept', () => {
    const other = wish({ bankAccountId: toGlobalId('BankAccount', '4471100/0002') });
    expect(refusalByDebts(other, ACCOUNT, debts())?.problems).toEqual([{ path: 'bankAccountId', code: 'NOT_YOURS' }]);
  });

  it('needs the text that counts now, and a house that may debit', () => {
    expect(refusalByText(wish(), TEXT)).toBeNull();
    expect(refusalByText(wish({ textVersion: 'x' }), TEXT)).toMatchObject({ code: 'TEXT_OUTDATED' });
    expect(refusalByText(wish(), null)).toMatchObject({ code: 'NOT_POSSIBLE' });
  });
});

describe('a payment among those that are there', () => {
  const payment: PaymentDocument = {
    bankAccount: '0001',
    executedOn: TODAY,
    items: [{ invoice: 'ISU1', amount: '40.00' as DecimalText }],
  };
  const list = (changes: Partial<PaymentDocument>) => ({ value: [{ ...payment, ...changes }], omissions: [] });

  it('is the wished one by bank account, day, invoices and amounts', () => {
    expect(isPaymentOf(wish(), ACCOUNT, payment)).toBe(true);
    const others: Partial<PaymentDocument>[] = [
      { bankAccount: '0002' },
      { executedOn: '2026-11-21' as CalendarDate },
      { executedOn: null },
      { items: [] },
      { items: [{ invoice: 'ISU1', amount: '39.99' as DecimalText }] },
      { items: [{ invoice: 'ISU2', amount: '40.00' as DecimalText }] },
      { items: [...payment.items, { invoice: 'ISU2', amount: '1.00' as DecimalText }] },
    ];
    expect(others.map((changes) => isPaymentOf(wish(), ACCOUNT, { ...payment, ...changes }))).toEqual(
      others.map(() => false),
    );
  });

  it('stands against a second one of the same invoice as long as it is to be carried out', () => {
    const already = [{ path: 'items.0.invoiceId', code: 'ALREADY_PAID' }];
    expect(refusalByPayments(wish(), list({}), TODAY)?.problems).toEqual(already);
    expect(refusalByPayments(wish(), list({ executedOn: null }), TODAY)?.problems).toEqual(already);
    expect(refusalByPayments(paying('1'), list({ bankAccount: '0002' }), TODAY)?.problems).toEqual(already);
    expect(refusalByPayments(wish(), list({ executedOn: '2026-11-21' as CalendarDate }), TODAY)).toBeNull();
    expect(refusalByPayments(wish(), list({ items: [] }), TODAY)).toBeNull();
  });
});

describe('who pays', () => {
  it('is the customer, or an agent of this company', () => {
    const agent = (subsidiary: string): Principal => {
      const common = { kind: 'agent', subject: 'a', expiresAt: 9, role: 'service', mandate: null } as const;
      return { ...common, subsidiary };
    };
    expect(() => expectMayPay({ kind: 'customer', subject: 's', expiresAt: 9 })).not.toThrow();
    expect(() => expectMayPay(agent('ENERGY'))).not.toThrow();
    expect(() => expectMayPay(agent('POOLS'))).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    expect(() => expectMayPay({ kind: 'anonymous' })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
});
