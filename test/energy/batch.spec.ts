import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { City } from '../../apps/sandbox/src/world/city.js';
import { NOW, openHouse, type House } from '../harness.js';
import { SapWire, type Seen } from './sap-wire.js';

const query = (name: string): string => readFileSync(new URL(`../queries/${name}.graphql`, import.meta.url), 'utf8');
const DASHBOARD = query('dashboard');
const METERS = query('energy-meters');
const ALL = `{ me { energy {
  contractAccounts { number balance { amount } }
  contracts { number from instalment { amount { amount } } paymentPlan { cycle } terms { earliestEnd }
    consumptionByMonth { values { billedIn } } meters { serialNumber registers { id lastValue } } }
  invoices { totalCount }
  bankAccounts { nodes { maskedIban } }
} } }`;
const PATIENT = { prefer: 'wait=10' };

const city = new City();
const accountOf = (persona: string): string => city.byKey(persona)!.energy!.accountId;
const listed = (calls: readonly Seen[]): string[] =>
  calls.map(({ method, resource }) => `${method} ${resource}`).toSorted();
const BATCHES = ['POST CRM_UTILITIES_UMC/$batch', 'POST ERP_UTILITIES_UMC/$batch'];

describe('SAP is asked', () => {
  let wire: SapWire;
  let house: House;

  beforeAll(async () => {
    wire = await SapWire.open('newer', NOW);
    house = await openHouse({ environment: wire.environment });
    // Opens the session.
    await house.graphql({ query: '{ me { energy { contracts { number } } } }' }, { persona: 'jana', headers: PATIENT });
  }, 60_000);
  beforeEach(() => void wire.calls());
  afterAll(async () => {
    await house?.close();
    await wire?.close();
  });

  const ask = (persona: string, text: string): ReturnType<House['graphql']> =>
    house.graphql({ query: text }, { persona, headers: PATIENT });

  it('once for each service by a cold dashboard, and not at all by a warm one', async () => {
    const { data } = await ask('aylin', DASHBOARD);
    const calls = wire.calls();
    const account = `Accounts('${accountOf('aylin')}')`;
    expect(listed(calls)).toEqual([
      `GET CRM_UTILITIES_UMC/${account}/ContractItems?$expand=Premise/PointOfDeliveries,Product`,
      BATCHES[1],
    ]);
    expect(calls.flatMap(({ reads }) => reads).toSorted()).toEqual([
      `${account}/ContractAccounts?$expand=Contracts/ActiveBudgetBillingPlan/BudgetBillingCycle`,
      `${account}/Invoices`,
    ]);
    expect((await ask('aylin', DASHBOARD)).data).toEqual(data);
    expect(wire.calls()).toEqual([]);
  });

  it('no more often for aliases of the same fields', async () => {
    const aliases = ['a', 'b', 'c'].map(
      (name) => `${name}: energy { contracts { instalment { cycle } terms { earliestEnd } }
      invoices { totalCount } bankAccounts { nodes { maskedIban } } }`,
    );
    const { data, errors } = await ask('lena', `{ me { ${aliases.join(' ')} } }`);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ me: { a: expect.anything(), b: expect.anything(), c: expect.anything() } });
    const calls = wire.calls();
    expect(listed(calls)).toEqual(BATCHES);
    expect(calls.flatMap(({ reads }) => reads)).toHaveLength(5);
  });

  it('once more where meters are shown, and once more for what they have shown', async () => {
    const { errors } = await ask('karl', METERS);
    expect(errors).toEqual([]);
    const isPage = (resource: string): boolean => resource.includes('$skiptoken');
    const calls = wire.calls().filter(({ resource }) => resource.startsWith('ERP') && !isPage(resource));
    expect(
      calls.map(({ method, reads }) => [method, new Set(reads.map((read) => read.replace(/.*\)\//, '')))]),
    ).toEqual([
      ['GET', new Set()],
      ['POST', new Set(['RegistersToRead?$expand=RegisterType'])],
      ['POST', new Set(['MeterReadingResults'])],
    ]);
  });

  it('for two customers at once in calls of their own', async () => {
    const people = ['mandy', 'sabine'];
    await Promise.all(people.map((persona) => ask(persona, ALL)));
    const calls = wire.calls();
    const owners = calls
      .filter(({ reads }) => reads.some((read) => read.startsWith('Accounts(')))
      .map(({ reads }) => new Set(reads.map((read) => /^Accounts\('(\d+)'\)/.exec(read)?.[1])));
    expect(owners.map(({ size }) => size)).toEqual(owners.map(() => 1));
    expect(new Set(owners.flatMap((numbers) => [...numbers]))).toEqual(new Set(people.map(accountOf)));
  });

  it('with a token that is renewed once when the session has gone', async () => {
    wire.system.reset();
    const { errors } = await ask('jana', ALL);
    expect(errors).toEqual([]);
    const signIns = wire.seen.filter(({ token }) => token === 'Fetch');
    expect(signIns).toHaveLength(1);
    expect(new Set(wire.calls().map(({ token }) => token)).size).toBeGreaterThan(1);
  });
});

describe.each(['older', 'newer'] as const)('what SAP of the %s service pack says', (servicePack) => {
  let wire: SapWire;
  let house: House;

  beforeAll(async () => {
    wire = await SapWire.open(servicePack, NOW);
    house = await openHouse({ environment: wire.environment, instances: 2 });
  }, 60_000);
  afterAll(async () => {
    await house?.close();
    await wire?.close();
  });

  it('is the same in batches, one by one, and where the set Contracts is blocked', async () => {
    const ask = async (instance: number): Promise<unknown> => {
      const { data, errors } = await house.graphql({ query: ALL }, { persona: 'aylin', headers: PATIENT, instance });
      return { data, errors };
    };
    const isContracts = (resource: string): boolean => /^(?:\w+_UTILITIES_UMC\/)?Contracts\b/.test(resource);
    wire.refuses = ({ resource, reads }) => isContracts(resource) || reads.some(isContracts);
    const together = await ask(0);
    const batched = wire.calls().filter(({ resource }) => resource.endsWith('$batch'));
    expect(batched.map(({ resource }) => resource)).toContain('ERP_UTILITIES_UMC/$batch');
    wire.refuses = ({ resource }) => resource.endsWith('$batch');
    const singly = await ask(1);
    expect(wire.calls().filter(({ method }) => method === 'GET').length).toBeGreaterThan(batched.length);
    expect(together).toEqual(singly);
    expect(together).toMatchObject({ errors: [], data: { me: { energy: { contracts: expect.arrayContaining([]) } } } });
    // Some meters are listed twice; none is shown twice.
    const { contracts } = (
      together as { data: { me: { energy: { contracts: { meters: { serialNumber: string }[] }[] } } } }
    ).data.me.energy;
    const serials = contracts.flatMap(({ meters }) => meters.map(({ serialNumber }) => serialNumber));
    expect(serials.length).toBeGreaterThan(0);
    expect(new Set(serials).size).toBe(serials.length);
  });
});
