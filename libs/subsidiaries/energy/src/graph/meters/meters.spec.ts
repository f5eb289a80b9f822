import { describe, expect, it } from '@jest/globals';
import { CustomerAccess } from '#lib/customer';
import { ANONYMOUS, type AgentRole, type Principal } from '#lib/kernel';
import { customerOf, customerPrincipal, directoryOf, noRecord, openScope, TestClock } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { FakeBooks } from '../../../fixtures/fake-books.js';
import { FakeSap, jsonAnswer } from '../../../fixtures/fake-sap.js';
import { EnergyBackend } from '../../backend/energy.backend.js';
import { SapGateway } from '../../backend/sap/sap-gateway.js';
import { EnergyService } from '../../energy.service.js';
import { parseMeterId, parseRegisterId } from '../../model/meters/meter-id.js';
import type { EnergyContract } from '../../model/contracts/energy-contract.js';
import { EnergyContractResolver } from '../contracts/energy-contract.resolver.js';
import type { EnergyContractType } from '../contracts/energy-contract.type.js';

const ACCOUNT = '0004471100';
const customer = customerOf({ subject: 'lena', links: { ENERGY: ACCOUNT, POOLS: '7' } });

/** As the resolver gets it: the number is written as CRM writes it. */
const contract = (number: string): EnergyContractType =>
  ({ contract: { number } as EnergyContract, customer }) as EnergyContractType;

function agent(subsidiary: string, role: AgentRole): Principal {
  const expiresAt = Number.MAX_SAFE_INTEGER;
  const mandate = { id: 'm', customerId: customer.id, reason: 'Beratung', expiresAt };
  return { kind: 'agent', subject: 'a', expiresAt, subsidiary, role, mandate };
}

function house(principal: Principal = customerPrincipal('lena')) {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeBooks();
  const sap = new FakeSap(books.answer);
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const backend = new EnergyBackend(
    new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock),
    clock,
  );
  const access = new CustomerAccess(directoryOf(customer), upstream, clock, noRecord);
  const resolver = new EnergyContractResolver(new EnergyService(backend, access, clock));
  return { sap, books, scope: openScope(clock, { principal }), resolver };
}

describe('EnergyContract.meters', () => {
  it('shows the contract’s meters with registers, each with the source of its own read', async () => {
    const { resolver, scope } = house();
    const [meter, ...others] = await resolver.meters(contract('900071001'), scope);
    expect(others).toEqual([]);
    expect(meter).toMatchObject({
      serialNumber: '1EMH0071001',
      registers: [
        { name: 'Hochtarif', unit: 'kWh', integerDigits: 6, decimals: 1, lastValue: '4711.1', lastDate: '2025-12-31' },
        { name: 'Niedertarif', lastValue: '998.9' },
      ],
      source: { subsidiary: 'ENERGY', system: 'sap-umc', asOf: '2026-11-22T12:00:00.000Z', stale: false },
    });
    const key = { account: ACCOUNT, contract: '0900071001', device: '10071001' };
    expect(parseMeterId(meter!.id)).toEqual(key);
    expect(meter!.registers.map(({ id }) => parseRegisterId(id))).toEqual([
      { ...key, register: '001' },
      { ...key, register: '002' },
    ]);
  });

  it('shows the meters of several contracts by one read, and none of ended ones', async () => {
    const { resolver, scope, sap } = house();
    const [heating, ended] = await Promise.all(
      ['0900071003', '0900071002'].map((number) => resolver.meters(contract(number), scope)),
    );
    expect(heating!.map(({ serialNumber }) => serialNumber)).toEqual(['6QDS0071003']);
    expect(ended).toEqual([]);
    expect(sap.requests.filter(({ path }) => path.includes('Contracts/Devices'))).toHaveLength(1);
  });

  it('shows the grid’s data to the service of this company, never to sales or to another company', async () => {
    const meters = async (principal: Principal): Promise<number> => {
      const { resolver, scope } = house(principal);
      return (await resolver.meters(contract('0900071001'), scope)).length;
    };
    expect(await meters(agent('ENERGY', 'service'))).toBe(1);
    expect(await meters(agent('ENERGY', 'sales'))).toBe(0);
    expect(await meters(agent('POOLS', 'service'))).toBe(0);
    await expect(meters(ANONYMOUS)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('fails by itself when SAP is down', async () => {
    const { resolver, scope, books } = house();
    books.instead = () => jsonAnswer('{}', 403);
    await expect(resolver.meters(contract('0900071001'), scope)).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });
});
