import { describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import type { Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../../fixtures/fake-sap.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { MoneyBackend } from './money.backend.js';

const ACCOUNT = '0004471100';
const call: UpstreamCall = { signal: new AbortController().signal };
const HELD = {
  number: '0001',
  holder: 'Nele Anker',
  iban: 'DE02120300000000202051',
  kept: { AccountID: ACCOUNT, BankAccountID: '0001', BankID: '12030000', CountryID: 'DE', AccountHolder: 'Nele Anker' },
};

/** What the last request of `work` looked like. */
async function sent(work: (backend: MoneyBackend) => Promise<unknown>): Promise<string> {
  const sap = new FakeSap((request) => {
    if (isSignIn(request)) return sessionAnswer();
    return request.method === 'GET' ? jsonAnswer('{"d":{"results":[]}}') : jsonAnswer('', 204);
  });
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  await work(new MoneyBackend(new SapGateway(settings, upstream, new TestClock())));
  return printed(sap.requests.at(-1)!);
}

describe('requests about money', () => {
  it.each([
    ['list-held-bank-accounts', (backend: MoneyBackend) => backend.listHeldBankAccounts(ACCOUNT, call)],
    ['list-agreements', (backend: MoneyBackend) => backend.listAgreements(ACCOUNT, call)],
    ['list-payments', (backend: MoneyBackend) => backend.listPayments(ACCOUNT, call)],
    [
      'change-bank-account',
      (backend: MoneyBackend) =>
        backend.changeBankAccount(
          HELD,
          { account: ACCOUNT, iban: 'DE93999999990000000001', holder: 'Nele "N." O\'Anker' },
          call,
        ),
    ],
  ])('%s is sent to the byte', async (name, work) => {
    expect(await sent(work)).toBe(fixture(`${name}.request.txt`).toString('utf8'));
  });

  it('cannot be led elsewhere by a number', async () => {
    const [line] = (await sent((backend) => backend.listPayments("1')/Contracts('2", call))).split('\n');
    expect(line).toBe(
      "GET /sap/opu/odata/sap/ERP_UTILITIES_UMC/Accounts('1%27%27)%2FContracts(%27%272')/PaymentDocuments?$expand=PaymentDocumentItems",
    );
  });
});
