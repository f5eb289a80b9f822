import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdviserHouse, type LetIn, type RestAnswer } from './adviser-house.js';

const ALL = [
  'energy.contracts:read',
  'energy.instalments:read',
  'energy.locations:read',
  'energy.readings:read',
  'energy.readings:write',
  'energy.consumption:read',
];
const REST = '/partner/v1/energy';
/** A household with two contracts, one whose history is long, one with nothing but water. */
const PERSONAS = ['aylin', 'lena', 'h-000123'];

/** Parsed JSON whose properties are looked into freely. */
type Json = { readonly [name: string]: Json } & { readonly length: number } & readonly Json[];
type Data = Readonly<Record<string, Json>>;

const SOURCE = 'source { subsidiary system asOf stale }';
const CONTRACTS = `{ me { energy { contracts {
  id number product commodity from until
  supplyPoint { address { street houseNumber postcode city } marketLocation meteringLocation }
  terms { minimumTerm { count unit } boundUntil noticePeriod { count unit } earliestEnd }
  instalment { amount { amount currency } minimum { amount currency } maximum { amount currency } cycle }
  consumptionByMonth(from: "2026-01-01", until: "2026-10-31") {
    values { from until billedIn value unit cost { amount currency } category }
  }
  consumptionByDay(from: "2026-11-01", until: "2026-11-10") { values { date value unit } }
  meters {
    id serialNumber registers { id name unit integerDigits decimals lastValue lastDate }
    readings(first: 3) {
      nodes { id registerId date value unit category state reason } totalCount pageInfo { hasNextPage endCursor }
    }
  }
  ${SOURCE}
} } } }`;

describe('graph and REST, asked the same', () => {
  let advisers: AdviserHouse;

  beforeAll(async () => {
    advisers = await AdviserHouse.open();
  }, 60_000);
  afterAll(() => advisers.close());

  const rest = async (path: string, letIn: LetIn): Promise<Data> => {
    const { status, body } = await advisers.get(`${REST}/${path}`, letIn);
    expect([path, status]).toEqual([path, 200]);
    return body as Data;
  };
  const graph = async (query: string, persona?: string): Promise<Data> => {
    const { data, errors } = await advisers.house.graphql({ query }, { persona, headers: { prefer: 'wait=10' } });
    expect(errors).toEqual([]);
    return data as unknown as Data;
  };

  describe.each(PERSONAS)('about %s', (persona) => {
    const letIn = { persona, scopes: ALL };
    let contracts: Json;

    beforeAll(async () => {
      contracts = (await graph(CONTRACTS, persona))['me']!['energy']!['contracts']!;
    }, 30_000);

    it('tell the same of contracts', async () => {
      const { items, source } = await rest('contracts', letIn);
      const shown = [...contracts].map(({ source: _source, terms: _terms, ...contract }) => {
        const { instalment: _i, consumptionByMonth: _m, consumptionByDay: _d, meters: _meters, ...plain } = contract;
        return plain;
      });
      expect(items).toEqual(shown);
      expect(shown.length).toBeGreaterThan(0);
      expect(source).toEqual(contracts[0]!['source']);
      for (const [index, contract] of [...contracts].entries()) {
        expect(await rest(`contracts/${contract['id']}`, letIn)).toMatchObject({
          contract: shown[index],
          terms: contract['terms'],
        });
      }
    });

    it('tell the same of instalments and consumption', async () => {
      for (const contract of contracts) {
        const path = `contracts/${contract['id']}`;
        expect((await rest(`${path}/instalment`, letIn))['instalment']).toEqual(contract['instalment']);
        const months = await rest(`${path}/consumption?from=2026-01-01&until=2026-10-31`, letIn);
        expect(months['items']).toEqual(contract['consumptionByMonth']!['values']);
        const days = await rest(`${path}/consumption?step=DAY&from=2026-11-01&until=2026-11-10`, letIn);
        expect([...days['items']!].map(({ from, value, unit }) => ({ date: from, value, unit }))).toEqual(
          contract['consumptionByDay']!['values'],
        );
      }
    });

    it('tell the same of meters and page the same readings', async () => {
      const { items } = await rest('meters', letIn);
      const meters = [...contracts].flatMap((contract) =>
        [...contract['meters']!].map((meter) => ({ contractId: contract['id'], ...meter })),
      );
      const byId = (one: Json, other: Json): number => (String(one['id']) < String(other['id']) ? -1 : 1);
      expect([...items!].toSorted(byId)).toEqual(
        (meters as unknown as Json[])
          .map(({ readings: _readings, ...meter }) => meter as unknown as Json)
          .toSorted(byId),
      );
      for (const { id, readings } of meters as unknown as Json[]) {
        const page = await rest(`readings?meterId=${id}&first=3`, letIn);
        expect(page['items']).toEqual(readings!['nodes']);
        expect(page['totalCount']).toEqual(readings!['totalCount']);
        const { hasNextPage, endCursor } = readings!['pageInfo']!;
        expect(page['nextCursor']).toEqual(hasNextPage ? endCursor : null);
      }
    });
  });

  it('tell the same of tariffs', async () => {
    const query = `{ tariffs(postcode: "07743", commodity: GAS, annualConsumption: "12000.5", sort: FIRST_YEAR_ASC) {
      nodes {
        tariff {
          id number name description commodity minimumConsumption maximumConsumption consumptionUnit
          minimumTerm { count unit } noticePeriod { count unit } priceGuarantee { count unit } vatPercent
        }
        year { net { amount currency } vat { amount currency } gross { amount currency } }
        month { net { amount currency } vat { amount currency } gross { amount currency } }
        firstYear { amount currency }
        prices { kind zone name netPrice grossPrice unit quantity yearNet { amount currency } }
        bonuses { kind name amount { amount currency } until }
        pricesUntil
      }
      totalCount reason ${SOURCE}
    } }`;
    const { nodes, ...frame } = (await graph(query))['tariffs']!;
    const path = 'tariffs?postcode=07743&commodity=GAS&annualConsumption=12000.5&sort=FIRST_YEAR_ASC';
    const { status, body, headers } = await advisers.get(`${REST}/${path}`, null);
    expect([status, body]).toEqual([200, { items: nodes, nextCursor: null, ...frame }]);
    expect([...nodes!].length).toBeGreaterThan(0);
    expect(headers.get('cache-control')).toBe('public, max-age=60');
  });

  it.each([
    ['postcode: "7743", commodity: GAS, annualConsumption: "9"', 'postcode=7743&commodity=GAS&annualConsumption=9'],
    ['postcode: "07743", commodity: GAS, annualConsumption: "0"', 'postcode=07743&commodity=GAS&annualConsumption=0'],
    [
      'postcode: "07743", commodity: WATER, annualConsumption: "9", unit: KWH',
      'postcode=07743&commodity=WATER&annualConsumption=9&unit=KWH',
    ],
    [
      'postcode: "07743", commodity: GAS, annualConsumption: "9", lowZoneConsumption: "10"',
      'postcode=07743&commodity=GAS&annualConsumption=9&lowZoneConsumption=10',
    ],
    [
      'postcode: "07743", commodity: GAS, annualConsumption: "9", from: "2020-01-01"',
      'postcode=07743&commodity=GAS&annualConsumption=9&from=2020-01-01',
    ],
    [
      'postcode: "07743", commodity: GAS, annualConsumption: "9", first: 101',
      'postcode=07743&commodity=GAS&annualConsumption=9&first=101',
    ],
    [
      'postcode: "07743", commodity: GAS, annualConsumption: "9", after: "eA"',
      'postcode=07743&commodity=GAS&annualConsumption=9&after=eA',
    ],
  ])('refuse a search for tariffs by %s alike', async (args, query) => {
    const { errors } = await advisers.house.graphql({ query: `{ tariffs(${args}) { totalCount } }` });
    const { status, body } = await advisers.get(`${REST}/tariffs?${query}`, null);
    const { code, path, reason } = errors[0]!.extensions;
    expect([status, body]).toEqual([400, expect.objectContaining({ code, path, reason, title: errors[0]!.message })]);
  });

  it.each([
    ['readings(first: 0)', 'readings?meterId=METER&first=0'],
    ['readings(first: 101)', 'readings?meterId=METER&first=101'],
    ['readings(after: "eA")', 'readings?meterId=METER&after=eA'],
  ])('refuse %s of a meter alike', async (field, path) => {
    const letIn = { persona: 'aylin', scopes: ALL };
    const meter = (await rest('meters', letIn))['items']![0]!['id']!;
    const query = `{ me { energy { contracts { meters { ${field} { totalCount } } } } } }`;
    const { errors } = await advisers.house.graphql({ query }, { persona: 'aylin' });
    const { body } = await advisers.get(`${REST}/${path.replace('METER', String(meter))}`, letIn);
    const { code, path: at, reason } = errors[0]!.extensions;
    expect(body).toMatchObject({ status: 400, code, path: at, reason });
  });

  it.each([
    [
      'consumptionByMonth(from: "2026-10-02", until: "2026-10-01") { values { value } }',
      'from=2026-10-02&until=2026-10-01',
    ],
    [
      'consumptionByDay(from: "2026-01-01", until: "2026-10-01") { values { value } }',
      'step=DAY&from=2026-01-01&until=2026-10-01',
    ],
  ])('refuse %s alike', async (field, query) => {
    const letIn = { persona: 'aylin', scopes: ALL };
    const contract = (await rest('contracts', letIn))['items']![0]!['id']!;
    const { errors } = await advisers.house.graphql(
      { query: `{ me { energy { contracts { ${field} } } } }` },
      { persona: 'aylin' },
    );
    const { body } = await advisers.get(`${REST}/contracts/${contract}/consumption?${query}`, letIn);
    const { code, path, reason } = errors[0]!.extensions;
    expect(body).toMatchObject({ status: 400, code, path, reason });
  });

  describe('to submit readings', () => {
    const letIn = { persona: 'aylin', scopes: ALL };
    const SUBMIT = `mutation ($key: String!, $meterId: ID!, $date: Date!, $readings: [ReadingInput!]!) {
      submitReadings(key: $key, meterId: $meterId, date: $date, readings: $readings) {
        __typename
        ... on Process { state refusal { ...R } }
        ... on Refusal { ...R }
      }
    }
    fragment R on Refusal {
      code message subsidiaryMessage
      problems { path code message choices { value label } minimum maximum earliest }
    }`;
    let meter: Json;
    let register: string;
    let foreign: string;

    beforeAll(async () => {
      [meter] = (await rest('meters', letIn))['items']! as unknown as [Json];
      register = String(meter['registers']![0]!['id']);
      foreign = String((await rest('meters', { persona: 'lena', scopes: ALL }))['items']![0]!['id']);
    });

    const books = async (): Promise<unknown> =>
      (await fetch(`${advisers.house.sandbox.controlUrl}/books/sap-umc`)).json();
    const both = async (input: object): Promise<[Json, RestAnswer]> => {
      const key = randomUUID();
      const { data, errors } = await advisers.house.graphql(
        { query: SUBMIT, variables: { key, ...input } },
        { persona: 'aylin' },
      );
      const answer = await advisers.post(`${REST}/readings`, letIn, input, { 'idempotency-key': randomUUID() });
      return [(data?.['submitReadings'] ?? errors[0]?.extensions) as Json, answer];
    };

    it.each([
      ['a value below the last', (id: string) => [{ registerId: id, value: '1.0' }], '2026-11-18'],
      ['a day that has not come', (id: string) => [{ registerId: id, value: '24700.0' }], '2026-11-19'],
      ['a day before the last reading', (id: string) => [{ registerId: id, value: '24700.0' }], '2025-01-01'],
      ['too many digits', (id: string) => [{ registerId: id, value: '9999999.0' }], '2026-11-18'],
      ['too many decimals', (id: string) => [{ registerId: id, value: '24700.123' }], '2026-11-18'],
      ['a foreign register', () => [{ registerId: 'UmVnaXN0ZXI6eA', value: '24700.0' }], '2026-11-18'],
    ])('refuse %s alike, and nothing is booked', async (_, readingsOf, date) => {
      const before = await books();
      const [{ __typename: type, message, problems, ...facts }, { status, body, headers }] = await both({
        meterId: meter['id'],
        date,
        readings: readingsOf(register),
      });
      expect(type).toBe('Refusal');
      // The graph has every field of a problem, REST only those that say something.
      const told = [...problems!].map(({ message: title, ...problem }) => ({
        ...Object.fromEntries(
          Object.entries(problem).filter(([, value]) => value !== null && (value as Json).length !== 0),
        ),
        title,
      }));
      expect([status, body]).toEqual([422, expect.objectContaining({ ...facts, title: message, problems: told })]);
      expect(told.length).toBeGreaterThan(0);
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await books()).toEqual(before);
    });

    it('refuse the meter of someone else alike', async () => {
      const readings = [{ registerId: register, value: '24700.0' }];
      const [{ __typename: type, code }, { status, body }] = await both({
        meterId: foreign,
        date: '2026-11-18',
        readings,
      });
      expect([type, code]).toEqual(['Refusal', 'NOT_YOURS']);
      expect([status, body]).toMatchObject([422, { code: 'NOT_YOURS', problems: [{ path: 'meterId' }] }]);
    });

    it.each([
      ['no number', [{ value: '24700,0' }], '2026-11-18'],
      ['no day', [{ value: '24700.0' }], '2026-02-30'],
      ['no readings', [], '2026-11-18'],
    ])('do not understand %s alike', async (_, readings, date) => {
      const withIds = readings.map((reading) => ({ registerId: register, ...reading }));
      const [{ code }, { status, body }] = await both({ meterId: meter['id'], date, readings: withIds });
      expect([status, body]).toEqual([400, expect.objectContaining({ code })]);
      expect(code).toBe('INVALID_INPUT');
    });

    it.each([
      ['of a partner in sales', { ...letIn, role: 'sales' as const }, 404],
      ['without the right to see them', { persona: 'aylin', scopes: ['energy.readings:write'] }, 404],
      ['with the right to see them only', { persona: 'aylin', scopes: ['energy.readings:read'] }, 403],
    ])('let nobody do so %s', async (_, other, expected) => {
      const before = await books();
      const input = {
        meterId: meter['id'],
        date: '2026-11-18',
        readings: [{ registerId: register, value: '24700.0' }],
      };
      const { status } = await advisers.post(`${REST}/readings`, other, input, { 'idempotency-key': randomUUID() });
      expect([status, await books()]).toEqual([expected, before]);
    });
  });

  describe('about somebody else', () => {
    it('tell a partner nothing of another customer by any id', async () => {
      const mine = { persona: 'aylin', scopes: ALL };
      const theirs = { persona: 'lena', scopes: ALL };
      const contract = (await rest('contracts', theirs))['items']![0]!['id']!;
      const meter = (await rest('meters', theirs))['items']![0]!['id']!;
      const paths = [`contracts/${contract}`, `contracts/${contract}/instalment`, `contracts/${contract}/consumption`];
      for (const path of [...paths, `readings?meterId=${meter}`, 'contracts/x', 'readings?meterId=x']) {
        const { status, body } = await advisers.get(`${REST}/${path}`, mine);
        expect([path, status, body]).toEqual([path, 404, expect.objectContaining({ code: 'NOT_FOUND' })]);
      }
    });
  });
});
