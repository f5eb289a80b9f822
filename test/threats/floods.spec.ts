import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isLeafType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { openHouse, type House } from '../harness.js';
import { CountReads } from './count-reads.js';

/** Costs a read when it is let through; put in front of everything that must be refused as a whole. */
const READ = 'me { energy { contracts { number } } }';
const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
/** Fragments that each spread the next one twice: 2 to the power of their number, if followed. */
const doubling = (levels: number): string =>
  `${times(levels, (level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`)}
  fragment F${levels} on Query { ${READ} }`;
const deepList = (levels: number): string => `${'['.repeat(levels)}"a"${']'.repeat(levels)}`;

describe('a flood', () => {
  const reads = new CountReads();
  let house: House;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    house = await openHouse({ arrange: reads.arrange });
    const { data } = await house.graphql({ query: getIntrospectionQuery() });
    schema = buildClientSchema(data as unknown as IntrospectionQuery);
  }, 60_000);
  afterAll(() => house.close());
  beforeEach(() => {
    reads.count = 0;
  });

  /** Status, code, and how much was asked of legacy systems. */
  const ask = async (body: object, headers: Record<string, string> = {}): Promise<unknown[]> => {
    const { status, errors } = await house.graphql(body, { persona: 'aylin', headers });
    return [status, errors[0]?.extensions['code'], reads.count];
  };
  const REFUSED = [400, 'INVALID_INPUT', 0];

  it('would be let in, were it smaller', async () => {
    expect(await ask({ query: `{ ${READ} }` })).toEqual([200, undefined, expect.any(Number)]);
    expect(reads.count).toBeGreaterThan(0);
  });

  it.each<[string, string]>([
    ['threat 5: 31 aliases', `{ ${times(31, (index) => `a${index}: ${READ}`)} }`],
    [
      'threat 5: aliases in fragments that are spread into each other, 5 on each of 5 levels',
      `{ ${times(5, (index) => `a${index}: me { ...A }`)} }
      fragment A on Customer { ${times(5, (index) => `b${index}: energy { ...B }`)} }
      fragment B on EnergyCustomer { ${times(5, (index) => `c${index}: contracts { ...C }`)} }
      fragment C on EnergyContract { ${times(5, (index) => `d${index}: invoices(first: ${index + 1}) { nodes { ...D } }`)} }
      fragment D on Invoice { ${times(5, (index) => `e${index}: amount { amount }`)} }`,
    ],
    ['threat 6: 2,001 tokens', `{ ${READ} viewer { ${'kind '.repeat(2_001 - 14)} } }`],
    ['threat 6: a field 480 times', `{ ${'viewer { kind } '.repeat(480)} ${READ} }`],
    ['threat 7: 13 levels', `{ ${READ} ${'me { '.repeat(13)} name ${'} '.repeat(13)} }`],
    ['threat 7: a fragment that spreads itself', `{ ${READ} ...A } fragment A on Query { ...A }`],
    [
      'threat 7: a cycle of three fragments',
      `{ ${READ} ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }`,
    ],
    ['threat 7: fragments that double 60 times', `{ ...F0 } ${doubling(60)}`],
    ['threat 7: fragments that double 150 times', `{ ...F0 } ${doubling(150)}`],
    ['threat 8: a list of 101', `{ ${READ} listings(filter: {districts: [${'"a" '.repeat(101)}]}) { totalCount } }`],
    [
      'threat 8: a list of 101 inside a fragment',
      `{ ${READ} ...A } fragment A on Query { listings(filter: {districts: [${'"a" '.repeat(101)}]}) { totalCount } }`,
    ],
    ['threat 8: lists in lists', `{ ${READ} listings(filter: {districts: ${deepList(600)}}) { totalCount } }`],
    ['threat 10: 51 directives', `{ ${READ} viewer { kind ${'@skip(if: false) '.repeat(51)} } }`],
    [
      'threat 10: 51 directives on fragments and operation',
      `{ ${READ} ${'... @include(if: true) { viewer { kind @skip(if: false) } } '.repeat(26)} }`,
    ],
    ['threat 10: directives that nobody knows', `{ ${READ} viewer { kind ${'@x '.repeat(40)} } }`],
  ])('%s is refused before anything is read', async (_what, query) => {
    expect(await ask({ query })).toEqual(REFUSED);
    expect(await ask({ query }, { accept: 'application/json' })).toEqual([expect.any(Number), 'INVALID_INPUT', 0]);
  });

  it.each<[string, string]>([
    ['in the fields themselves', '{ stops(text: "a", first: 100) { departures(first: 100) { nodes { line } } } }'],
    [
      'with the inner part in a fragment',
      `{ stops(text: "a", first: 100) { departures(first: 100) { ...B } } } fragment B on DepartureBoard { nodes { line } }`,
    ],
    [
      'as defaults of variables',
      'query ($n: Int! = 100) { stops(text: "a", first: $n) { departures(first: $n) { nodes { line } } } }',
    ],
  ])('threat 8: two lists of 100 inside each other, %s, are refused before anything is read', async (_how, query) => {
    expect(await ask({ query })).toEqual(REFUSED);
  });

  it('threat 8: every "first" of the schema is refused below 1 and above 100, before anything is read', async () => {
    const places = placesOfFirst(schema);
    expect(places.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['Query.stops', 'EnergyContract.invoices', 'Customer.accessRecord']),
    );
    for (const { field, ask: select } of places) {
      for (const size of ['101', '0', '-1', '2147483647', '1e9', '"5"']) {
        expect([field, size, await ask({ query: `{ ${READ} ${select(size)} }` })]).toEqual([field, size, REFUSED]);
      }
      const sent = { query: `query ($n: Int!) { ${READ} ${select('$n')} }`, variables: { n: 101 } };
      const byDefault = { query: `query ($n: Int! = 101) { ${READ} ${select('$n')} }` };
      const none = { query: `query ($n: Int = 7) { ${READ} ${select('$n')} }`, variables: { n: 101 } };
      for (const body of [sent, byDefault, none])
        expect([field, body, await ask(body)]).toEqual([field, body, REFUSED]);
    }
  }, 30_000);

  it('threat 8: a list of 101, or one nested a thousand times, is refused as variable, too', async () => {
    const query = `query ($f: ListingFilter) { ${READ} listings(filter: $f) { totalCount } }`;
    const long = Array.from({ length: 101 }, () => 'a');
    const deep = JSON.parse(deepList(1_000)) as unknown;
    for (const f of [{ districts: long }, { districts: [long] }, { districts: deep }, deep]) {
      expect(await ask({ query, variables: { f } })).toEqual(REFUSED);
    }
    expect(await ask({ query: `{ ${READ} }`, variables: { unused: long } })).toEqual(REFUSED);
  });

  it.each([1, 2, 500])('threat 9: a batch of %d is refused before anything is read', async (count) => {
    const batch = Array.from({ length: count }, () => ({ query: `{ ${READ} }` }));
    expect(await ask(batch)).toEqual(REFUSED);
  });
});

function literalOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return type.getValues()[0]!.name;
  return type.name === 'Decimal' ? '"1000"' : '"x"';
}

/** Where the schema has a `first`, each with the way there from the query; fields that need other arguments get them. */
function placesOfFirst(schema: GraphQLSchema): { field: string; ask: (size: string) => string }[] {
  const found: { field: string; ask: (size: string) => string }[] = [];
  const seen = new Set<string>();
  const visit = (name: string, around: (inner: string) => string): void => {
    const type = schema.getType(name);
    if (!isObjectType(type) || seen.has(name)) return;
    seen.add(name);
    for (const field of Object.values(type.getFields())) {
      const below = getNamedType(field.type);
      const select = (args: string, inner: string): string => around(`${field.name}${args} { ${inner} }`);
      if (isLeafType(below)) continue;
      const needed = field.args.filter(
        (arg) => arg.name !== 'first' && String(arg.type).endsWith('!') && arg.defaultValue === undefined,
      );
      const given = needed.map((arg) => `${arg.name}: ${literalOf(getNamedType(arg.type))}`).join(', ');
      if (field.args.some((arg) => arg.name === 'first')) {
        const ask = (size: string): string => select(`(first: ${size}${given && `, ${given}`})`, '__typename');
        found.push({ field: `${name}.${field.name}`, ask });
      }
      const args = given && `(${given})`;
      visit(below.name, (inner) => select(args, inner));
    }
  };
  visit('Query', (inner) => inner);
  const all = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).flatMap((field) =>
          field.args.some(({ name }) => name === 'first') ? [`${type.name}.${field.name}`] : [],
        )
      : [],
  );
  const missed = all.filter((one) => !found.some(({ field }) => field === one));
  if (missed.length > 0) throw new Error(`no way is known to ${missed.join(', ')}`);
  return found;
}
