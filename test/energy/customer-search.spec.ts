import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AGENT, CounterStage } from '../auth/counter-stage.js';
import { openHouse, type GraphAnswer, type House } from '../harness.js';

const FIND = `query ($by: EnergyCustomerSearch!) { findEnergyCustomers(by: $by) {
  __typename
  ... on FoundEnergyCustomers { nodes { number name street city } source { subsidiary system stale } }
  ... on Refusal { code message retryAfterSeconds }
} }`;
const NUMBERS = '{ me { energy { contracts { number meters { serialNumber } } contractAccounts { number } } } }';
const RECORD = '{ me { accessRecord(first: 50) { nodes { actor subsidiary operation reason } } } }';
const OPEN = `mutation ($number: String!) { openMandate(
  by: { customerNumber: { subsidiary: ENERGY, number: $number, idDocumentSeen: true } }, reason: "am Schalter gesucht") {
  __typename ... on Mandate { customer { name } } ... on Refusal { code } } }`;
const WALK_IN = `mutation ($name: String!, $number: String!) { openWalkInCustomer(
  name: $name, number: $number, idDocumentSeen: true, reason: "am Schalter gesucht") {
  __typename ... on Mandate { customer { name energy { contracts { number } } } } } }`;

interface Found {
  readonly __typename: string;
  readonly nodes: readonly { readonly number: string; readonly name: string }[];
}

describe('the search for energy customers', () => {
  const stage = new CounterStage();
  let house: House;
  let lena: { number: string; meter: string; account: string };

  beforeAll(async () => {
    house = await openHouse({ arrange: stage.arrange });
    const { data } = await house.graphql({ query: NUMBERS }, { persona: 'lena', headers: { prefer: 'wait=10' } });
    const { energy } = data!['me'] as {
      energy: {
        contracts: [{ number: string; meters: [{ serialNumber: string }] }];
        contractAccounts: [{ number: string }];
      };
    };
    const [contract] = energy.contracts;
    lena = {
      number: contract.number,
      meter: contract.meters[0].serialNumber,
      account: energy.contractAccounts[0].number,
    };
  }, 60_000);
  afterAll(() => house?.close());

  const find = (by: object, agent = 'searching-anna ENERGY'): Promise<GraphAnswer> =>
    house.graphql({ query: FIND, variables: { by } }, { headers: { [AGENT]: agent } });
  const found = async (by: object, agent?: string): Promise<Found> => {
    const { data, errors } = await find(by, agent);
    expect(errors).toEqual([]);
    return data!['findEnergyCustomers'] as Found;
  };
  const codesOf = ({ errors }: GraphAnswer): unknown[] => errors.map(({ extensions }) => extensions['code']);

  it('shows the same person, and no more of them than that, by every number and by name', async () => {
    const searches = [
      { customerNumber: '4100007' },
      { contractNumber: lena.number },
      { contractAccountNumber: lena.account },
      { meterSerialNumber: lena.meter },
      { name: { lastName: 'vogt', firstName: 'Lena' } },
      { name: { lastName: 'Vogt', birthDate: '2003-04-17' } },
    ];
    for (const by of searches) {
      expect(await found(by)).toEqual({
        __typename: 'FoundEnergyCustomers',
        nodes: [{ number: '0004100007', name: 'Frau Lena Vogt', street: expect.any(String), city: 'Jena' }],
        source: { subsidiary: 'ENERGY', system: 'sap-umc', stale: false },
      });
    }
    const { data } = await house.graphql({ query: RECORD }, { persona: 'lena' });
    const { nodes } = (data!['me'] as { accessRecord: { nodes: { operation: string; reason: string }[] } })
      .accessRecord;
    const looks = nodes.filter(({ operation }) => operation === 'energy.find-customers');
    expect(looks.map(({ reason }) => reason).toReversed()).toEqual([
      'found in a search by customer-number',
      'found in a search by contract-number',
      'found in a search by contract-account-number',
      'found in a search by meter-serial-number',
      'found in a search by last-name, first-name',
      'found in a search by last-name, birth-date',
    ]);
  });

  it('finds nobody for numbers and names that nobody has', async () => {
    for (const by of [
      { customerNumber: '1' },
      { contractNumber: '1' },
      { contractAccountNumber: '1' },
      { meterSerialNumber: '1ESY0000' },
      { name: { lastName: 'Vogt', birthDate: '2003-04-18' } },
      { name: { lastName: "Vogt' or 'Kaya" } },
    ]) {
      expect((await found(by)).nodes).toEqual([]);
    }
  });

  it('shows nobody of too many, until more is given', async () => {
    expect(await found({ name: { lastName: 'Zimmermann' } })).toMatchObject({
      __typename: 'Refusal',
      code: 'SEARCH_TOO_WIDE',
      message: expect.stringContaining('zu viele Personen'),
    });
    expect(await found({ name: { lastName: 'Vogt', postcode: '00000' } })).toMatchObject({ nodes: [] });
  });

  it('leads to a mandate: for a customer of the house, and for one who becomes it now', async () => {
    const headers = { [AGENT]: 'opening-anna ENERGY' };
    const [hit] = (await found({ name: { lastName: 'Vogt', firstName: 'Lena' } }, 'opening-anna ENERGY')).nodes;
    const opened = await house.graphql({ query: OPEN, variables: { number: hit!.number } }, { headers });
    expect(opened.data).toMatchObject({
      openMandate: { __typename: 'Mandate', customer: { name: expect.stringContaining('Lena') } },
    });
    const [stranger] = (await found({ name: { lastName: 'Kaya-Größel' } }, 'opening-anna ENERGY')).nodes;
    const walkIn = await house.graphql({ query: WALK_IN, variables: { ...stranger } }, { headers });
    expect(walkIn.data).toMatchObject({
      openWalkInCustomer: { customer: { name: stranger!.name, energy: { contracts: expect.anything() } } },
    });
  });

  it('is for agents of energy only, and by a meter not for their sales', async () => {
    const by = { customerNumber: '4100007' };
    expect(codesOf(await find(by, 'berta HOUSING'))).toEqual(['FORBIDDEN']);
    expect(codesOf(await house.graphql({ query: FIND, variables: { by } }, { persona: 'lena' }))).toEqual([
      'FORBIDDEN',
    ]);
    expect(codesOf(await house.graphql({ query: FIND, variables: { by } }))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await find({ meterSerialNumber: lena.meter }, 'carl ENERGY sales'))).toEqual(['FORBIDDEN']);
    expect((await found(by, 'carl ENERGY sales')).nodes).toHaveLength(1);
  });

  it.each([
    [{}, undefined],
    [{ customerNumber: '1', contractNumber: '1' }, undefined],
    [{ name: { lastName: 'Vo*' } }, 'by.name.lastName'],
    [{ name: { lastName: 'Vo' } }, 'by.name.lastName'],
    [{ meterSerialNumber: "x' or 1 eq 1" }, 'by.meterSerialNumber'],
  ])('takes no %j', async (by, path) => {
    const { errors } = await find(by);
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_INPUT']);
    if (path !== undefined) expect(errors[0]!.extensions).toMatchObject({ path });
  });

  it('fails openly when SAP is down', async () => {
    await house.control('POST', '/faults', { kind: '500', system: 'sap-umc', household: 'lena' });
    expect(codesOf(await find({ customerNumber: '4100007' }))).toEqual(['UPSTREAM_UNAVAILABLE']);
    await house.control('DELETE', '/faults');
  }, 20_000);
});
