import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { basic, type Bench, energyOf, NODE, startBench } from './umc-test-client.js';

interface Page {
  readonly __next?: string;
  readonly __count?: string;
  readonly results: readonly Record<string, unknown>[];
}

let bench: Bench;
let history: string;
beforeAll(async () => {
  bench = await startBench();
  const { contractId } = energyOf(bench.city, 'karl').energy.contracts[0]!;
  const { body } = await bench.json(`Contracts('${contractId}')/Devices`);
  const [device] = (body['d'] as unknown as Page).results;
  history = `Devices('${String(device?.['DeviceID'])}')/MeterReadingResults`;
});
afterAll(() => bench.close());

async function pagesFrom(resource: string): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next: string | undefined = resource; next !== undefined && pages.length < 20;) {
    const { status, body } = await bench.json(next);
    expect(status).toBe(200);
    const page = body['d'] as unknown as Page;
    pages.push(page);
    next = page['__next']?.slice(`${bench.url}${NODE}`.length);
  }
  return pages;
}

describe('a long history', () => {
  it('comes in pages of a hundred, each naming the next until the last', async () => {
    const pages = await pagesFrom(history);
    const total = Number(
      (await bench.ask('GET', `${NODE}ERP_UTILITIES_UMC/${history}/$count`, basic(bench.system))).text,
    );
    expect(total).toBeGreaterThan(400);
    expect(pages.slice(0, -1).map(({ results }) => results.length)).toEqual(pages.slice(0, -1).map(() => 100));
    const ids = pages.flatMap(({ results }) => results.map((row) => row['MeterReadingResultID']));
    expect(new Set(ids).size).toBe(total);
    expect(pages.at(-1)).not.toHaveProperty('__next');
  });

  it('keeps filter, order, count, format and client over all pages', async () => {
    const filter = 'RegisterID%20eq%20%27002%27';
    const query = `?sap-client=100&$filter=${filter}&$orderby=ReadingDateTime%20desc&$inlinecount=allpages&$format=json`;
    const pages = await pagesFrom(`${history}${query}`);
    const rows = pages.flatMap(({ results }) => results);
    expect(pages.map(({ __count }) => __count)).toEqual(pages.map(() => String(rows.length)));
    expect(new Set(rows.map((row) => row['RegisterID']))).toEqual(new Set(['002']));
    const dates = rows.map((row) => Number(/\d+/.exec(String(row['ReadingDateTime']))?.[0]));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
    expect(pages[0]?.['__next']).toContain(`?sap-client=100&$filter=${filter}&`);
  });

  it('ends where $top ends it, even past a page', async () => {
    const pages = await pagesFrom(`${history}?$top=150&$skip=10`);
    expect(pages.map(({ results }) => results.length)).toEqual([100, 50]);
    const [all] = await pagesFrom(`${history}?$skip=10`);
    expect(pages[0]?.results[0]).toEqual(all?.results[0]);
  });

  it('names the next page in Atom, too', async () => {
    const reply = await bench.ask('GET', `${NODE}ERP_UTILITIES_UMC/${history}`, basic(bench.system));
    const { feed } = new XMLParser({ ignoreAttributes: false }).parse(reply.text) as {
      feed: { link: { '@_rel': string; '@_href': string } };
    };
    expect(feed.link).toMatchObject({ '@_rel': 'next', '@_href': expect.stringMatching(/\$skiptoken=100$/) });
  });

  it('has no page for a token that is none', async () => {
    expect((await bench.json(`${history}?$skiptoken=next`)).status).toBe(400);
  });
});

describe('a short set', () => {
  it('names no next page', async () => {
    const { body } = await bench.json('MeterReadingNotes');
    expect(Object.keys(body['d'] ?? {})).toEqual(['results']);
  });
});
