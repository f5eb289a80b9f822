import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openHouse, type House } from './harness.js';

interface Page {
  readonly items: readonly Record<string, unknown>[];
  readonly totalCount?: number;
  readonly nextCursor?: string | null;
}

describe('partner REST', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
  }, 30_000);
  afterAll(() => house.close());

  const json = async (path: string): Promise<Page> => (await house.get(path)).json() as Promise<Page>;

  it('lists the same flats as the graph, in the same order', async () => {
    const page = await json('/partner/v1/housing/listings?minRooms=3&maxGrossRent=900.00&district=Winzerla&first=5');
    const query =
      '{ listings(filter: {minRooms: "3", maxGrossRent: "900.00", districts: ["Winzerla"]}, first: 5) { totalCount nodes { number } } }';
    const { data } = await house.graphql({ query });
    const listings = data!['listings'] as { totalCount: number; nodes: { number: string }[] };
    expect(page.items.map(({ number }) => number)).toEqual(listings.nodes.map(({ number }) => number));
    expect(page.totalCount).toBe(listings.totalCount);
    expect(page.items.length).toBeGreaterThan(0);
  });

  it('pages through all flats without losing or repeating one', async () => {
    const numbers: unknown[] = [];
    let page = await json('/partner/v1/housing/listings?first=7');
    for (
      ;
      page.nextCursor;
      page = await json(`/partner/v1/housing/listings?first=7&after=${encodeURIComponent(page.nextCursor)}`)
    ) {
      numbers.push(...page.items.map(({ number }) => number));
    }
    numbers.push(...page.items.map(({ number }) => number));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toHaveLength(page.totalCount!);
  });

  it('tells the departures of a stop as the graph does', async () => {
    const from = '2026-11-18T13:00:00+01:00';
    const page = await json(`/partner/v1/transit/stops/153166/departures?first=5&from=${encodeURIComponent(from)}`);
    const query =
      'query ($from: DateTime) { stop(id: "153166") { departures(first: 5, from: $from) { nodes { line planned } } } }';
    const { data } = await house.graphql({ query, variables: { from } });
    const { departures } = data!['stop'] as { departures: { nodes: { line: string; planned: string }[] } };
    expect(page.items.map(({ line, planned }) => ({ line, planned }))).toEqual(departures.nodes);
    expect(page.items).toHaveLength(5);
  });

  it.each([
    ['/partner/v1/transit/stops/999999999/departures', 404, 'NOT_FOUND'],
    ['/partner/v1/transit/stops/153166/departures?first=0', 400, 'INVALID_INPUT'],
    ['/partner/v1/transit/stops/153166/departures?from=yesterday', 400, 'INVALID_INPUT'],
    ['/partner/v1/housing/listings?first=101', 400, 'INVALID_INPUT'],
    ['/partner/v1/housing/listings?minRooms=many', 400, 'INVALID_INPUT'],
    ['/partner/v1/housing/listings?colour=blue', 400, 'INVALID_INPUT'],
    ['/partner/v1/housing/listings?after=nonsense', 400, 'INVALID_INPUT'],
  ])('answers %s with a problem %i %s in the language asked for', async (path, status, code) => {
    const answer = await house.get(path, { 'accept-language': 'en' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.json()).toMatchObject({ code, status, title: expect.stringMatching(/^(Some input|What you)/) });
  });

  it('refuses a broken token even where none is needed', async () => {
    const answer = await house.get('/partner/v1/housing/listings', { authorization: 'Bearer nonsense' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('lets public answers be cached and revalidated', async () => {
    const first = await house.get('/partner/v1/housing/listings?first=2');
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    const again = await house.get('/partner/v1/housing/listings?first=2', {
      'if-none-match': first.headers.get('etag')!,
    });
    expect(again.status).toBe(304);
  });

  it('is described by a valid OpenAPI 3.1 document with exactly these routes', async () => {
    const document = (await (await house.get('/partner/v1/openapi.json')).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted()).toEqual([
      '/partner/v1/energy/contracts',
      '/partner/v1/energy/contracts/{id}',
      '/partner/v1/energy/contracts/{id}/consumption',
      '/partner/v1/energy/contracts/{id}/instalment',
      '/partner/v1/energy/meters',
      '/partner/v1/energy/readings',
      '/partner/v1/energy/tariffs',
      '/partner/v1/entitlements/checks',
      '/partner/v1/housing/listings',
      '/partner/v1/housing/repair-reports',
      '/partner/v1/processes/{id}',
      '/partner/v1/transit/stops/{id}/departures',
      '/partner/v1/transit/tickets',
    ]);
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  });

  it('shows the document on a page that loads nothing from elsewhere', async () => {
    const page = await (await house.get('/partner/v1/docs')).text();
    const sources = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source!);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      expect(source).not.toMatch(/^(https?:)?\/\//);
      expect((await house.get(new URL(source, `${house.url}/partner/v1/docs`).pathname)).status).toBe(200);
    }
  });
});
