import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from './harness.js';

describe('bad input', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
  }, 30_000);
  afterAll(() => house.close());

  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const code = async (response: Response): Promise<unknown> => {
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    return [response.status, errors[0]?.extensions.code];
  };

  it.each([
    ['no JSON', '{"query":'],
    ['no object', '"{ viewer { kind } }"'],
    ['no query', '{}'],
    ['no text as query', '{"query": 17}'],
    ['a batch', '[{"query": "{ viewer { kind } }"}]'],
    ['a syntax error', '{"query": "{ viewer {"}'],
    ['a poisoned prototype', '{"query": "{ viewer { kind } }", "__proto__": {"x": 1}}'],
    ['a body over 100 kB', JSON.stringify({ query: `{ viewer { kind } } #${'x'.repeat(101_000)}` })],
    ['more than 2,000 tokens', JSON.stringify({ query: `{ viewer { ${'kind '.repeat(2_100)} } }` })],
    [
      '31 aliases',
      JSON.stringify({ query: `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: viewer { kind }`).join(' ')} }` }),
    ],
    ['51 directives', JSON.stringify({ query: `{ viewer { kind ${'@skip(if: false) '.repeat(51)} } }` })],
    [
      'a list of 101',
      JSON.stringify({ query: `{ listings(filter: {districts: [${'"a" '.repeat(101)}]}) { totalCount } }` }),
    ],
    [
      'a list of 101 as variable',
      JSON.stringify({
        query: 'query ($f: ListingFilter) { listings(filter: $f) { totalCount } }',
        variables: { f: { districts: Array.from({ length: 101 }, () => 'a') } },
      }),
    ],
    [
      'too dear a question',
      JSON.stringify({
        query: '{ stops(first: 100) { departures(first: 100) { nodes { line } } } }',
      }),
    ],
    ['a cycle of fragments', JSON.stringify({ query: '{ viewer { kind } ...A } fragment A on Query { ...A }' })],
    ['an unknown field', '{"query": "{ viewer { age } }"}'],
    ['two operations without a name', '{"query": "query A { viewer { kind } } query B { viewer { kind } }"}'],
  ])('with %s is refused with 400 and INVALID_INPUT', async (_, body) => {
    expect(await code(await post(body))).toEqual([400, 'INVALID_INPUT']);
  });

  it('speaks the language of the caller even where nothing could be read', async () => {
    const answer = await post('{"query":', { 'accept-language': 'en' });
    expect(JSON.stringify(await answer.json())).toContain('Some input is incomplete');
  });

  it.each(['Bearer nonsense', 'Bearer a.b.c', 'Basic YTpi', 'Bearer'])(
    'with the credentials %j is refused with 401',
    async (authorization) => {
      const answer = await post('{"query": "{ viewer { kind } }"}', { authorization });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await code(answer)).toEqual([401, 'UNAUTHENTICATED']);
    },
  );

  it('is refused when a page of another site could have sent it', async () => {
    const simple = await fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{ viewer { kind } }"}',
    });
    expect(simple.status).toBe(400);
    const link = await house.get('/graphql?query={viewer{kind}}');
    expect(link.status).toBe(400);
  });

  it('gives no stack, no machine path and no suggestion of hidden things to anyone', async () => {
    for (const body of ['{"query":', '{"query": "{ me { nam } }"}', '{"query": "{ stops(first: 0) { name } }"}']) {
      expect(await (await post(body)).text()).not.toMatch(/node_modules|\.ts:|\.js:|stack/i);
    }
  });

  it('disturbs nobody else', async () => {
    const [bad, good] = await Promise.all([
      post('{"query":'),
      house.graphql({ query: '{ me { name pools { cards { number } } } }' }, { persona: 'kim' }),
    ]);
    expect(bad.status).toBe(400);
    expect([good.status, good.errors]).toEqual([200, []]);
  });

  it('on an unknown path is a problem', async () => {
    const answer = await house.get('/nowhere', { 'accept-language': 'en' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND', title: 'What you are looking for was not found.' });
  });
});
