import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId, type Principal } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { customerPrincipal, directoryOf, openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpResponse } from '#lib/upstream';
import { bankAccount, FakeMoney } from '../../fixtures/fake-money.js';
import { fixture, jsonAnswer, printed, tokenRefused } from '../../fixtures/fake-sap.js';
import { MoneyBackend } from '../backend/payment/money.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { DirectDebitMandate } from '../mandate.js';
import { mandateText } from '../model/payment/mandate-text.js';
import { ChangeBankAccount } from './change-bank-account.js';

const ACCOUNT = '0004471100';
const HELD = 'DE42999123457100000001';
const NEW = 'DE93999999990000000001';
const DEBIT = {
  contractAccountId: toGlobalId('ContractAccount', '000900071101'),
  textVersion: mandateText('DE98ZZZ09999999999').version,
};

function house({ creditorId }: { creditorId?: string } = { creditorId: 'DE98ZZZ09999999999' }) {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeMoney();
  const sap = books.connect();
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen', creditorId };
  const command = new ChangeBankAccount(
    new MoneyBackend(new SapGateway(settings, upstream, clock)),
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
  const wish = (changes: object = {}) =>
    command.parse({ iban: NEW, holder: 'Lena Beispiel', directDebit: DEBIT, ...changes });
  const fresh = { ...customerPrincipal('lena'), stepUpUntil: clock.now() + 1 } as Principal;
  const check = (changes: object = {}, principal: Principal = fresh) =>
    command.check(wish(changes), { account: ACCOUNT, scope: openScope(clock, { principal }) });
  const execute = (changes: object = {}) => command.execute(wish(changes), attempt);
  return { books, sap, command, attempt, intents, wish, check, execute };
}

const down = (): HttpResponse => jsonAnswer('{}', 503);
const lost = new AppError('UPSTREAM_UNAVAILABLE', 'cut');
const done = { kind: 'done', result: { bankAccount: '0002' } };
const targets = (books: FakeMoney) => books.changes.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);

describe('a bank account that a client sends', () => {
  it.each([
    [[], '$'],
    [{ holder: 'x' }, 'iban'],
    [{ iban: NEW }, 'holder'],
    [{ iban: NEW, holder: 5 }, 'holder'],
    [{ iban: 'x'.repeat(201), holder: 'x' }, 'iban'],
    [{ iban: NEW, holder: 'x', directDebit: 'yes' }, 'directDebit'],
    [{ iban: NEW, holder: 'x', directDebit: {} }, 'directDebit.contractAccountId'],
    [{ iban: NEW, holder: 'x', directDebit: { contractAccountId: 'x' } }, 'directDebit.textVersion'],
  ])('is refused with the place when %j is none', (input, path) => {
    expect(() => house().command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('is the same however it is written, and reads back from a journal as it was', () => {
    const { command, wish } = house();
    const written = wish({ iban: ' de93 9999 9999 0000 0000 01\n', holder: ' Lena\r\n Beispiel\u200b ' });
    expect(written).toEqual(wish());
    expect(command.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
  });

  it('is one wish for an IBAN and a contract account', () => {
    const { command, wish } = house();
    const short = { ...DEBIT, contractAccountId: toGlobalId('ContractAccount', '900071101') };
    expect(command.naturalKey(wish())).toBe(`${NEW}/900071101`);
    expect(command.naturalKey(wish({ directDebit: short, holder: 'x' }))).toBe(`${NEW}/900071101`);
    expect(command.naturalKey(wish({ directDebit: null }))).toBe(`${NEW}/`);
  });
});

describe('the check of a bank account', () => {
  it('accepts what is one', async () => {
    expect(await house().check()).toBeNull();
    expect(await house().check({ directDebit: null })).toBeNull();
  });

  it('lets customers in only right after a second factor, and no other company’s agents', async () => {
    const { check, sap } = house();
    await expect(check({}, customerPrincipal('lena'))).rejects.toMatchObject({ code: 'STEP_UP_REQUIRED' });
    const common = { kind: 'agent', subject: 'a', expiresAt: 9e15, role: 'service', mandate: null } as const;
    await expect(check({}, { ...common, subsidiary: 'POOLS' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(sap.requests).toEqual([]);
    expect(await check({}, { ...common, subsidiary: 'ENERGY' })).toBeNull();
  });

  it.each([
    ['no IBAN', { iban: 'DE00' }, 'IBAN_INVALID', 'iban'],
    ['no holder', { holder: ' \t ' }, 'TEXT_MISSING', 'holder'],
    [
      'no id of a contract account',
      { directDebit: { ...DEBIT, contractAccountId: 'x' } },
      'NOT_YOURS',
      'directDebit.contractAccountId',
    ],
  ])('refuses %s before it asks SAP', async (_, changes, code, path) => {
    const { check, sap } = house();
    expect(await check(changes)).toMatchObject({ code, problems: [{ path, code }] });
    expect(sap.requests).toEqual([]);
  });

  it('refuses another customer’s contract account, also where all else is wrong', async () => {
    const contractAccountId = toGlobalId('ContractAccount', '000900079999');
    expect(await house().check({ directDebit: { contractAccountId, textVersion: 'x' } })).toMatchObject({
      code: 'NOT_YOURS',
    });
  });

  it('refuses an old text even while SAP is down, and nothing else then', async () => {
    const { check, books } = house();
    books.instead = down;
    expect(await check()).toBeNull();
    expect(await check({ directDebit: { ...DEBIT, textVersion: 'x' } })).toMatchObject({ code: 'TEXT_OUTDATED' });
  });

  it('refuses a direct debit where the house may not debit', async () => {
    const { check } = house({});
    expect(await check()).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(await check({ directDebit: null })).toBeNull();
  });
});

describe('carrying a bank account out', () => {
  it('enters it and lets it be debited, after one intent, with the golden requests', async () => {
    const { execute, books, intents } = house();
    expect(await execute()).toEqual(done);
    expect(books.bankAccounts.at(-1)).toMatchObject({ BankAccountID: '0002', IBAN: NEW });
    expect(books.agreements[1]).toMatchObject({ IncomingPaymentMethodID: 'E', IncomingPaymentBankAccountID: '0002' });
    expect(intents).toEqual([0]);
    expect(books.changes.map((change) => printed(change).replaceAll('\r\n', '\n'))).toEqual([
      fixture('enter-bank-account.request.txt').toString('utf8'),
      fixture('debit-bank-account.request.txt').toString('utf8'),
    ]);
  });

  it('gives SAP back all that it keeps of the agreement', async () => {
    const { execute, books } = house();
    const before = books.agreements[1]!;
    await execute();
    const { __metadata: _, ContractItems: __, ...kept } = before;
    expect(books.agreements[1]).toEqual({
      ...kept,
      IncomingPaymentMethodID: 'E',
      IncomingPaymentBankAccountID: '0002',
      SEPAFlag: 'X',
    });
  });

  it('sends no SEPA flag to a service pack without one', async () => {
    const { execute, books } = house();
    books.agreements = books.agreements.map((agreement) =>
      Object.fromEntries(Object.entries(agreement).filter(([name]) => name !== 'SEPAFlag')),
    );
    await execute();
    expect(books.agreements[1]).not.toHaveProperty('SEPAFlag');
  });

  it('only enters it where no debit is wished', async () => {
    const { execute, books } = house();
    expect(await execute({ directDebit: null })).toEqual(done);
    expect(targets(books)).toEqual(['POST BankAccounts']);
  });

  it('uses an entry that is there, changing no more than its holder', async () => {
    const { execute, books } = house();
    expect(await execute({ iban: HELD })).toMatchObject({ result: { bankAccount: '0001' } });
    expect(targets(books)).toEqual(['POST $batch']);
    const { Bank: _, __metadata: __, ...kept } = books.bankAccounts[0]!;
    await execute({ iban: HELD, holder: 'Otto Beispiel' });
    expect(targets(books).slice(1)).toEqual([`PUT BankAccounts(AccountID='${ACCOUNT}',BankAccountID='0001')`]);
    expect(books.bankAccounts[0]).toEqual({ ...kept, AccountHolder: 'Otto Beispiel' });
  });

  it('sends nothing when all is as wished already', async () => {
    const { execute, books, intents } = house();
    await execute();
    expect(await execute()).toEqual(done);
    expect([books.changes.length, intents]).toEqual([2, [0]]);
  });

  it.each([
    ['an IBAN that is none', { iban: 'DE00' }],
    [
      'another customer’s contract account',
      { directDebit: { ...DEBIT, contractAccountId: toGlobalId('ContractAccount', '9') } },
    ],
    ['an old text', { directDebit: { ...DEBIT, textVersion: '1' } }],
  ])('refuses %s without an intent', async (_, changes) => {
    const { execute, books, intents } = house();
    expect(await execute(changes)).toMatchObject({ kind: 'refused' });
    expect([books.changes, intents]).toEqual([[], []]);
  });

  it('waits while the agreement cannot be read', async () => {
    const { execute, books, intents } = house();
    books.agreements[1] = { ...books.agreements[1], IncomingPaymentMethodID: 5 };
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    expect(intents).toEqual([]);
  });

  it.each([
    ['CRM_IU_UMC_ODATA/111', { code: 'IBAN_INVALID', problems: [{ path: 'iban', code: 'IBAN_INVALID' }] }],
    ['CRM_IU_UMC_ODATA/081', { code: 'NOT_POSSIBLE' }],
  ])('tells SAP’s refusal %s without the IBAN in it', async (code, refusal) => {
    const { execute, books } = house();
    const message = { lang: 'de', value: `Konto ${NEW} (DE93 9999 9999 0000 0000 01) geht nicht` };
    books.onChange = () => jsonAnswer(JSON.stringify({ error: { code, message } }), 400);
    const effect = await execute();
    expect(effect).toMatchObject({ kind: 'refused', refusal });
    expect(JSON.stringify(effect)).not.toMatch(/DE93|9999/);
    expect(books.changes).toHaveLength(1);
  });

  it('tells when SAP enters the account but does not debit it', async () => {
    const { execute, books } = house();
    books.onChange = (request) =>
      request.path.endsWith('$batch') ? jsonAnswer(fixture('not-possible.answer.json'), 400) : books.book(request);
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_POSSIBLE' } });
  });
});

describe('what anybody types', () => {
  it.each([
    `O'Neill" eq 'x`,
    "') or 1 eq 1",
    '</AccountHolder><x>',
    '--changeset_1\r\nDELETE Accounts HTTP/1.1',
    '\u{1f4a9}ÄÖÜß\\"}{"IBAN":"x',
    '\ud800lone',
  ])('stands in the holder’s name as text and nothing else: %j', async (holder) => {
    const { execute, books, wish } = house();
    expect(await execute({ holder })).toEqual(done);
    const [entered, debited] = books.changes;
    expect(JSON.parse(String(entered!.body))).toMatchObject({ AccountHolder: wish({ holder }).holder, IBAN: NEW });
    expect(String(entered!.body)).not.toMatch(/[\r\n]/);
    expect(String(debited!.body)).not.toContain(wish({ holder }).holder);
    expect(entered!.path).toBe('/sap/opu/odata/sap/ERP_UTILITIES_UMC/BankAccounts');
  });

  it('never reaches an address: the numbers there are SAP’s own', async () => {
    const { check, books } = house();
    const contractAccountId = toGlobalId('ContractAccount', "9') or ('1");
    expect(await check({ directDebit: { ...DEBIT, contractAccountId } })).toMatchObject({ code: 'NOT_YOURS' });
    expect(books.changes).toEqual([]);
  });
});

describe('an answer that is lost', () => {
  it('is found out by looking, after either call', async () => {
    const { command, execute, wish, attempt, books } = house();
    books.onChange = () => Promise.reject(lost);
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toBeNull();
    books.onChange = (request) => {
      books.book(request);
      return Promise.reject(lost);
    };
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toBeNull();
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toEqual(done);
    expect(books.bankAccounts).toHaveLength(2);
  });

  it('leaves the whole in doubt when only the second call was surely not sent', async () => {
    const { execute, books } = house();
    books.onChange = (request) => (request.path.endsWith('$batch') ? tokenRefused() : books.book(request));
    const failure = await execute().catch((error: unknown) => error as AppError);
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect((failure as AppError).details.unsent).toBeUndefined();
    const again = await execute().catch((error: unknown) => error as AppError);
    // Nothing but the second call was missing any more.
    expect((again as AppError).details.unsent).toBe(true);
  });

  it('cannot be found out where SAP masks the number or rows are unreadable', async () => {
    const { command, wish, attempt, books } = house();
    books.bankAccounts = [bankAccount('0001', 'xxxxx0001', 'Lena Beispiel')];
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    books.bankAccounts = [{ ...bankAccount('0001', HELD, 'x'), BankAccountID: '' }];
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    books.instead = down;
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
