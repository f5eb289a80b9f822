import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { customerPrincipal, directoryOf, openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpResponse } from '#lib/upstream';
import { FakeMoney } from '../../fixtures/fake-money.js';
import { fixture, jsonAnswer, printed } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from '../backend/energy.backend.js';
import { MoneyBackend } from '../backend/payment/money.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { DirectDebitMandate } from '../mandate.js';
import { mandateText } from '../model/payment/mandate-text.js';
import { PayOpenItems } from './pay-open-items.js';

const ACCOUNT = '0004471100';
const INVOICES = ['ISU000000710001', 'ISU000000710002'].map((number) => toGlobalId('Invoice', number));
const INPUT = {
  contractAccountId: toGlobalId('ContractAccount', '900071100'),
  bankAccountId: toGlobalId('BankAccount', '0004471100/0001'),
  items: [
    { invoiceId: INVOICES[0], amount: '40' },
    { invoiceId: INVOICES[1], amount: '12.5' },
  ],
  date: '2026-11-22',
  textVersion: mandateText('DE98ZZZ09999999999').version,
};

const row = (number: string, remaining: string, changes: object = {}) => ({
  InvoiceID: number,
  AccountID: ACCOUNT,
  ContractAccountID: '000900071100',
  AmountDue: '50.0000',
  AmountRemaining: remaining,
  Currency: 'EUR',
  DueDate: '/Date(1795132800000)/',
  InvoiceDate: '/Date(1793577600000)/',
  InvoiceStatusID: '1',
  Division: '01',
  ...changes,
});

function house() {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeMoney();
  books.invoices = [row('ISU000000710001', '40.0000'), row('ISU000000710002', '50.0000')];
  const sap = books.connect();
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen', creditorId: 'DE98ZZZ09999999999' };
  const gateway = new SapGateway(settings, upstream, clock);
  const energy = new EnergyBackend(gateway, clock);
  const command = new PayOpenItems(
    new MoneyBackend(gateway),
    energy,
    upstream,
    directoryOf(),
    new DirectDebitMandate(settings),
    clock,
  );
  const intents: number[] = [];
  const attempt: Attempt = {
    account: ACCOUNT,
    key: 'k',
    number: 1,
    signal: new AbortController().signal,
    intend: () => Promise.resolve(void intents.push(books.changes.length)),
  };
  const wish = (changes: object = {}) => command.parse({ ...INPUT, ...changes });
  const check = (changes: object = {}) =>
    command.check(wish(changes), {
      account: ACCOUNT,
      scope: openScope(clock, { principal: customerPrincipal('lena') }),
    });
  const execute = (changes: object = {}, more: Partial<Attempt> = {}) =>
    command.execute(wish(changes), { ...attempt, ...more });
  return { clock, books, sap, command, attempt, intents, wish, check, execute };
}

const down = (): HttpResponse => jsonAnswer('{}', 503);
const lost = new AppError('UPSTREAM_UNAVAILABLE', 'cut');
const done = { kind: 'done', result: { contractAccountId: INPUT.contractAccountId } };

describe('a payment that a client sends', () => {
  it.each([
    [[], '$'],
    [{ ...INPUT, items: [] }, 'items'],
    [{ ...INPUT, items: [5] }, 'items.0'],
    [{ ...INPUT, items: [{ invoiceId: 'x' }] }, 'items.0.amount'],
    [{ ...INPUT, items: [INPUT.items[0], INPUT.items[0]] }, 'items.1.invoiceId'],
    [{ ...INPUT, items: Array.from({ length: 21 }, () => INPUT.items[0]) }, 'items'],
    [{ ...INPUT, bankAccountId: 5 }, 'bankAccountId'],
    [{ ...INPUT, contractAccountId: '' }, 'contractAccountId'],
    [{ ...INPUT, date: '22.11.2026' }, 'date'],
    [{ ...INPUT, textVersion: null }, 'textVersion'],
  ])('is refused with the place when %j is none', (input, path) => {
    expect(() => house().command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('reads back from a journal as it was, and needs a client’s key', () => {
    const { command, wish } = house();
    expect(command.parse(JSON.parse(JSON.stringify(wish())))).toEqual(wish());
    expect('naturalKey' in command).toBe(false);
  });
});

describe('the check of a payment', () => {
  it('accepts what is open', async () => {
    expect(await house().check()).toBeNull();
  });

  it.each([
    ['another customer’s bank account', { bankAccountId: toGlobalId('BankAccount', '1/0001') }, 'NOT_YOURS'],
    ['yesterday', { date: '2026-11-21' }, 'DATE_TOO_EARLY'],
    ['no amount', { items: [{ invoiceId: INVOICES[0], amount: 'viel' }] }, 'NOT_A_NUMBER'],
  ])('refuses %s before it asks SAP', async (_, changes, code) => {
    const { check, sap } = house();
    expect(await check(changes)).toMatchObject({ code });
    expect(sap.requests).toEqual([]);
  });

  it.each([
    ['too much', { items: [{ invoiceId: INVOICES[0], amount: '40.01' }] }, 'AMOUNT_OUT_OF_BOUNDS'],
    ['another customer’s invoice', { items: [{ invoiceId: toGlobalId('Invoice', '9'), amount: '1' }] }, 'NOT_YOURS'],
    ['an old text', { textVersion: '1' }, 'TEXT_OUTDATED'],
  ])('refuses %s', async (_, changes, code) => {
    expect(await house().check(changes)).toMatchObject({ code });
  });

  it('goes by what SAP says now', async () => {
    const { check, books } = house();
    await check();
    books.invoices = [row('ISU000000710001', '45.0000'), row('ISU000000710002', '50.0000')];
    expect(await check({ items: [{ invoiceId: INVOICES[0], amount: '45' }] })).toBeNull();
    books.invoices = [row('ISU000000710001', '45.0000', { InvoiceStatusID: '2' })];
    expect(await check({ items: [{ invoiceId: INVOICES[0], amount: '45' }] })).toMatchObject({ code: 'ALREADY_PAID' });
  });

  it('accepts while SAP is down and nothing is known', async () => {
    const { check, books } = house();
    books.instead = down;
    expect(await check()).toBeNull();
  });
});

describe('carrying a payment out', () => {
  it('enters it once, after the intent, with the golden request', async () => {
    const { execute, books, intents } = house();
    expect(await execute()).toEqual(done);
    expect(intents).toEqual([0]);
    expect(books.changes.map(printed)).toEqual([fixture('pay-open-items.request.txt').toString('utf8')]);
  });

  it.each([
    ['paid meanwhile', { InvoiceStatusID: '9' }, 'ALREADY_PAID'],
    ['released meanwhile', { InvoiceStatusID: '2' }, 'ALREADY_PAID'],
    ['of another contract account', { ContractAccountID: '000900071101' }, 'NOT_YOURS'],
  ])('refuses without an intent what is %s', async (_, changes, code) => {
    const { execute, books, intents } = house();
    books.invoices[0] = row('ISU000000710001', '40.0000', changes);
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code } });
    expect([books.changes, intents]).toEqual([[], []]);
  });

  it('refuses a second payment of the same invoice, though SAP still calls it open and would take it', async () => {
    const { execute, books } = house();
    await execute();
    expect(await execute({ items: [{ invoiceId: INVOICES[1], amount: '1' }] })).toMatchObject({
      kind: 'refused',
      refusal: { problems: [{ path: 'items.0.invoiceId', code: 'ALREADY_PAID' }] },
    });
    expect(books.payments).toHaveLength(1);
  });

  it('refuses when its day has passed, since SAP debits on no other', async () => {
    const { execute, clock, books } = house();
    await clock.advance(24 * 3_600_000);
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code: 'DATE_TOO_EARLY' } });
    expect(books.changes).toEqual([]);
  });

  it.each(['Invoice', 'PaymentDocument', 'BankAccount'])('waits while a %s cannot be read', async (type) => {
    const { execute, books, intents } = house();
    if (type === 'Invoice') books.invoices[0] = row('ISU000000710001', 'viel');
    if (type === 'PaymentDocument') books.payments = [{ AccountID: ACCOUNT }];
    if (type === 'BankAccount') books.bankAccounts = [{ AccountID: ACCOUNT }];
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    expect(intents).toEqual([]);
  });

  it('tells SAP’s own words when it does not take the payment', async () => {
    const { execute, books } = house();
    books.onChange = () => jsonAnswer(fixture('not-possible.answer.json'), 400);
    expect(await execute()).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: expect.stringContaining('derzeit nicht') },
    });
  });

  it('sends SAP’s own numbers, whatever an id holds', async () => {
    const { check, execute, books } = house();
    const items = [{ invoiceId: toGlobalId('Invoice', "ISU000000710001') or InvoiceID ne ('"), amount: '1' }];
    expect(await check({ items })).toMatchObject({ code: 'NOT_YOURS' });
    const bankAccountId = toGlobalId('BankAccount', "0004471100/0001'\r\nX: y");
    expect(await execute({ bankAccountId })).toMatchObject({ kind: 'refused' });
    expect(books.changes).toEqual([]);
  });
});

describe('reading a payment back after a lost answer', () => {
  it('tells what was entered from what was not', async () => {
    const { command, execute, wish, attempt, books } = house();
    books.onChange = () => Promise.reject(lost);
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toBeNull();
    books.onChange = (request) => {
      books.book(request);
      return Promise.reject(lost);
    };
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toEqual(done);
    expect(books.payments).toHaveLength(1);
  });

  it('takes no other payment for it', async () => {
    const { command, execute, wish, attempt } = house();
    await execute({ items: [{ invoiceId: INVOICES[0], amount: '39' }] });
    expect(await command.readBack(wish(), attempt)).toBeNull();
  });

  it('recognises its own request that arrived late', async () => {
    const { execute, books } = house();
    await execute();
    expect(await execute({}, { number: 2 })).toEqual(done);
    expect(books.payments).toHaveLength(1);
  });

  it('cannot say when payments are unreadable or SAP is down', async () => {
    const { command, wish, attempt, books } = house();
    books.payments = [{ AccountID: ACCOUNT }];
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    books.instead = down;
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
