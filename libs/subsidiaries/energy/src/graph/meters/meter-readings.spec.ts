import { describe, expect, it } from '@jest/globals';
import { CustomerAccess } from '#lib/customer';
import { parseGlobalId, type AgentRole, type Principal } from '#lib/kernel';
import { customerOf, customerPrincipal, directoryOf, noRecord, openScope, TestClock } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { FakeBooks } from '../../../fixtures/fake-books.js';
import { FakeSap, fixture, jsonAnswer, printed } from '../../../fixtures/fake-sap.js';
import { EnergyBackend } from '../../backend/energy.backend.js';
import { SapGateway } from '../../backend/sap/sap-gateway.js';
import { EnergyService } from '../../energy.service.js';
import type { EnergyContract } from '../../model/contracts/energy-contract.js';
import { parseRegisterId } from '../../model/meters/meter-id.js';
import { EnergyContractResolver } from '../contracts/energy-contract.resolver.js';
import type { EnergyContractType } from '../contracts/energy-contract.type.js';
import { MeterReadingsResolver } from './meter-readings.resolver.js';
import type { MeterType } from './meter.type.js';

const customer = customerOf({ subject: 'lena', links: { ENERGY: '0004471100' } });
const power = { contract: { number: '0900071001' } as EnergyContract, customer } as EnergyContractType;

function agent(role: AgentRole): Principal {
  const expiresAt = Number.MAX_SAFE_INTEGER;
  const mandate = { id: 'm', customerId: customer.id, reason: 'Beratung', expiresAt };
  return { kind: 'agent', subject: 'a', expiresAt, subsidiary: 'ENERGY', role, mandate };
}

function house(principal: Principal = customerPrincipal('lena')) {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeBooks();
  books.instead = ({ path }) =>
    path.endsWith('/MeterReadingResults') ? jsonAnswer(fixture('reading-history.answer.json')) : undefined;
  const sap = new FakeSap(books.answer);
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const backend = new EnergyBackend(
    new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock),
    clock,
  );
  const service = new EnergyService(
    backend,
    new CustomerAccess(directoryOf(customer), upstream, clock, noRecord),
    clock,
  );
  const scope = openScope(clock, { principal });
  const contracts = new EnergyContractResolver(service);
  const meter = async (): Promise<MeterType> => (await contracts.meters(power, scope))[0]!;
  return { sap, scope, service, meter, resolver: new MeterReadingsResolver(service) };
}

describe('Meter.readings', () => {
  it('shows this customer’s readings newest first, with what became of them, as the meter shows them', async () => {
    const { resolver, scope, meter } = house();
    const { nodes, totalCount, source } = await resolver.readings(await meter(), {}, scope);
    expect(
      nodes.map(({ date, value, unit, category, state, reason }) => [date, value, unit, category, state, reason]),
    ).toEqual([
      ['2026-11-20', '5020.5', 'kWh', 'CUSTOMER', 'IMPLAUSIBLE', 'INTERIM'],
      ['2025-12-31', '17.25', null, 'OTHER', 'OTHER', 'OTHER'],
      ['2025-12-31', '998.9', 'kWh', 'ESTIMATE', 'BILLED', 'PERIODIC'],
      ['2025-12-31', '4711.1', 'kWh', 'CUSTOMER', 'BILLED', 'PERIODIC'],
      ['2021-04-01', '100.0', 'kWh', 'UTILITY', 'BILLED', 'MOVE_IN'],
      ['2021-04-01', '300.0', 'kWh', 'UTILITY', 'BILLED', 'MOVE_IN'],
    ]);
    expect(totalCount).toBe(6);
    expect(source).toMatchObject({ subsidiary: 'ENERGY', system: 'sap-umc', stale: false });
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(6);
    expect(parseGlobalId(nodes[0]!.id)?.key).toBe('0004471100/0900071001/10071001/170005');
    expect(parseRegisterId(nodes[0]!.registerId)).toMatchObject({ device: '10071001', register: '001' });
  });

  it('shows only what waits for an agent, where only that is wanted', async () => {
    const { resolver, scope, meter } = house();
    const { nodes, totalCount } = await resolver.readings(await meter(), { states: ['IMPLAUSIBLE', 'LOCKED'] }, scope);
    expect(nodes.map(({ date, state }) => [date, state])).toEqual([['2026-11-20', 'IMPLAUSIBLE']]);
    expect(totalCount).toBe(1);
    expect((await resolver.readings(await meter(), { states: [] }, scope)).nodes).toEqual([]);
  });

  it('goes on where the page before ended, by one read for all pages', async () => {
    const { resolver, scope, meter, sap } = house();
    const parent = await meter();
    const first = await resolver.readings(parent, { first: 4 }, scope);
    const second = await resolver.readings(parent, { first: 4, after: first.pageInfo.endCursor }, scope);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(new Set([...first.nodes, ...second.nodes].map(({ id }) => id)).size).toBe(6);
    expect(sap.requests.filter(({ path }) => path.endsWith('/MeterReadingResults')).map(printed)).toEqual([
      fixture('list-readings.request.txt').toString('utf8'),
    ]);
  });

  it('refuses the cursor of another list and a wrong page before it asks the system', async () => {
    const { resolver, scope, meter, sap } = house();
    const parent = await meter();
    const asked = sap.requests.length;
    const cursor = Buffer.from('InvoiceCursor:2026-10-20/1').toString('base64url');
    for (const [args, path] of [
      [{ first: 101 }, 'first'],
      [{ after: cursor }, 'after'],
    ] as const) {
      await expect(resolver.readings(parent, args, scope)).rejects.toMatchObject({ details: { path } });
    }
    expect(sap.requests).toHaveLength(asked);
  });

  it('gives sales nothing, even of a meter that it came to know', async () => {
    const parent = await house().meter();
    const service = house(agent('service'));
    expect((await service.resolver.readings(parent, {}, service.scope)).totalCount).toBe(6);
    const sales = house(agent('sales'));
    expect((await sales.resolver.readings(parent, {}, sales.scope)).nodes).toEqual([]);
  });
});
