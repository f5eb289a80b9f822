import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { quoted, WishHouse, type Asked } from '../processes/wish-house.js';

const ASKED: Asked = { persona: 'aylin', headers: { prefer: 'wait=10' } };
const FROM = '2027-01-01';
const OFFERS = `{ tariffs(postcode: "07747", commodity: POWER, annualConsumption: "2500", from: "${FROM}") {
  nodes { tariff { id number } prices { zone grossPrice } } } }`;

interface Offer {
  readonly tariff: { readonly id: string; readonly number: string };
  readonly prices: readonly { readonly zone: string | null; readonly grossPrice: string }[];
}

describe('another tariff that a customer orders', () => {
  let house: WishHouse;
  let contract: string;
  let offer: Offer;

  beforeAll(async () => {
    house = await WishHouse.open({ instances: 2 });
  }, 60_000);
  beforeEach(async () => {
    await house.control('POST', '/reset');
    await house.control('PUT', '/clock', { now: new Date(house.clock.now()).toISOString() });
    const { data } = await house.ask(OFFERS, {});
    offer = (data!['tariffs'] as { nodes: Offer[] }).nodes.find(({ tariff }) => tariff.number.endsWith('FIX24'))!;
    const { energy } = await house.me<{ energy: { contracts: { id: string; commodity: string }[] } }>(
      'energy { contracts { id commodity } }',
      ASKED,
    );
    contract = energy.contracts.find(({ commodity }) => commodity === 'POWER')!.id;
  });
  afterAll(() => house?.close());

  const seen = ({ prices }: Offer): string =>
    prices
      .map(({ zone, grossPrice }) => `{ ${zone === null ? '' : `zone: ${zone}, `}grossPrice: ${quoted(grossPrice)} }`)
      .join(', ');
  const order = (changes: { from?: string; prices?: string; confirmed?: boolean } = {}): string => {
    const { from = FROM, prices = seen(offer), confirmed = true } = changes;
    return `changeProduct(key: $key, contractId: ${quoted(contract)}, tariffId: ${quoted(offer.tariff.id)},
      from: ${quoted(from)}, seen: [${prices}], orderConfirmed: ${String(confirmed)})`;
  };

  it('is ordered once, with a receipt, and the contract has it from that day on', async () => {
    const outcome = await house.outcome(order(), ASKED);
    expect(outcome).toMatchObject({
      kind: 'energy.change-product',
      title: 'Tarif wechseln',
      state: 'DONE',
      result: { __typename: 'EnergyContract', id: contract },
      receipt: { number: expect.any(String), signedJson: expect.any(String) },
    });
    // The same order under another key is the same order.
    expect(await house.outcome(order(), { ...ASKED, instance: 1 })).toMatchObject({ state: 'DONE' });
    expect(await house.books('sap-umc')).toMatchObject([
      { kind: 'product-change', product: 'STROM_SAALE_FIX24', from: FROM, times: 1 },
    ]);
  });

  it('is ordered once when the answer is lost after the effect', async () => {
    const fault = { kind: 'cut', after: 'effect', count: 1, methods: 'modifying', system: 'sap-umc' };
    await house.fault({ ...fault, household: 'aylin' });
    const { id } = await house.outcome(order(), ASKED);
    await house.pass(120_000);
    await house.reaches(id, ['DONE'], ASKED);
    expect(await house.books('sap-umc')).toMatchObject([{ kind: 'product-change', times: 1 }]);
  }, 60_000);

  it('is not ordered without the button, at other prices, or before the present one could end', async () => {
    const refused = async (changes: Parameters<typeof order>[0]) => {
      const { code, problems } = await house.outcome(order(changes), ASKED);
      return { code, problems };
    };
    expect(await refused({ confirmed: false })).toMatchObject({
      code: 'ORDER_NOT_CONFIRMED',
      problems: [{ path: 'orderConfirmed' }],
    });
    expect(await refused({ prices: '{ grossPrice: "1.00" }' })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
      problems: [{ path: 'seen', choices: offer.prices.map(({ grossPrice }) => ({ value: grossPrice })) }],
    });
    expect(await refused({ from: '2026-12-18' })).toMatchObject({
      code: 'DATE_TOO_EARLY',
      problems: [{ path: 'from', earliest: '2026-12-19' }],
    });
    expect(await house.books('sap-umc')).toEqual([]);
  });

  it('is not ordered for the contract of another customer', async () => {
    const refused = await house.outcome(order(), { persona: 'lena', headers: { prefer: 'wait=10' } });
    expect(refused).toMatchObject({ code: 'NOT_YOURS', problems: [{ path: 'contractId' }] });
    expect(await house.books('sap-umc')).toEqual([]);
  });
});
