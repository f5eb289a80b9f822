import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type GraphQLResolveInfo } from 'graphql';
import type { EntitlementQuestion, EntitlementService, Entitlement } from '#lib/customer';
import { customerOf, customerPrincipal, openScope, TestClock } from '#lib/testing';
import { AboCardResolver } from './abo-card.resolver.js';
import type { AboCardOfferType } from './abo-card.type.js';

const CUSTOMER = customerOf({ links: { POOLS: '7' } });
const SCHEMA = buildSchema(`
  type Query { aboCard: Offer }
  type Offer { products: [Product!]! entitled: Boolean checkedAt: String }
  type Product { name: String }`);

/** What the resolver gives to a query for these fields, and what it asked. */
async function offer(selection: string, answer: Entitlement = 'yes') {
  const asked: EntitlementQuestion[] = [];
  const check = (question: EntitlementQuestion): Promise<Entitlement> => {
    asked.push(question);
    return Promise.resolve(answer);
  };
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const resolver = new AboCardResolver({ check } as unknown as EntitlementService, clock);
  const scope = openScope(clock, { principal: customerPrincipal('kim') });
  let result: Promise<AboCardOfferType> | undefined;
  const aboCard = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) =>
    (result = resolver.aboCard({ id: '', customer: CUSTOMER }, scope, info));
  await graphql({ schema: SCHEMA, source: `{ aboCard ${selection} }`, rootValue: { aboCard } });
  return { offer: await result!, asked };
}

describe('the AboCard', () => {
  it('costs 29 euros a month, for families up to five 39', async () => {
    const { offer: abo } = await offer('{ products { name } }');
    expect(abo.products.map(({ name, persons, pricePerMonth }) => [name, persons, pricePerMonth.amount])).toEqual([
      ['AboCard', 1, '29.00'],
      ['FamilienAboCard', 5, '39.00'],
    ]);
  });

  it.each([
    ['yes', true],
    ['no', false],
  ] as const)('is for those entitled: %s', async (answer, entitled) => {
    const { offer: abo, asked } = await offer('{ entitled checkedAt }', answer);
    expect(abo).toMatchObject({ entitled, checkedAt: '2026-11-22T12:00:00.000Z' });
    expect(asked).toEqual([expect.objectContaining({ asking: 'POOLS', entitlement: 'energy-customer' })]);
  });

  it('says nothing of the entitlement where there is no telling', async () => {
    const { offer: abo } = await offer('{ entitled }', 'unknown');
    expect(abo).toMatchObject({ entitled: null, checkedAt: null });
  });

  it('asks nobody when the query does not want to know', async () => {
    const { asked } = await offer('{ products { name } entitled @skip(if: true) }');
    expect(asked).toEqual([]);
  });
});
