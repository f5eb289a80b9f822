import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from '../harness.js';
import { Routes } from './routes.js';

const QUESTION = JSON.stringify({ query: '{ viewer { kind } }' });
const LIMIT = 100_000;
const nested = (levels: number, open: string, close: string): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

describe('threat 34: a body', () => {
  const routes = new Routes();
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ arrange: routes.arrange });
  }, 60_000);
  afterAll(() => house.close());

  const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(house.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: new Uint8Array(Buffer.from(body)),
    });
  const codeOf = async (answer: Response): Promise<unknown[]> => {
    const body = (await answer.json()) as { code?: string; errors?: { extensions: { code: string } }[] };
    return [answer.status, body.code ?? body.errors?.[0]?.extensions.code];
  };
  const REFUSED = [400, 'INVALID_INPUT'];

  it('of 100 kB is taken, and one byte more is refused', async () => {
    const filled = (size: number): string => QUESTION + ' '.repeat(size - QUESTION.length);
    expect((await post('/graphql', filled(LIMIT))).status).toBe(200);
    expect(await codeOf(await post('/graphql', filled(LIMIT + 1)))).toEqual(REFUSED);
  });

  it('over 100 kB is refused on every route that takes one, whatever it says it is', async () => {
    const takers = routes.list.filter(({ method, url }) => method === 'POST' && !url.includes('*'));
    expect(takers.map(({ url }) => url)).toEqual(expect.arrayContaining(['/graphql', '/auth/backchannel-logout']));
    for (const { url } of [...takers, { url: '/partner/oauth/token' }]) {
      for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'application/xml']) {
        const answer = await post(url.replace(/:\w+/g, 'x'), 'x'.repeat(LIMIT + 1), { 'content-type': type });
        const { status } = answer;
        await answer.text();
        expect([url, type, status >= 400 && status < 500]).toEqual([url, type, true]);
      }
    }
  });

  it('is not read on when it turns out larger than it said', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => stream.enqueue(new Uint8Array(10_000).fill(32)),
    });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: endless, duplex: 'half' };
    const outcome = await fetch(`${house.url}/graphql`, init as RequestInit).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([400, 'cut off']).toContain(outcome);
  });

  it.each(['gzip', 'deflate', 'br', 'GZIP', 'identity, gzip', 'x-unknown'])(
    'that says it is packed (%s) is refused, packed or not',
    async (encoding) => {
      for (const body of [gzipSync(Buffer.alloc(50_000_000, ' ')), gzipSync(QUESTION), QUESTION]) {
        for (const path of ['/graphql', '/partner/v1/entitlements/checks', '/partner/oauth/token']) {
          expect(await codeOf(await post(path, body, { 'content-encoding': encoding }))).toEqual(REFUSED);
        }
      }
    },
  );

  it('that says it is not packed is taken', async () => {
    expect((await post('/graphql', QUESTION, { 'content-encoding': 'identity' })).status).toBe(200);
  });

  it.each<[string, string]>([
    ['lists', nested(49_000, '[', ']')],
    ['objects', nested(16_000, '{"a":', '}')],
  ])('of %s nested ten thousands of times is refused', async (_what, deep) => {
    const bodies = [
      deep,
      `{"query": ${deep}}`,
      `{"query": "{ viewer { kind } }", "variables": ${deep}}`,
      `{"query": "query ($f: ListingFilter) { listings(filter: $f) { totalCount } }", "variables": {"f": ${deep}}}`,
    ];
    for (const body of bodies) expect(await codeOf(await post('/graphql', body))).toEqual(REFUSED);
    const checks = await post('/partner/v1/entitlements/checks', deep);
    expect([400, 401]).toContain(checks.status);
  });

  it('of extensions nested ten thousands of times harms nobody', async () => {
    const deep = nested(16_000, '{"a":', '}');
    const answer = await post('/graphql', `{"query": "{ viewer { kind } }", "extensions": ${deep}}`);
    expect(await answer.json()).toEqual({ data: { viewer: { kind: 'ANONYMOUS' } } });
  });
});
