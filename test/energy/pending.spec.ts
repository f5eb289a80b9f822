import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CounterStage, STEP_UP } from '../auth/counter-stage.js';
import { quoted, WishHouse, type Asked } from '../processes/wish-house.js';

const FRESH: Asked = { persona: 'aylin', headers: { [STEP_UP]: '1', prefer: 'wait=10' } };
const FROM = '2027-01-01';
const OFFERS = `{ directDebitText { version }
  tariffs(postcode: "07747", commodity: POWER, annualConsumption: "2500", from: "${FROM}") {
    nodes { tariff { id number } prices { zone grossPrice } } } }`;
const ENERGY = `energy {
  contracts { id commodity until
    upcomingProduct { tariffId product from }
    pendingProduct { tariffId from process { id state } }
    pendingEnd { notice until process { id state } } }
  contractAccounts { id }
  bankAccounts { nodes { id maskedIban } pending { holder maskedIban contractAccountId process { id state } } }
  invoices(open: true) { nodes { id state pendingPayment { amount { amount } date process { id state } } } } }`;

interface Offers {
  readonly directDebitText: { readonly version: string };
  readonly tariffs: {
    readonly nodes: readonly {
      readonly tariff: { readonly id: string; readonly number: string };
      readonly prices: readonly { readonly zone: string | null; readonly grossPrice: string }[];
    }[];
  };
}

interface Energy {
  readonly contracts: readonly {
    readonly id: string;
    readonly commodity: string;
    readonly until: string | null;
    readonly upcomingProduct: object | null;
    readonly pendingProduct: object | null;
    readonly pendingEnd: object | null;
  }[];
  readonly contractAccounts: readonly { readonly id: string }[];
  readonly bankAccounts: {
    readonly nodes: readonly { readonly id: string; readonly maskedIban: string }[];
    readonly pending: readonly object[];
  };
  readonly invoices: {
    readonly nodes: readonly { readonly id: string; readonly state: string; readonly pendingPayment: object | null }[];
  };
}

describe('what a customer has wished for and SAP has not confirmed', () => {
  const stage = new CounterStage();
  let house: WishHouse;
  let offers: Offers;

  beforeAll(async () => {
    house = await WishHouse.open({ arrange: stage.arrange });
    offers = (await house.ask(OFFERS, {})).data as unknown as Offers;
  }, 60_000);
  beforeEach(async () => {
    await house.control('POST', '/reset');
    await house.control('PUT', '/clock', { now: new Date(house.clock.now()).toISOString() });
    await house.desk.pause('ENERGY', 'nothing is sent before the test has looked');
  });
  afterAll(() => house?.close());

  const energy = async (): Promise<Energy> => (await house.me<{ energy: Energy }>(ENERGY, FRESH)).energy;
  const powerOf = ({ contracts }: Energy) => contracts.find(({ commodity }) => commodity === 'POWER')!;
  /** Accepted and not carried out. */
  const submit = async (mutation: string): Promise<{ id: string; process: { id: string; state: string } }> => {
    const { id, state } = await house.outcome(mutation, { ...FRESH, headers: { ...FRESH.headers, prefer: 'wait=0' } });
    return { id, process: { id, state } };
  };
  const carryOut = async (id: string): Promise<void> => {
    await house.desk.resume('ENERGY');
    await house.reaches(id, ['DONE'], FRESH);
  };

  it('stands beside the contract for another product, until that is agreed', async () => {
    const { id: contract } = powerOf(await energy());
    const { tariff, prices } = offers.tariffs.nodes.find((offer) => offer.tariff.number.endsWith('FIX24'))!;
    const seen = prices.map(
      ({ zone, grossPrice }) => `{ ${zone === null ? '' : `zone: ${zone}, `}grossPrice: ${quoted(grossPrice)} }`,
    );
    const { id, process } = await submit(
      `changeProduct(key: $key, contractId: ${quoted(contract)}, tariffId: ${quoted(tariff.id)}, from: "${FROM}",
        seen: [${seen.join(', ')}], orderConfirmed: true)`,
    );
    const before = await energy();
    expect(powerOf(before)).toMatchObject({
      upcomingProduct: null,
      pendingProduct: { tariffId: tariff.id, from: FROM, process },
    });
    expect(before.contracts.filter(({ pendingProduct }) => pendingProduct !== null)).toHaveLength(1);
    await carryOut(id);
    expect(powerOf(await energy())).toMatchObject({
      upcomingProduct: { tariffId: tariff.id, product: 'Saale Strom Fix 24', from: FROM },
      pendingProduct: null,
    });
  });

  it('stands beside the contract for its end, until SAP shows that', async () => {
    const { id: contract } = powerOf(await energy());
    const { id, process } = await submit(
      `giveNotice(key: $key, contractId: ${quoted(contract)}, kind: RELOCATION, until: "2027-03-31")`,
    );
    const before = await energy();
    expect(powerOf(before)).toMatchObject({
      until: null,
      pendingEnd: { notice: 'RELOCATION', until: '2027-03-31', process },
    });
    expect(before.contracts.filter(({ pendingEnd }) => pendingEnd !== null)).toHaveLength(1);
    await carryOut(id);
    expect(powerOf(await energy())).toMatchObject({ until: '2027-03-31', pendingEnd: null });
  });

  it('stands beside the bank accounts, masked, until it is one of them', async () => {
    const { id: contractAccountId } = (await energy()).contractAccounts[0]!;
    const text = quoted(offers.directDebitText.version);
    const debit = `{ contractAccountId: ${quoted(contractAccountId)}, textVersion: ${text} }`;
    const { id, process } = await submit(
      `changeBankAccount(key: $key, iban: "DE93 9999 9999 0000 0000 01", holder: "Aylin Kaya", directDebit: ${debit})`,
    );
    const { bankAccounts: before } = await energy();
    const maskedIban = 'DE•• •••• •••• •••• ••00 01';
    expect(before.pending).toEqual([{ holder: 'Aylin Kaya', maskedIban, contractAccountId, process }]);
    expect(before.nodes.map((node) => node.maskedIban)).not.toContain(maskedIban);
    await carryOut(id);
    const { bankAccounts: after } = await energy();
    expect([after.pending, after.nodes.at(-1)!.maskedIban]).toEqual([[], maskedIban]);
  });

  it('stands beside each invoice that is to be paid, until its state tells', async () => {
    const { contractAccounts, bankAccounts, invoices } = await energy();
    const [first, second] = invoices.nodes;
    const { id, process } = await submit(
      `payOpenItems(key: $key, contractAccountId: ${quoted(contractAccounts[0]!.id)},
        bankAccountId: ${quoted(bankAccounts.nodes[0]!.id)}, date: "2026-11-20",
        textVersion: ${quoted(offers.directDebitText.version)},
        items: [{ invoiceId: ${quoted(first!.id)}, amount: "1.50" }])`,
    );
    const { nodes: before } = (await energy()).invoices;
    expect(before).toMatchObject([
      { id: first!.id, state: 'OPEN', pendingPayment: { amount: { amount: '1.50' }, date: '2026-11-20', process } },
      { id: second!.id, pendingPayment: null },
    ]);
    await carryOut(id);
    const { nodes: after } = (await energy()).invoices;
    expect(after[0]).toEqual({ id: first!.id, state: 'DEBIT_RELEASED', pendingPayment: null });
  });
});
