import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { quoted, WishHouse, type Asked } from '../processes/wish-house.js';

const ASKED: Asked = { persona: 'aylin', headers: { prefer: 'wait=10' } };
const OPEN = `energy { bankAccounts { nodes { id } } contractAccounts { id }
  invoices(open: true) { nodes { id number state open { amount } } } }`;

interface Open {
  readonly bankAccounts: { readonly nodes: readonly { readonly id: string }[] };
  readonly contractAccounts: readonly { readonly id: string }[];
  readonly invoices: {
    readonly nodes: readonly {
      readonly id: string;
      readonly number: string;
      readonly state: string;
      readonly open: { readonly amount: string };
    }[];
  };
}

describe('open invoices that a customer pays', () => {
  let house: WishHouse;
  let version: string;

  beforeAll(async () => {
    house = await WishHouse.open({ instances: 2 });
    const { data } = await house.ask('{ directDebitText { version } }', {});
    version = (data!['directDebitText'] as { version: string }).version;
  }, 60_000);
  beforeEach(async () => {
    await house.control('POST', '/reset');
    await house.control('PUT', '/clock', { now: new Date(house.clock.now()).toISOString() });
  });
  afterAll(() => house?.close());

  const read = async (asked: Asked = ASKED): Promise<Open> => (await house.me<{ energy: Open }>(OPEN, asked)).energy;
  const today = (): string => new Date(house.clock.now()).toISOString().slice(0, 10);
  const pay = (open: Open, items: readonly (readonly [string, string])[], date = today()): string =>
    `payOpenItems(key: $key, contractAccountId: ${quoted(open.contractAccounts[0]!.id)},
      bankAccountId: ${quoted(open.bankAccounts.nodes[0]!.id)}, date: ${quoted(date)}, textVersion: ${quoted(version)},
      items: [${items.map(([id, amount]) => `{ invoiceId: ${quoted(id)}, amount: ${quoted(amount)} }`).join(', ')}])`;

  it('are released for one debit, on every instance, and not paid a second time', async () => {
    const open = await read();
    const items = open.invoices.nodes.map(({ id, open: { amount } }) => [id, amount] as const);
    expect(items.length).toBeGreaterThan(1);
    const outcome = await house.outcome(pay(open, items), ASKED);
    expect(outcome).toMatchObject({
      kind: 'energy.pay-open-items',
      title: 'Rechnungen bezahlen',
      state: 'DONE',
      result: { __typename: 'ContractAccount', id: open.contractAccounts[0]!.id },
    });
    for (const instance of [0, 1]) {
      const { nodes } = (await read({ ...ASKED, instance })).invoices;
      expect(nodes.map(({ state }) => state)).toEqual(items.map(() => 'DEBIT_RELEASED'));
    }
    expect(await house.outcome(pay(open, items.slice(0, 1)), ASKED)).toMatchObject({
      __typename: 'Refusal',
      code: 'ALREADY_PAID',
      problems: [{ path: 'items.0.invoiceId', code: 'ALREADY_PAID' }],
    });
    expect(await house.books('sap-umc')).toMatchObject([
      {
        kind: 'payment',
        on: today(),
        items: open.invoices.nodes.map(({ number, open: { amount } }) => `${number} ${amount}`).join(', '),
        times: 1,
      },
    ]);
  });

  it('are paid once by two wishes at the same time', async () => {
    const open = await read();
    const [first] = open.invoices.nodes;
    const wish = pay(open, [[first!.id, '10.00']]);
    const outcomes = await Promise.all([0, 1].map((instance) => house.outcome(wish, { ...ASKED, instance })));
    const ended = await Promise.all(
      outcomes.map(async (outcome) =>
        outcome.__typename === 'Refusal' ? outcome : house.reaches(outcome.id, ['DONE', 'REFUSED'], ASKED),
      ),
    );
    const codes = ended.map(({ code, refusal, state }) => code ?? refusal?.code ?? state);
    expect(codes.toSorted()).toEqual(['ALREADY_PAID', 'DONE']);
    expect(await house.books('sap-umc')).toHaveLength(1);
  });

  it('are paid once when the answer is lost after the effect', async () => {
    const open = await read();
    const [first] = open.invoices.nodes;
    const fault = { kind: 'cut', after: 'effect', count: 1, methods: 'modifying', system: 'sap-umc' };
    await house.fault({ ...fault, household: 'aylin' });
    const { id } = await house.outcome(pay(open, [[first!.id, first!.open.amount]]), ASKED);
    await house.pass(120_000);
    await house.reaches(id, ['DONE'], ASKED);
    expect(await house.books('sap-umc')).toMatchObject([{ kind: 'payment', times: 1 }]);
  }, 60_000);

  it.each([
    [
      'more than is open',
      (open: Open) => pay(open, [[open.invoices.nodes[0]!.id, '99999.00']]),
      'AMOUNT_OUT_OF_BOUNDS',
    ],
    ['an invoice that is none', (open: Open) => pay(open, [['SW52b2ljZTo5', '1.00']]), 'NOT_YOURS'],
    ['yesterday', (open: Open) => pay(open, [[open.invoices.nodes[0]!.id, '1.00']], '2026-11-17'), 'DATE_TOO_EARLY'],
  ])('are not paid by %s, and SAP has booked nothing', async (_what, wish, code) => {
    expect(await house.outcome(wish(await read()), ASKED)).toMatchObject({ __typename: 'Refusal', code });
    expect(await house.books('sap-umc')).toEqual([]);
  });

  it('are not paid by another customer', async () => {
    const open = await read();
    const wish = pay(open, [[open.invoices.nodes[0]!.id, '1.00']]);
    const refused = await house.outcome(wish, { persona: 'lena', headers: { prefer: 'wait=10' } });
    expect(refused).toMatchObject({ code: 'NOT_YOURS' });
    expect(await house.books('sap-umc')).toEqual([]);
  });
});
