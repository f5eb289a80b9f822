import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { readers } from '../../apps/reader/src/readers.js';
import { openHouse, type House } from '../harness.js';

const POLLUTION = '{"polluted": "yes", "kind": "polluted", "isAdmin": true}';

/** Documents of each kind of notation, with names of prototypes where names stand. */
const HOSTILE = [
  '<__proto__><polluted>yes</polluted></__proto__>',
  '<a><__proto__ polluted="yes"><constructor><prototype polluted="yes"/></constructor></__proto__></a>',
  '<a __proto__="polluted" constructor="polluted"><hasOwnProperty/></a>',
  '<__proto__:a xmlns:__proto__="x" __proto__:polluted="yes"/>',
  '{"__proto__": {"polluted": "yes"}, "constructor": {"prototype": {"polluted": "yes"}}}',
  '{"d": {"results": [{"__proto__": {"polluted": "yes"}, "__metadata": {"type": "constructor"}}]}}',
  '{"svcResL": [{"meth": "__proto__", "err": "OK", "res": {"__proto__": {"polluted": "yes"}}}]}',
  '__proto__;constructor;prototype\npolluted;polluted;polluted\n',
  'BEGIN:__PROTO__\n__proto__;polluted=yes:yes\nEND:__PROTO__\n',
];

describe('threat 35: names that belong to prototypes', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
  }, 60_000);
  afterAll(() => house.close());

  const post = async (path: string, body: string): Promise<{ status: number; text: string }> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await house.token('aylin')}` };
    const answer = await fetch(house.url + path, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  };
  /** What every object and the next answer would show if something had got in. */
  const expectClean = async (): Promise<void> => {
    const fresh: Record<string, unknown> = {};
    expect([fresh['polluted'], fresh['isAdmin'], Object.keys(Object.prototype)]).toEqual([undefined, undefined, []]);
    expect((await house.graphql({ query: '{ viewer { kind } }' })).data).toEqual({ viewer: { kind: 'ANONYMOUS' } });
  };

  it.each([
    `{"query": "{ viewer { kind } }", "__proto__": ${POLLUTION}}`,
    `{"query": "{ viewer { kind } }", "variables": {"__proto__": ${POLLUTION}}}`,
    `{"query": "{ viewer { kind } }", "variables": {"f": {"__proto__": ${POLLUTION}}}}`,
    `{"query": "{ viewer { kind } }", "extensions": {"persistedQuery": {"__proto__": ${POLLUTION}}}}`,
    `{"query": "{ viewer { kind } }", "variables": {"f": {"constructor": {"prototype": ${POLLUTION}}}}}`,
    `{"query": "{ viewer { kind } }", "\\u005f_proto__": ${POLLUTION}}`,
  ])('in a body are refused: %s', async (body) => {
    const { status, text } = await post('/graphql', body);
    expect([status, text]).toEqual([400, expect.stringContaining('INVALID_INPUT')]);
    expect((await post('/partner/v1/entitlements/checks', body)).status).toBeGreaterThanOrEqual(400);
    await expectClean();
  });

  it('in a link are names like any other', async () => {
    const links = [
      `/graphql?query={viewer{kind}}&variables={"__proto__":${POLLUTION}}`,
      `/graphql?query={viewer{kind}}&extensions={"__proto__":${POLLUTION}}`,
      '/graphql?query={viewer{kind}}&__proto__[polluted]=yes&constructor[prototype][polluted]=yes',
      '/partner/v1/housing/listings?__proto__[polluted]=yes',
      '/partner/v1/housing/listings?__proto__=polluted&constructor=polluted&toString=polluted',
      '/partner/v1/housing/listings?constructor.prototype.polluted=yes',
    ];
    for (const link of links) {
      const answer = await house.get(link, { 'apollo-require-preflight': '1' });
      const text = await answer.text();
      expect([200, 400]).toContain(answer.status);
      // A refusal may name what it refuses.
      if (answer.status === 200) expect(text).not.toContain('polluted');
      await expectClean();
    }
  });

  it('as names of operations, aliases, fragments and variables mean nothing', async () => {
    const query = `query __proto__($constructor: ListingSort, $__proto__: Int = 3) {
      __proto__: viewer { toString: kind ...hasOwnProperty }
      constructor: listings(sort: $constructor, first: $__proto__) { valueOf: totalCount }
    } fragment hasOwnProperty on Viewer { constructor: language }`;
    const variables = '{"constructor": "RENT_DESC"}';
    const { status, text } = await post(
      '/graphql',
      `{"query": ${JSON.stringify(query)}, "operationName": "__proto__", "variables": ${variables}}`,
    );
    expect([status, text]).toEqual([
      200,
      expect.stringContaining('"__proto__":{"toString":"CUSTOMER","constructor":"de"}'),
    ]);
    await expectClean();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'as values find nothing: %s',
    async (name) => {
      const query = `query ($name: String!, $id: ID!) {
        stop(id: $id) { name } process(id: $id) { id } listings(filter: {districts: [$name]}) { totalCount }
      }`;
      const answer = await house.graphql({ query, variables: { name, id: name } }, { persona: 'aylin' });
      const codes = answer.errors.map(({ extensions }) => extensions['code']);
      expect(codes.filter((code) => code !== 'NOT_FOUND')).toEqual([]);
      expect(answer.data).toMatchObject({ stop: null, listings: { totalCount: 0 } });
      const asLanguage = await house.get('/nowhere', { 'accept-language': name });
      expect([asLanguage.status, await asLanguage.text()]).toEqual([404, expect.stringContaining('Das Gesuchte')]);
      const asOperation = await house.graphql({ query: 'query A { viewer { kind } }', operationName: name });
      expect([asOperation.status, asOperation.errors[0]?.extensions['code']]).toEqual([400, 'INVALID_INPUT']);
    },
  );

  it.each(readers.map((reader) => [reader.format, reader] as const))(
    'in a file of the format %s reach no prototype',
    async (_format, reader) => {
      for (const text of HOSTILE) {
        try {
          reader.read(Buffer.from(text), 'sample');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }
      await expectClean();
    },
  );
});
