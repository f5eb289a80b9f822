import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answered, type Bench, energyOf, startBench } from '../umc-test-client.js';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const rows = async (key: string, resource: string): Promise<Answered> => {
  const { accountId } = energyOf(bench.city, key).energy;
  return (await bench.json(`Accounts('${accountId}')/${resource}`)).body['d']!['results']!;
};

describe('bank accounts', () => {
  it('have a valid IBAN at a bank that does not exist, and are what the contract account is debited by', async () => {
    const [account] = await rows('aylin', 'BankAccounts?$expand=Bank');
    const iban = String(account!['IBAN']);
    expect(iban).toMatch(/^DE\d{2}99912345\d{10}$/);
    expect(BigInt(`${iban.slice(4)}1314${iban.slice(2, 4)}`) % 97n).toBe(1n);
    expect(account).toMatchObject({ AccountHolder: 'Aylin Kaya-Größel', Bank: { Name: 'Sandbank Jena' } });
    const [debited] = await rows('aylin', 'ContractAccounts?$expand=IncomingBankAccount');
    expect(debited).toMatchObject({ IncomingPaymentMethodID: 'E', IncomingBankAccount: { IBAN: iban } });
  });

  it('are missing where people transfer', async () => {
    expect(await rows('mandy', 'BankAccounts')).toEqual([]);
    const [transferred] = await rows('mandy', 'ContractAccounts?$expand=IncomingBankAccount');
    expect(transferred).toMatchObject({ IncomingPaymentMethodID: '', IncomingBankAccount: null });
  });
});

describe('payment plans', () => {
  it('pay off what is overdue in six parts', async () => {
    const [account] = await rows(
      'mandy',
      'ContractAccounts?$expand=Contracts/ActivePaymentPlan,ContractAccountBalance',
    );
    const plan = account!['Contracts']!['results']![0]!['ActivePaymentPlan']!;
    expect(Number(plan['BalanceForwardAmount'])).toBeGreaterThan(0);
    expect(Number(plan['BalanceForwardAmount'])).toBeLessThanOrEqual(
      Number(account!['ContractAccountBalance']!['CurrentBalance']),
    );
    const rest = Number(plan['Amount']) * 6 - Number(plan['BalanceForwardAmount']);
    expect(rest).toBeGreaterThan(-0.001);
    expect(rest).toBeLessThan(0.06);
  });

  it('are nobody’s who owes nothing overdue', async () => {
    const [account] = await rows('lena', 'ContractAccounts?$expand=Contracts/ActivePaymentPlan');
    expect(account!['Contracts']!['results']![0]!['ActivePaymentPlan']).toBeNull();
  });
});
