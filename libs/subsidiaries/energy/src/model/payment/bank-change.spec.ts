import { describe, expect, it } from '@jest/globals';
import { toGlobalId, type Principal } from '#lib/kernel';
import {
  expectMayChangeBank,
  heldOf,
  mayBeMasked,
  refusalOfBankWish,
  refusalOfDirectDebit,
  type BankWish,
  type HeldBankAccount,
  type PaymentAgreement,
} from './bank-change.js';
import { mandateText } from './mandate-text.js';

const TEXT = mandateText('DE98ZZZ09999999999');
const IBAN = 'DE93999999990000000001';
const directDebit = {
  contractAccountId: toGlobalId('ContractAccount', '900071100'),
  textVersion: TEXT.version,
};
const wish = (changes: Partial<BankWish> = {}): BankWish => ({ iban: IBAN, holder: 'Lena', directDebit, ...changes });
const held = (number: string, iban: string, holder = 'Lena'): HeldBankAccount => ({ number, holder, iban, kept: {} });
const agreement: PaymentAgreement = { number: '000900071100', method: '', debitedBankAccount: null, kept: {} };
const none = { value: [], omissions: [] };

describe('a bank account by itself', () => {
  it('is one with an IBAN and a holder', () => {
    expect(refusalOfBankWish(wish())).toBeNull();
    expect(refusalOfBankWish(wish({ holder: 'x'.repeat(60) }))).toBeNull();
  });

  it.each([
    ['no IBAN', { iban: 'DE00' }, { path: 'iban', code: 'IBAN_INVALID' }],
    ['a wrong check digit', { iban: 'DE94999999990000000001' }, { path: 'iban', code: 'IBAN_INVALID' }],
    ['no holder', { holder: '' }, { path: 'holder', code: 'TEXT_MISSING' }],
    ['a long holder', { holder: 'x'.repeat(61) }, { path: 'holder', code: 'TEXT_TOO_LONG' }],
    [
      'the id of something else',
      { directDebit: { ...directDebit, contractAccountId: toGlobalId('Invoice', '900071100') } },
      { path: 'directDebit.contractAccountId', code: 'NOT_YOURS' },
    ],
  ])('is none with %s', (_what, changes, problem) => {
    expect(refusalOfBankWish(wish(changes))?.problems).toEqual([problem]);
  });

  it('may be abroad, and debited there where SEPA reaches', () => {
    const [austrian, turkish] = ['AT611904300234573201', 'TR330006100519786457841326'];
    expect(refusalOfBankWish(wish({ iban: austrian! }))).toBeNull();
    expect(refusalOfBankWish(wish({ iban: turkish! }))?.problems).toEqual([{ path: 'iban', code: 'IBAN_NOT_SEPA' }]);
    expect(refusalOfBankWish(wish({ iban: turkish!, directDebit: null }))).toBeNull();
  });
});

describe('a direct debit', () => {
  const known = { value: [agreement], omissions: [] };

  it('is for a contract account of the customer, however its number is written', () => {
    expect(refusalOfDirectDebit(wish(), known, TEXT)).toBeNull();
    expect(refusalOfDirectDebit(wish(), none, TEXT)?.problems).toEqual([
      { path: 'directDebit.contractAccountId', code: 'NOT_YOURS' },
    ]);
    expect(refusalOfDirectDebit(wish({ directDebit: null }), none, null)).toBeNull();
  });

  it('is not refused by a list that has gaps or is not known', () => {
    const gaps = { value: [], omissions: [{ path: 'd.results[0]', reason: 'is empty' }] };
    expect(refusalOfDirectDebit(wish(), gaps, TEXT)).toBeNull();
    expect(refusalOfDirectDebit(wish(), null, TEXT)).toBeNull();
  });

  it('needs the text that counts now, and a house that may debit', () => {
    const old = wish({ directDebit: { ...directDebit, textVersion: '2019-01' } });
    expect(refusalOfDirectDebit(old, known, TEXT)).toMatchObject({
      code: 'TEXT_OUTDATED',
      problems: [{ path: 'directDebit.textVersion', choices: [{ value: TEXT.version, label: TEXT.text }] }],
    });
    expect(refusalOfDirectDebit(wish(), known, null)).toMatchObject({ code: 'NOT_POSSIBLE' });
  });
});

describe('an entry among those that are kept', () => {
  it('is found by its IBAN, by its holder too where there are several', () => {
    const value = [held('0001', 'DE1'), held('0002', IBAN, 'Otto'), held('0003', IBAN, 'Lena')];
    expect(heldOf(wish(), { value, omissions: [] })?.number).toBe('0003');
    expect(heldOf(wish({ holder: 'Ida' }), { value, omissions: [] })?.number).toBe('0002');
    expect(heldOf(wish(), none)).toBeUndefined();
  });

  it('may be the wished one where it is masked and ends alike', () => {
    const masked = (iban: string) => mayBeMasked(wish(), { value: [held('0001', iban)], omissions: [] });
    expect([masked('xxxxx0001'), masked('••••'), masked('xxxxx0002'), masked('DE31')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('who changes a bank account', () => {
  const now = 1000;
  const agent = (subsidiary: string): Principal => {
    const common = { kind: 'agent', subject: 'a', expiresAt: 9, role: 'service', mandate: null } as const;
    return { ...common, subsidiary };
  };

  it('is the customer right after a second factor, or an agent of this company', () => {
    const customer = { kind: 'customer', subject: 's', expiresAt: 9 } as const;
    expect(() => expectMayChangeBank({ ...customer, stepUpUntil: 1001 }, now)).not.toThrow();
    expect(() => expectMayChangeBank(agent('ENERGY'), now)).not.toThrow();
    for (const principal of [customer, { ...customer, stepUpUntil: 1000 }]) {
      expect(() => expectMayChangeBank(principal, now)).toThrow(expect.objectContaining({ code: 'STEP_UP_REQUIRED' }));
    }
  });

  it('is nobody else', () => {
    const delegate: Principal = { kind: 'delegate', clientId: 'c', customerId: '1', role: 'service', scopes: [] };
    for (const principal of [agent('HOUSING'), delegate]) {
      expect(() => expectMayChangeBank(principal, now)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
  });
});
