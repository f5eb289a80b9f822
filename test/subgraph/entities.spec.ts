import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { toGlobalId } from '#lib/kernel';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { subsidiaries } from '#subsidiaries';
import { createSubgraph, loadSubgraphSettings } from '../../apps/subgraph/src/create-subgraph.js';
import { startSandbox, type Sandbox } from '../../apps/sandbox/src/start-sandbox.js';

const AYLIN = { id: 'a'.repeat(32), subject: 'aylin', name: 'Aylin Kaya-Größel', client: '200010' };
const KIM = { id: 'b'.repeat(32), subject: 'kim', name: 'Kim', client: '200003' };

interface Answer {
  readonly data?: { readonly _entities?: unknown; readonly me?: unknown } | null;
  readonly errors?: readonly { path?: unknown; extensions: { code: string } }[];
}

/** The pools' subgraph alone, with two customers whom a gateway has let begin. */
describe('a router that enters at a customer', () => {
  let sandbox: Sandbox;
  let database: TestDatabase;
  let subgraph: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    [sandbox, database] = await Promise.all([startSandbox({ ports: 0 }), openTestDatabase()]);
    const pools = subsidiaries.find(({ key }) => key === 'POOLS')!;
    const settings = loadSubgraphSettings(pools, { ...sandbox.environment, DATABASE_URL: database.url });
    subgraph = await createSubgraph(pools, settings);
    await subgraph.listen(0, '127.0.0.1');
    url = await subgraph.getUrl();
    await begin(database.url);
  }, 60_000);
  afterAll(async () => {
    await subgraph.close();
    await Promise.all([sandbox.close(), database.close()]);
  });

  async function tokenOf(persona: string): Promise<string> {
    const answer = await fetch(`${sandbox.controlUrl}/tokens`, { method: 'POST', body: JSON.stringify({ persona }) });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  async function ask(body: object, persona?: string): Promise<Answer> {
    const authorization: Record<string, string> =
      persona === undefined ? {} : { authorization: `Bearer ${await tokenOf(persona)}` };
    const headers = { 'content-type': 'application/json', ...authorization };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Answer;
  }

  const enter = (persona: string | undefined, ...ids: string[]): Promise<Answer> =>
    ask(
      {
        query: `query ($who: [_Any!]!) {
          _entities(representations: $who) { ... on Customer { name pools { cards { balance { amount } } } } }
        }`,
        variables: { who: ids.map((id) => ({ __typename: 'Customer', id })) },
      },
      persona,
    );

  const ofAylin = {
    name: AYLIN.name,
    pools: { cards: [{ balance: { amount: '42.50' } }, { balance: { amount: '8.00' } }] },
  };

  it('meets the caller', async () => {
    expect(await enter('aylin', toGlobalId('Customer', AYLIN.id))).toMatchObject({ data: { _entities: [ofAylin] } });
  });

  it('meets nobody else, and what is the caller’s own stays', async () => {
    const { data, errors } = await enter('aylin', toGlobalId('Customer', KIM.id), toGlobalId('Customer', AYLIN.id));
    expect(data).toEqual({ _entities: [null, ofAylin] });
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'NOT_FOUND' } }]);
  });

  it.each(['kim', 'agent-pools-service'])('shows %s nothing of another customer', async (persona) => {
    const { data, errors } = await enter(persona, toGlobalId('Customer', AYLIN.id));
    expect(data).toEqual({ _entities: [null] });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('tells nobody without a token anything', async () => {
    const { data, errors } = await enter(undefined, toGlobalId('Customer', AYLIN.id));
    expect(data).toEqual({ _entities: [null] });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('gets the same by the shared root', async () => {
    const { data } = await ask({ query: '{ me { name pools { cards { balance { amount } } } } }' }, 'aylin');
    expect(data).toEqual({ me: ofAylin });
  });

  it.each(['/partner/v1/docs', '/auth/login', '/partner/v1/listings', '/files/x'])('finds no %s here', async (path) => {
    expect((await fetch(url + path, { redirect: 'manual' })).status).toBe(404);
  });
});

/** What the gateway writes at a customer's first sign-in. */
async function begin(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const { id, subject, name, client: account } of [AYLIN, KIM]) {
      await client.query('insert into customer (id, name, subject, created_at) values ($1, $2, $3, now())', [
        id,
        name,
        subject,
      ]);
      await client.query(
        `insert into customer_link (customer_id, subsidiary, account, proof, linked_at)
         values ($1, 'POOLS', $2, 'sandbox', now())`,
        [id, account],
      );
      // That the subsidiary takes part in the portal.
      await client.query(
        `insert into consent_event (customer_id, purpose, one, other, given, text_version, channel, at)
         values ($1, 'JOINT_PORTAL', 'POOLS', 'POOLS', true, null, 'sandbox', now())`,
        [id],
      );
    }
  } finally {
    await client.end();
  }
}
