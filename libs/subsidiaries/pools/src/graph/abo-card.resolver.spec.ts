import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type GraphQLResolveInfo } from 'graphql';
import type { EntitlementQuestion, EntitlementService, Entitlement } from '#lib/customer';
import type { AgentPrincipal, Principal } from '#lib/kernel';
import { customerOf, customerPrincipal, openScope, TestClock } from '#lib/testing';
import { AboCardResolver } from './abo-card.resolver.js';
import type { AboCardOfferType } from './abo-card.type.js';

const CUSTOMER = customerOf({ links: { POOLS: '7' } });
const SCHEMA = buildSchema(`
  type Query { aboCard: Offer }
  type Offer { products: [Product!]! entitled: Boolean checkedAt: String }
  type Product { name: String }`);

/** What the resolver gives to a query for these fields, and what it asked. */
async function offer(selection: string, answer: Entitlement = 'yes', principal: Principal = customerPrincipal('kim')) {
  const asked: EntitlementQuestion[] = [];
  const check = (question: EntitlementQuestion): Promise<Entitlement> => {
    asked.push(question);
    return Promise.resolve(answer);
  };
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const resolver = new AboCardResolver({ check } as unknown as EntitlementService, clock);
  const scope = openScope(clock, { principal });
  let result: Promise<AboCardOfferType> | undefined;
  const aboCard = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) =>
    (result = resolver.aboCard({ id: '', customer: CUSTOMER }, scope, info));
  await graphql({ schema: SCHEMA, source: `{ aboCard ${selection} }`, rootValue: { aboCard } });
  return { offer: await result!, asked };
}

/** Someone at the counter of a subsidiary, who serves the customer right now. */
function agentOf(subsidiary: string): AgentPrincipal {
  const mandate = { id: 'm-1', customerId: CUSTOMER.id, reason: 'asked', expiresAt: Number.MAX_SAFE_INTEGER };
  return { kind: 'agent', subject: 'a-1', expiresAt: mandate.expiresAt, subsidiary, role: 'service', mandate };
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

  it.each<[string, Principal]>([
    ['an agent of energy', agentOf('ENERGY')],
    ['an agent of transit', agentOf('TRANSIT')],
    ['a system of housing', { kind: 'subsidiary', subsidiary: 'HOUSING' }],
    ['another customer', customerPrincipal('milo')],
    ['a partner', { kind: 'partner', clientId: 'p-1', subsidiary: 'POOLS', scopes: [] }],
    [
      'a partner of the customer',
      { kind: 'delegate', clientId: 'p-1', role: 'sales', customerId: CUSTOMER.id, scopes: ['pools.cards:read'] },
    ],
  ])('shows its products to %s, but asks nobody about the entitlement', async (_who, principal) => {
    const { offer: abo, asked } = await offer('{ products { name } entitled checkedAt }', 'yes', principal);
    expect(abo).toMatchObject({ entitled: null, checkedAt: null });
    expect(abo.products).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it.each<[string, Principal]>([
    ['an agent of the pools', agentOf('POOLS')],
    ['a system of the pools', { kind: 'subsidiary', subsidiary: 'POOLS' }],
  ])('tells %s whether the customer is entitled', async (_who, principal) => {
    const { offer: abo } = await offer('{ entitled }', 'yes', principal);
    expect(abo.entitled).toBe(true);
  });
});
