import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TrustedDocuments } from '#lib/graph';
import { openHouse, type House } from '../harness.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const KNOWN = 'query Who { viewer { kind } }';
const UNKNOWN = 'query Else { viewer { language } }';
const CLIENT = { client: 'portal', version: '1.0.0' };

describe('where only registered documents are taken', () => {
  let house: House;
  let documents: TrustedDocuments;

  beforeAll(async () => {
    const arrange = (gateway: NestFastifyApplication): void => {
      documents = gateway.get(TrustedDocuments, { strict: false });
    };
    house = await openHouse({ environment: { TRUSTED_DOCUMENTS: 'require' }, arrange });
    await documents.add([{ id: sha256(KNOWN), body: KNOWN }], CLIENT);
  }, 30_000);
  afterAll(() => house.close());

  const ask = async (body: object, headers: Record<string, string> = {}): Promise<unknown[]> => {
    const { status, data, errors } = await house.graphql(body, { headers });
    return [status, errors[0]?.extensions['code'] ?? data];
  };
  const answer = [200, { viewer: { kind: 'ANONYMOUS' } }];

  it("a registered document is answered by its id, by Apollo's hash and by its text", async () => {
    expect(await ask({ documentId: `sha256:${sha256(KNOWN)}` })).toEqual(answer);
    expect(await ask({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(KNOWN) } } })).toEqual(answer);
    expect(await ask({ query: KNOWN })).toEqual(answer);
  });

  it('another text is refused, the question about the schema included', async () => {
    expect(await ask({ query: UNKNOWN })).toEqual([400, 'FORBIDDEN']);
    expect(await ask({ query: '{ __schema { types { name } } }' })).toEqual([400, 'FORBIDDEN']);
    expect(await ask({ query: `${KNOWN} ` })).toEqual([400, 'FORBIDDEN']);
  });

  it('a text sent with the hash of another one is not executed, and no request registers anything', async () => {
    const poison = { query: UNKNOWN, extensions: { persistedQuery: { version: 1, sha256Hash: sha256(KNOWN) } } };
    expect(await ask(poison)).toEqual(answer);
    const own = { query: UNKNOWN, extensions: { persistedQuery: { version: 1, sha256Hash: sha256(UNKNOWN) } } };
    expect(await ask(own)).toEqual([400, 'INVALID_INPUT']);
    expect(await ask({ documentId: sha256(UNKNOWN) })).toEqual([400, 'INVALID_INPUT']);
  });

  it.each([[7], [{}], ['x'.repeat(200)]])('an id like %j is refused', async (documentId) => {
    expect(await ask({ documentId })).toEqual([400, 'INVALID_INPUT']);
  });

  it('uses are counted for each client and build', async () => {
    const before = async (): Promise<number> => {
      await documents.flush();
      const uses = await documents.listUses();
      return uses.find(({ client, version }) => client === 'app' && version === '2.1')?.uses ?? 0;
    };
    const known = await before();
    const headers = { 'graphql-client-name': 'app', 'graphql-client-version': '2.1' };
    for (let times = 0; times < 3; times += 1) await ask({ documentId: sha256(KNOWN) }, headers);
    expect((await before()) - known).toBe(3);
  });
});
