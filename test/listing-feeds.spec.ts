import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from './harness.js';

interface Listings {
  readonly totalCount: number;
  readonly missing: readonly string[];
  readonly source: { readonly system: string; readonly stale: boolean };
  readonly nodes: readonly { readonly feeds: readonly string[]; readonly address: string | null }[];
}

const QUERY = '{ listings(first: 100) { totalCount missing source { system stale } nodes { feeds address } } }';
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

describe.each([
  ['HOUSING_LISTINGS_URL', 'wodis', 'openimmo'],
  ['HOUSING_OPENIMMO_URL', 'openimmo', 'wodis'],
])('with %s out of reach', (variable, broken, other) => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ environment: { [variable]: NOWHERE } });
  }, 30_000);
  afterAll(() => house.close());

  it('the flats of the other feed are served, and the answer says what is missing', async () => {
    const { data, errors, sources } = await house.graphql({ query: QUERY });
    expect(errors).toEqual([]);
    const { nodes, totalCount, ...rest } = data!['listings'] as Listings;
    expect(rest).toEqual({ missing: [broken], source: { system: other, stale: true } });
    expect(nodes).toHaveLength(totalCount);
    expect(nodes.length).toBeGreaterThan(0);
    expect(new Set(nodes.flatMap(({ feeds }) => feeds))).toEqual(new Set([other]));
    expect(sources.map(({ operation, state }) => [operation, state]).toSorted()).toEqual([
      ['housing.listings', 'CACHED'],
      ['housing.listings', 'FAILED'],
    ]);
  });

  it('partners are told the same', async () => {
    const answer = await house.get('/partner/v1/housing/listings?first=1');
    expect(answer.headers.get('cache-control')).toBe('public, no-cache');
    expect(await answer.json()).toMatchObject({ missing: [broken], source: { system: other, stale: true } });
  });
});
