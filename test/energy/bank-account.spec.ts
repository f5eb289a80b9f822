import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AGENT, CounterStage, STEP_UP } from '../auth/counter-stage.js';
import { quoted, WishHouse, type Asked } from '../processes/wish-house.js';

/** Of no bank that exists. */
const IBAN = 'DE93 9999 9999 0000 0000 01';
const PLAIN = IBAN.replaceAll(' ', '');
const MASKED = 'DE•• •••• •••• •••• ••00 01';
const FRESH: Asked = { persona: 'aylin', headers: { [STEP_UP]: '1', prefer: 'wait=10' } };
const PAYS = `energy { bankAccounts { nodes { id holder maskedIban } }
  contractAccounts { id number directDebitMandate { bankAccount { maskedIban } } } }`;

interface Pays {
  readonly bankAccounts: { readonly nodes: readonly { id: string; holder: string; maskedIban: string }[] };
  readonly contractAccounts: readonly {
    readonly id: string;
    readonly number: string;
    readonly directDebitMandate: { readonly bankAccount: { readonly maskedIban: string } } | null;
  }[];
}

describe('a bank account that a customer names', () => {
  const stage = new CounterStage();
  let house: WishHouse;
  let version: string;

  beforeAll(async () => {
    house = await WishHouse.open({ arrange: stage.arrange, instances: 2 });
    const { data } = await house.ask('{ directDebitText { version text } }', {});
    version = (data!['directDebitText'] as { version: string }).version;
  }, 60_000);
  beforeEach(async () => {
    await house.control('POST', '/reset');
    await house.control('PUT', '/clock', { now: new Date(house.clock.now()).toISOString() });
  });
  afterAll(() => house?.close());

  const pays = async (asked: Asked = FRESH): Promise<Pays> => (await house.me<{ energy: Pays }>(PAYS, asked)).energy;
  const change = (contractAccountId: string | null, more = `textVersion: ${quoted(version)}`, iban = IBAN): string => {
    const debit =
      contractAccountId === null ? '' : `, directDebit: { contractAccountId: ${quoted(contractAccountId)}, ${more} }`;
    return `changeBankAccount(key: $key, iban: ${quoted(iban)}, holder: "Aylin Kaya"${debit})`;
  };

  it('is debited from then on, and every instance shows it, masked', async () => {
    const [account] = (await pays()).contractAccounts;
    const outcome = await house.outcome(change(account!.id), FRESH);
    expect(outcome).toMatchObject({
      kind: 'energy.change-bank-account',
      title: 'Bankverbindung ändern',
      state: 'DONE',
      result: { __typename: 'BankAccount' },
    });
    expect(JSON.stringify(outcome)).not.toContain(PLAIN);
    for (const instance of [0, 1]) {
      const now = await pays({ ...FRESH, instance });
      expect(now.bankAccounts.nodes.at(-1)).toEqual({
        id: outcome.result!.id,
        holder: 'Aylin Kaya',
        maskedIban: MASKED,
      });
      expect(now.contractAccounts[0]!.directDebitMandate!.bankAccount.maskedIban).toBe(MASKED);
    }
    expect(await house.books('sap-umc')).toMatchObject([
      { kind: 'bank-account', bankAccount: '0002', iban: PLAIN, holder: 'Aylin Kaya', times: 1 },
      { kind: 'business-agreement', contractAccount: account!.number, method: 'E', debited: '0002', times: 1 },
    ]);
  });

  it('is only kept where no debit is wished', async () => {
    expect(await house.outcome(change(null), FRESH)).toMatchObject({ state: 'DONE' });
    expect((await house.books('sap-umc')).map(({ kind }) => kind)).toEqual(['bank-account']);
  });

  it('needs a fresh second factor, and leaves nothing behind without one', async () => {
    const { data, errors } = await house.submit(change(null), { persona: 'aylin' });
    expect([data, errors.map(({ extensions }) => extensions['code'])]).toEqual([null, ['STEP_UP_REQUIRED']]);
    expect(await house.books('sap-umc')).toEqual([]);
  });

  it.each([
    ['a wrong IBAN', (): string => change(null, '', 'DE94999999990000000001'), 'IBAN_INVALID', 'iban'],
    [
      'the contract account of somebody else',
      (): string => change(Buffer.from('ContractAccount:000201000066').toString('base64url')),
      'NOT_YOURS',
      'directDebit.contractAccountId',
    ],
  ])('is refused with %s, and SAP has booked nothing', async (_what, wish, code, path) => {
    expect(await house.outcome(wish(), FRESH)).toMatchObject({ code, problems: [{ path, code }] });
    expect(await house.books('sap-umc')).toEqual([]);
  });

  it('is refused with a text that nobody has read, which is told then', async () => {
    const [account] = (await pays()).contractAccounts;
    const refused = await house.outcome(change(account!.id, 'textVersion: "1999"'), FRESH);
    expect(refused).toMatchObject({ code: 'TEXT_OUTDATED' });
    expect(refused.problems[0]!.choices[0]).toMatchObject({
      value: version,
      label: expect.stringContaining('Ich ermächtige die Stadtwerke Energie'),
    });
  });

  it('is entered by an agent of this company under a mandate', async () => {
    await house.me('id', FRESH);
    const agent: Asked = { headers: { [AGENT]: 'counter-bank ENERGY', prefer: 'wait=10' } };
    const number = stage.customers.get('aylin')!.links['ENERGY']!;
    const by = `{ customerNumber: { subsidiary: ENERGY, number: ${quoted(number)}, idDocumentSeen: true } }`;
    await house.ask(`mutation { openMandate(by: ${by}, reason: "neue Bankverbindung") { __typename } }`, agent);
    expect(await house.outcome(change(null), agent)).toMatchObject({ state: 'DONE' });
  });

  it('is entered once when the answer is lost after the effect', async () => {
    const fault = { kind: 'cut', after: 'effect', count: 1, methods: 'modifying', system: 'sap-umc' };
    await house.fault({ ...fault, household: 'aylin' });
    const { id } = await house.outcome(change(null), FRESH);
    await house.pass(60_000);
    await house.reaches(id, ['DONE'], FRESH);
    expect(await house.books('sap-umc')).toMatchObject([{ kind: 'bank-account', times: 1 }]);
  }, 60_000);
});
