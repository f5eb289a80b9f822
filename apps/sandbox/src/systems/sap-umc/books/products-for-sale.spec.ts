import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bench, energyOf, startBench } from '../umc-test-client.js';
import { productRows } from './products-for-sale.js';

const SALE = 'CRM_UTILITIES_UMC/Products?$expand=Attributes,Discounts,Prices';
const POWER = `&$filter=${encodeURIComponent("DivisionID eq '01'")}`;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

interface Line {
  readonly [name: string]: string;
}
interface Sold {
  readonly ProductID: string;
  readonly DivisionID: string;
  readonly Attributes: { readonly results: readonly Line[] };
  readonly Prices: { readonly results: readonly Line[] };
  readonly Discounts: { readonly results: readonly Line[] };
}

const products = async (resource = SALE): Promise<readonly Sold[]> => {
  const { status, body } = await bench.json(resource);
  expect(status).toBe(200);
  return (body['d'] as unknown as { results: readonly Sold[] }).results;
};

describe('products for sale', () => {
  it('are read without naming a customer, one division at a time', async () => {
    const found = await products(SALE + POWER);
    expect(found.length).toBeGreaterThan(4);
    expect(new Set(found.map(({ DivisionID }) => DivisionID))).toEqual(new Set(['01']));
    expect((await products()).length).toBeGreaterThan(found.length);
  });

  it('have prices with eight decimals whose days follow each other without a gap', async () => {
    const [basic] = await products(SALE + POWER);
    const prices = basic!.Prices.results.filter(({ OperandID }) => OperandID === 'AP_ET');
    expect(prices).toHaveLength(3);
    expect(prices.map((price) => price['PriceAmount'])).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^0\.\d{8}$/)),
    );
    const days = prices.map((price) => [at(price['PriceValidFrom']!), at(price['PriceValidTo']!)] as const);
    expect(days[1]![0] - days[0]![1]).toBe(86_400_000);
    expect(days[2]![0] - days[1]![1]).toBe(86_400_000);
    expect(days[2]![1]).toBe(253_402_214_400_000);
  });

  it('are sold in Jena only', async () => {
    const areas = (await products()).flatMap(({ Attributes }) =>
      Attributes.results.filter(({ AttributeID }) => AttributeID === 'SUPPLY_AREA').map((row) => row['Value']!),
    );
    expect(areas.length).toBe((await products()).length);
    for (const area of areas) expect(area).toMatch(/^077(43|45|47|49|51)( 077(43|45|47|49|51))*$/);
  });

  it('are those that contracts name', async () => {
    const { energy } = energyOf(bench.city, 'aylin');
    const { body } = await bench.json(
      `CRM_UTILITIES_UMC/Accounts('${energy.accountId}')/ContractItems?$expand=Product/Prices`,
    );
    const [item] = body['d']!['results'] as unknown as readonly { Product: Sold }[];
    expect(item!.Product.Prices.results.length).toBeGreaterThan(1);
    const ids = new Set((await products()).map(({ ProductID }) => ProductID));
    expect(energy.contracts.filter(({ productId }) => !ids.has(productId))).toEqual([]);
  });

  it('have one key each', () => {
    const { ProductPrice = [], ProductAttribute = [], ProductDiscount = [] } = productRows('2026-11-22');
    for (const [rows, names] of [
      [ProductPrice, ['ProductID', 'OperandID', 'PriceValidTo']],
      [ProductAttribute, ['ProductID', 'AttributeID']],
      [ProductDiscount, ['ProductID', 'DiscountID']],
    ] as const) {
      expect(new Set(rows.map((row) => names.map((name) => row[name]).join('/'))).size).toBe(rows.length);
    }
  });

  it('have no prices in the older service pack', async () => {
    const older = await startBench('older');
    try {
      const { status, body } = await older.json(SALE);
      expect([status, (body['error'] as unknown as Line)['code']]).toEqual([
        400,
        expect.stringMatching(/^005056A509B1/),
      ]);
    } finally {
      await older.close();
    }
  });
});

function at(date: string): number {
  return Number(/\d+/.exec(date)?.[0]);
}
