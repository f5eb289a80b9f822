import { createHash, generateKeyPairSync } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getIntrospectionQuery } from 'graphql';
import { TrustedDocuments } from '#lib/graph';
import { openHouse, type House } from '../harness.js';

/** A house without a sandbox, as it runs for customers. */
const PRODUCTION = {
  SANDBOX_URL: '',
  RECEIPT_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
};
/** Makes the graph take a link. */
const BY_LINK = { 'apollo-require-preflight': '1' };
const reasonsOf = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }): string =>
  JSON.stringify(answer.errors);

describe('threat 11: without a sandbox', () => {
  describe('and with any document let in', () => {
    let house: House;

    beforeAll(async () => {
      house = await openHouse({ environment: { ...PRODUCTION, TRUSTED_DOCUMENTS: 'off' } });
    }, 60_000);
    afterAll(() => house.close());

    it.each([
      getIntrospectionQuery(),
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Customer") { name } }',
      '{ viewer { kind } ... on Query { a: __schema { types { name } } } }',
      '{ ...A } fragment A on Query { __type(name: "Customer") { fields { name } } }',
    ])('the schema is not told', async (query) => {
      const answer = await house.graphql({ query });
      expect([answer.status, answer.data, answer.errors[0]?.extensions['code']]).toEqual([
        400,
        undefined,
        'INVALID_INPUT',
      ]);
      expect(reasonsOf(answer)).not.toContain('EnergyContract');
    });

    it.each<[string, string, object]>([
      ['a field', '{ viewer { kinds } }', {}],
      ['an argument', '{ stops(texts: "a") { name } }', {}],
      ['a type', '{ viewer { ... on Viewers { kind } } }', {}],
      ['a value', '{ listings(sort: RENT_AS) { totalCount } }', {}],
      ['a field of an input', '{ listings(filter: {district: "a"}) { totalCount } }', {}],
      ['a selection', '{ viewer }', {}],
      ['a value in a variable', 'query ($s: ListingSort) { listings(sort: $s) { totalCount } }', { s: 'RENT_AS' }],
      [
        'a field in a variable',
        'query ($f: ListingFilter) { listings(filter: $f) { totalCount } }',
        { f: { district: 'a' } },
      ],
    ])('nothing is suggested for %s that is nearly right', async (_what, query, variables) => {
      const answer = await house.graphql({ query, variables });
      expect([answer.status, answer.errors[0]?.extensions['code']]).toEqual([400, 'INVALID_INPUT']);
      expect(reasonsOf(answer)).not.toMatch(/did you mean|RENT_ASC|districts|"kind"|"text"/i);
    });

    it('there is no GraphiQL', async () => {
      const page = await house.get('/graphql', { accept: 'text/html' });
      expect([page.status, await page.text()]).toEqual([400, expect.not.stringContaining('<html')]);
    });
  });

  describe('and with registered documents only', () => {
    const KNOWN = 'query Who { viewer { kind } }';
    const OTHER = '{ viewer { language } }';
    const id = createHash('sha256').update(KNOWN).digest('hex');
    let house: House;

    beforeAll(async () => {
      let documents: TrustedDocuments;
      const arrange = (gateway: NestFastifyApplication): void => {
        documents = gateway.get(TrustedDocuments, { strict: false });
      };
      house = await openHouse({ environment: PRODUCTION, arrange });
      await documents!.add([{ id, body: KNOWN }], { client: 'portal', version: '1' });
    }, 60_000);
    afterAll(() => house.close());

    /** Sends a path exactly as it is written, which browsers and fetch do not. */
    const post = (path: string, query: string): Promise<{ status: number; body: string }> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(house.url);
        const headers = { 'content-type': 'application/json' };
        request({ hostname, port, path, method: 'POST', headers }, (answer) => {
          let body = '';
          answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
          answer.on('end', () => resolve({ status: answer.statusCode!, body }));
        })
          .on('error', reject)
          .end(JSON.stringify({ query }));
      });

    it('is what a house without settings does', async () => {
      expect((await post('/graphql', KNOWN)).body).toContain('"kind"');
      expect((await post('/graphql', OTHER)).status).toBe(400);
    });

    it.each([
      '/%67raphql',
      '/graph%71l',
      '/graphql/',
      '/graphql#x',
      '/graphql?x',
      '/graphql?documentId=x',
      '//graphql',
      '/GraphQL',
      '/./graphql',
      'http://gateway.example/graphql',
    ])('no spelling of the address lets another document in: %s', async (path) => {
      const { status, body } = await post(path, OTHER);
      expect([status >= 400, body]).toEqual([true, expect.not.stringContaining('"language"')]);
    });

    it('threat 12: a link with the id of a known document and the text of another is refused', async () => {
      const text = encodeURIComponent(OTHER);
      const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: id } }));
      for (const link of [
        `query=${text}`,
        `documentId=${id}&query=${text}`,
        `query=${text}&documentId=${id}`,
        `extensions=${extensions}&query=${text}`,
        `query=${encodeURIComponent(KNOWN)}&query=${text}`,
        `%71uery=${text}`,
      ]) {
        const answer = await house.get(`/graphql?${link}`, BY_LINK);
        expect([link, answer.status]).toEqual([link, 400]);
        expect(await answer.text()).not.toContain('"data"');
      }
      const known = await house.get(`/graphql?query=${encodeURIComponent(KNOWN)}`, BY_LINK);
      expect(known.status).toBe(200);
    });
  });
});
