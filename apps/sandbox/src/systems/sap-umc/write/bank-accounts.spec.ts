import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answered, type Bench, energyOf, NODE, type Session, startBench } from '../umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');
/** Of no bank that exists. */
const IBAN = 'DE93999999990000000001';

describe.each(['newer', 'older'] as const)('bank accounts and agreements of the %s service pack', (servicePack) => {
  let bench: Bench;
  let session: Session;
  let accountId: string;
  let agreementId: string;
  beforeAll(async () => {
    bench = await startBench(servicePack);
    const { energy } = energyOf(bench.city, 'aylin');
    accountId = energy.accountId;
    agreementId = energy.contractAccountId;
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.city.clock.shift(NOON - Date.now());
    bench.city.faults.end();
    bench.system.reset();
    session = await bench.signOn();
  });

  const insert = (body: object) =>
    bench.write(session, 'POST', 'BankAccounts', { AccountID: accountId, AccountHolder: 'Aylin Kaya', IBAN, ...body });
  const list = async (service = 'ERP'): Promise<Answered> =>
    (await bench.json(`${service}_UTILITIES_UMC/Accounts('${accountId}')/BankAccounts`)).body['d']!['results']!;
  const agreement = async (): Promise<Record<string, unknown>> => {
    const { body } = await bench.json(`CRM_UTILITIES_UMC/BusinessAgreements('${agreementId}')`);
    const plain = Object.entries(body['d']!).filter(([, value]) => typeof value !== 'object' || value === null);
    return Object.fromEntries(plain);
  };
  const change = async (body: object, method = 'PUT') => {
    const { cookie, token } = session;
    const headers = { cookie, 'x-csrf-token': token, accept: 'application/json', 'content-type': 'application/json' };
    const path = `${NODE}CRM_UTILITIES_UMC/BusinessAgreements('${agreementId}')`;
    const { status, text } = await bench.ask(method, path, headers, JSON.stringify(body));
    const code = text === '' ? null : (JSON.parse(text) as { error: { code: string } }).error.code;
    return { status, code };
  };

  it('are entered under the next number, whatever number is sent, and shown by both services', async () => {
    const made = await insert({ BankAccountID: '0007', BankAccountName: 'Haushalt' });
    const shown = {
      AccountID: accountId,
      BankAccountID: '0002',
      BankID: '99999999',
      BankAccountNo: '0000000001',
      AccountHolder: 'Aylin Kaya',
      BankAccountName: 'Haushalt',
      IBAN,
    };
    expect(made.status).toBe(201);
    expect(made.body?.['d']).toMatchObject(shown);
    expect([await list(), await list('CRM')]).toMatchObject([
      [{ BankAccountID: '0001' }, shown],
      [{}, shown],
    ]);
    expect(bench.system.books?.()).toMatchObject([
      { kind: 'bank-account', account: accountId, bankAccount: '0002', iban: IBAN, holder: 'Aylin Kaya', times: 1 },
    ]);
  });

  it('are entered a second time without a word', async () => {
    await insert({});
    await insert({});
    expect((await list()).map(({ BankAccountID: number }) => number)).toEqual(['0001', '0002', '0003']);
    expect(bench.system.books?.()).toMatchObject([{ times: 2 }, { times: 2 }]);
  });

  it.each([
    ['no IBAN', { IBAN: '' }, 'CRM_IU_UMC_ODATA/081'],
    ['a wrong check digit', { IBAN: 'DE94999999990000000001' }, 'CRM_IU_UMC_ODATA/111'],
    ['a German one that is too short', { IBAN: 'DE9399999999000000000' }, 'CRM_IU_UMC_ODATA/111'],
    ['blanks', { IBAN: 'DE93 9999 9999 0000 0000 01' }, 'CRM_IU_UMC_ODATA/111'],
  ])('are refused with %s', async (_what, wrong, code) => {
    const refused = await insert(wrong);
    expect([refused.status, refused.body?.['error']?.['code']]).toEqual([400, code]);
    expect(bench.system.books?.()).toEqual([]);
  });

  it('are refused for a holder that does not fit, and for nobody', async () => {
    expect((await insert({ AccountHolder: 'x'.repeat(61) })).status).toBe(400);
    expect((await insert({ AccountID: '0000000001' })).status).toBe(404);
    expect(bench.system.books?.()).toEqual([]);
  });

  it('are changed as a whole, only an empty IBAN stays', async () => {
    const path = `BankAccounts(AccountID='${accountId}',BankAccountID='0001')`;
    const before = (await list())[0]!;
    expect((await bench.write(session, 'PUT', path, { AccountHolder: 'A. Kaya', IBAN: '' })).status).toBe(204);
    expect((await list())[0]).toMatchObject({ AccountHolder: 'A. Kaya', BankAccountName: '', IBAN: before['IBAN'] });
    const wrong = await bench.write(session, 'PUT', path, { BankAccountID: '0002' });
    expect(wrong.status).toBe(400);
    expect((await bench.write(session, 'PUT', path.replace('0001', '0009'), {})).status).toBe(404);
  });

  it('are debited by an agreement that is put as a whole, and the contract account follows', async () => {
    await insert({});
    const whole = await agreement();
    expect(whole).toMatchObject({ IncomingPaymentMethodID: 'E', IncomingPaymentBankAccountID: '0001' });
    expect(await change({ ...whole, IncomingPaymentBankAccountID: '0002' })).toEqual({ status: 204, code: null });
    expect(await agreement()).toEqual({ ...whole, IncomingPaymentBankAccountID: '0002' });
    const { body } = await bench.json(`ContractAccounts('${agreementId}')?$expand=IncomingBankAccount`);
    expect(body['d']).toMatchObject({ IncomingPaymentBankAccountID: '0002', IncomingBankAccount: { IBAN } });
    expect(bench.system.books?.()).toMatchObject([
      {},
      { kind: 'business-agreement', contractAccount: agreementId, method: 'E', debited: '0002' },
    ]);
  });

  it('lose what a PUT leaves out, and keep what a MERGE does', async () => {
    const whole = await agreement();
    const { AccountAddressID, BillToAccountAddressID } = whole;
    expect((await change({ OutgoingPaymentMethodID1: 'U' }, 'MERGE')).status).toBe(204);
    expect(await agreement()).toEqual({ ...whole, OutgoingPaymentMethodID1: 'U' });
    expect((await change({ AccountAddressID, BillToAccountAddressID })).status).toBe(204);
    expect(await agreement()).toMatchObject({ Description: '', IncomingPaymentMethodID: '' });
  });

  it.each([
    ['another address', { AccountAddressID: '1' }, 'CRM_IU_UMC_ODATA/091'],
    ['a debit without an account', { IncomingPaymentBankAccountID: '' }, 'CRM_IU_UMC_ODATA/081'],
    ['an account that is not there', { IncomingPaymentBankAccountID: '0009' }, 'EL/355'],
    ['a method that is not there', { IncomingPaymentMethodID: 'Z' }, 'EL/355'],
  ])('refuse %s', async (_what, wrong, code) => {
    expect(await change({ ...(await agreement()), ...wrong })).toEqual({ status: 400, code });
    expect(bench.system.books?.()).toEqual([]);
  });

  it('suffer the faults of the household that the body names, and are forgotten with it', async () => {
    bench.city.faults.order({ kind: 'cut', after: 'effect', methods: 'modifying', system: 'sap-umc', household: 2 });
    await expect(insert({})).rejects.toThrow();
    bench.city.faults.end();
    expect(await list()).toHaveLength(2);
    bench.system.resetHousehold?.(2);
    expect(await list()).toHaveLength(1);
  });
});
