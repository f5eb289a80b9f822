import { describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import type { HttpResponse, Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, pageAnswer, printed, sessionAnswer } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from './energy.backend.js';
import { SapGateway } from './sap/sap-gateway.js';

const ACCOUNT = '0004471100';
const call: UpstreamCall = { signal: new AbortController().signal };
const euro = (amount: string): object => ({ amount, currency: 'EUR' });

type Method = 'listContractAccounts' | 'listPaymentPlans' | 'listBankAccounts';

async function ask(method: Method, name: string) {
  const sap = new FakeSap((request) =>
    isSignIn(request) ? sessionAnswer() : jsonAnswer(fixture(`${name}.answer.json`)),
  );
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  const { value, omissions } = await new EnergyBackend(
    new SapGateway(settings, upstream, new TestClock()),
    new TestClock(),
  )[method](ACCOUNT, call);
  expect(sap.requests.slice(1).map(printed)).toEqual([fixture(`list-${name}.request.txt`).toString('utf8')]);
  return { value: [...value], reasons: omissions.map(({ reason }) => reason) };
}

describe('what is owed and how it is paid', () => {
  it('shows contract accounts with their balance, and which bank account is debited', async () => {
    const { value, reasons } = await ask('listContractAccounts', 'contract-accounts');
    expect(value).toEqual([
      {
        number: '000900071100',
        balance: euro('25.00'),
        debits: euro('35.12'),
        credits: euro('-10.12'),
        debitedBankAccount: '0001',
      },
      {
        number: '000900071101',
        balance: euro('0.00'),
        debits: euro('0.00'),
        credits: euro('0.00'),
        debitedBankAccount: null,
      },
    ]);
    expect(reasons).toEqual(['is missing', 'is another account']);
  });

  it('shows payment plans', async () => {
    const { value, reasons } = await ask('listPaymentPlans', 'payment-plans');
    expect(value).toEqual([
      {
        contractNumber: '0900071001',
        amount: euro('30.00'),
        debt: euro('174.00'),
        startsIn: '2026-12',
        cycle: 'Monatlich',
      },
    ]);
    expect(reasons).toEqual(['is not a month', 'is another account']);
  });

  it('shows bank accounts, with the account number where there is no IBAN', async () => {
    const { value, reasons } = await ask('listBankAccounts', 'bank-accounts');
    expect(value).toEqual([
      { number: '0001', holder: 'Lena Beispiel', bank: 'Sandbank Jena', iban: 'DE31999123457100000001' },
      { number: '0002', holder: '', bank: null, iban: 'xxx4567' },
    ]);
    expect(reasons).toEqual(['is empty', 'is another account']);
  });
});

describe('the PDF of an invoice', () => {
  const read = async (answer: HttpResponse) => {
    const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer));
    const upstream = { connect: () => sap } as unknown as Upstream;
    const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
    const backend = new EnergyBackend(new SapGateway(settings, upstream, new TestClock()), new TestClock());
    const { value } = await backend.readInvoicePdf('ISU000000710001', call);
    expect(sap.requests.slice(1).map(printed)).toEqual([fixture('invoice-pdf.request.txt').toString('utf8')]);
    return Buffer.from(value.base64, 'base64').toString('utf8');
  };
  const pdf = (body: string, type = 'application/pdf', status = 200): HttpResponse => ({
    status,
    headers: { 'content-type': type },
    body: Buffer.from(body),
  });

  it('is the bytes of its stream', async () => {
    expect(await read(pdf('%PDF-1.4 …'))).toBe('%PDF-1.4 …');
  });

  it.each([
    ['a page of the firewall', pageAnswer(fixture('firewall.answer.html')), 'UPSTREAM_UNAVAILABLE'],
    ['a logon page', pageAnswer(fixture('logon.answer.html')), 'UPSTREAM_UNAVAILABLE'],
    ['an error', jsonAnswer(fixture('error.answer.json'), 404), 'UPSTREAM_REJECTED'],
    ['JSON', jsonAnswer('{"d":{}}'), 'UPSTREAM_MALFORMED'],
    ['a PDF by name only', pdf('<html>'), 'UPSTREAM_MALFORMED'],
    ['a PDF that calls itself a page', pdf('%PDF-1.4', 'text/html'), 'UPSTREAM_MALFORMED'],
  ])('is not %s', async (_what, answer, code) => {
    await expect(read(answer)).rejects.toMatchObject({ code });
  });
});
