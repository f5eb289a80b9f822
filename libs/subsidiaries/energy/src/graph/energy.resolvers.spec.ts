import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type GraphQLResolveInfo } from 'graphql';
import { CustomerAccess } from '#lib/customer';
import { ANONYMOUS, parseGlobalId, type RequestScope } from '#lib/kernel';
import { customerOf, customerPrincipal, directoryOf, openScope, settle, TestClock, noRecord } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, sessionAnswer } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from '../backend/energy.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { ProductBackend } from '../backend/tariffs/product.backend.js';
import { EnergyService } from '../energy.service.js';
import { ProductService } from '../product.service.js';
import { CustomerEnergyResolver } from './customer-energy.resolver.js';
import { EnergyContractResolver } from './contracts/energy-contract.resolver.js';
import { EnergyCustomerResolver } from './energy-customer.resolver.js';

const customer = customerOf({ subject: 'lena', links: { ENERGY: '0004471100' } });
const ANSWERS = { ContractItems: 'contracts', ContractAccounts: 'instalments', Invoices: 'invoices' } as const;

function house(principal = customerPrincipal('lena')) {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const sap = new FakeSap((request) => {
    if (isSignIn(request)) return sessionAnswer();
    const set = /\/(ContractItems|ContractAccounts|Invoices)(?:\?|$)/.exec(request.path)?.[1] as keyof typeof ANSWERS;
    return jsonAnswer(fixture(`${ANSWERS[set]}.answer.json`));
  });
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const gateway = new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock);
  const backend = new EnergyBackend(gateway, clock);
  const access = new CustomerAccess(directoryOf(customer), upstream, clock, noRecord);
  const service = new EnergyService(backend, access, clock);
  return {
    sap,
    scope: openScope(clock, { principal }),
    root: new CustomerEnergyResolver(service, new ProductService(new ProductBackend(gateway), access)),
    ofCustomer: new EnergyCustomerResolver(service),
    ofContract: new EnergyContractResolver(service),
  };
}

/** Runs `visit` with the info of a query below `energy`. */
async function withInfo<T>(selection: string, visit: (info: GraphQLResolveInfo) => T): Promise<T> {
  const schema = buildSchema(`
    type Query { energy: Energy }
    type Energy { id: ID contracts: [Contract] invoices: Invoices }
    type Contract { id: ID instalment: Instalment invoices: Invoices }
    type Instalment { cycle: String }
    type Invoices { totalCount: Int }`);
  let result: T | undefined;
  const energy = (_args: unknown, _context: unknown, info: GraphQLResolveInfo): null => {
    result = visit(info);
    return null;
  };
  await graphql({ schema, source: `{ energy ${selection} }`, rootValue: { energy } });
  return result as T;
}

const operationsOf = (scope: RequestScope): string[] => scope.uses.map(({ operation }) => operation).toSorted();

describe('Customer.energy', () => {
  it('is null without an error for customers who are not linked and for other callers', async () => {
    const { root, scope, sap } = house();
    const stranger = house(ANONYMOUS);
    expect(await withInfo('{ id }', (info) => root.energy({ ...customer, links: {} }, scope, info))).toBeNull();
    expect(await withInfo('{ id }', (info) => stranger.root.energy(customer, stranger.scope, info))).toBeNull();
    expect(sap.requests).toEqual([]);
  });

  it('starts all reads of the query at once', async () => {
    const { root, scope, sap } = house();
    const selection = '{ contracts { instalment { cycle } ... { invoices { totalCount } } } }';
    await withInfo(selection, (info) => root.energy(customer, scope, info));
    await settle();
    expect(sap.requests).toHaveLength(4);
    expect(operationsOf(scope)).toEqual(['energy.contracts', 'energy.instalments', 'energy.invoices']);
  });

  it('starts nothing that the query does not ask for', async () => {
    const { root, scope } = house();
    const energy = await withInfo('{ id invoices @skip(if: true) { totalCount } }', (info) =>
      root.energy(customer, scope, info),
    );
    await settle();
    expect(parseGlobalId(energy!.id)).toEqual({ type: 'EnergyCustomer', key: '0004471100' });
    expect(scope.reads.size).toBe(0);
  });
});

describe('EnergyCustomer and EnergyContract', () => {
  it('show contracts, their instalment and their invoices, each with the source of its own read', async () => {
    const { ofCustomer, ofContract, scope } = house();
    const contracts = await ofCustomer.contracts({ id: '', customer }, scope);
    expect(contracts.map(({ number, until }) => ({ number, until }))).toEqual([
      { number: '0900071001', until: null },
      { number: '0900071002', until: '2025-12-31' },
      { number: '0900071003', until: null },
    ]);
    const [power, gas, heating] = contracts;
    const source = { subsidiary: 'ENERGY', system: 'sap-umc', asOf: '2026-11-22T12:00:00.000Z', stale: false };
    expect(power).toMatchObject({ commodity: 'POWER', source });
    expect(await ofContract.instalment(power!, scope)).toMatchObject({ amount: { amount: '87.00' }, source });
    expect(await ofContract.instalment(gas!, scope)).toBeNull();
    expect(await ofContract.instalment(heating!, scope)).toMatchObject({ amount: { amount: '142.00' } });
    expect(await ofContract.invoices(power!, {}, scope)).toMatchObject({
      totalCount: 1,
      nodes: [{ overdue: false }],
      source,
    });
    expect(await ofContract.invoices(gas!, { open: true }, scope)).toMatchObject({ nodes: [{ overdue: true }] });
    expect(await ofContract.invoices(heating!, {}, scope)).toMatchObject({ nodes: [{ number: 'ISU000000710003' }] });
  });

  it('show each invoice once on the customer, page by page', async () => {
    const { ofCustomer, scope } = house();
    const first = await ofCustomer.invoices({ id: '', customer }, { first: 2 }, scope);
    const second = await ofCustomer.invoices(
      { id: '', customer },
      { first: 2, after: first.pageInfo.endCursor },
      scope,
    );
    expect([...first.nodes, ...second.nodes].map(({ number }) => number)).toEqual([
      'ISU000000710003',
      'ISU000000710002',
      'ISU000000710001',
    ]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(scope.reads.size).toBe(1);
  });

  it('refuse a wrong page before they ask the system', async () => {
    const { ofCustomer, scope, sap } = house();
    await expect(ofCustomer.invoices({ id: '', customer }, { first: 0 }, scope)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'first' },
    });
    expect(sap.requests).toEqual([]);
  });

  it('have nothing for a caller who may not see the account', async () => {
    const { ofCustomer, scope, sap } = house(ANONYMOUS);
    await expect(ofCustomer.contracts({ id: '', customer }, scope)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(sap.requests).toEqual([]);
  });
});
