import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { loadSettings } from '#lib/config';
import { systemClock } from '#lib/kernel';
import { createGateway } from '../../apps/gateway/src/create-gateway.js';
import { SETTINGS } from '../../apps/gateway/src/gateway.module.js';
import { Browser } from './browser.js';
import { contractsFile, type ContractsFile } from './contracts-file.js';
import { APP, OAUTH, ORIGIN, PartnerHouse } from './partner-house.js';

const TICKETS = '/partner/v1/transit/tickets';
const CHECKS = '/partner/v1/entitlements/checks';
const SECRET = 'a-secret-of-a-partner-that-is-long-enough';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

const till = (clientId: string, more: object) => ({
  clientId,
  name: `Kasse ${clientId}`,
  subsidiary: 'POOLS',
  scopes: ['entitlements:check'],
  quotas: { perMinute: 100, perDay: 1_000 },
  ...more,
});
const CONTRACTS = [
  till('till', { secretEnv: 'TILL_SECRET' }),
  till('small-till', { secretEnv: 'TILL_SECRET', quotas: { perMinute: 3, perDay: 1_000 } }),
  till('keyed-till', { jwks: { keys: [publicKey.export({ format: 'jwk' })] } }),
  {
    clientId: APP.id,
    name: 'Stadtbus-App',
    subsidiary: null,
    scopes: [APP.scope],
    redirectUris: [APP.redirectUri],
    quotas: { perMinute: 100, perDay: 1_000 },
    secretEnv: 'TILL_SECRET',
  },
];

describe('partners with contracts of their own', () => {
  let partners: PartnerHouse;
  let contracts: ContractsFile;
  let environment: Record<string, string>;

  beforeAll(async () => {
    contracts = contractsFile(CONTRACTS);
    environment = { ...contracts.environment, TILL_SECRET: SECRET };
    partners = await PartnerHouse.open({ clock: systemClock, environment });
  }, 60_000);
  afterAll(async () => {
    await partners.close();
    contracts.remove();
  });

  const tokenOf = (id: string): Promise<string> => partners.ownToken({ id, secret: SECRET }, 'entitlements:check');
  const delegateToken = async (persona: string): Promise<string> => {
    const request = partners.request();
    const code = await new Browser(partners, persona).allow(request.path);
    const form = { grant_type: 'authorization_code', code, redirect_uri: APP.redirectUri };
    const client = { id: APP.id, secret: SECRET };
    const { body } = await partners.token({ ...form, code_verifier: request.verifier }, client);
    return String(body['access_token']);
  };
  const check = (token: string, body: object): Promise<Response> =>
    partners.send(CHECKS, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answerFor = async (token: string, number: string): Promise<unknown> => {
    const answer = await check(token, { entitlement: 'energy-customer', number });
    return [answer.status, await answer.json()];
  };
  const numberOf = async (persona: string): Promise<string> => {
    // A customer begins to exist with the first sign-in.
    await partners.house.graphql({ query: '{ me { id } }' }, { persona });
    const household = await fetch(`${partners.house.sandbox.controlUrl}/households/${persona}`);
    const { links } = (await household.json()) as { links: Record<string, string> };
    return links['POOLS']!;
  };

  it('are not taken for anybody at the wrong door', async () => {
    const own = await tokenOf('till');
    const graph = await partners.house.graphql(
      { query: '{ viewer { kind } }' },
      {
        headers: { authorization: `Bearer ${own}` },
      },
    );
    expect([graph.status, graph.errors[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
    const customer = await partners.house.token('aylin');
    const credentials: Record<string, string>[] = [
      { authorization: `Bearer ${customer}` },
      { authorization: `Bearer ${'x'.repeat(43)}` },
      { authorization: `Basic ${own}` },
      { cookie: '__Host-saaltor=some-session' },
    ];
    for (const headers of credentials) {
      const answer = await partners.send(TICKETS, { headers });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer/)]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('read a customer’s tickets as the graph shows them', async () => {
    const token = await delegateToken('aylin');
    const { items } = (await (await partners.get(TICKETS, token)).json()) as { items: object[] };
    const query = '{ me { transit { tickets { id product validFrom validUntil } } } }';
    const { data } = await partners.house.graphql({ query }, { persona: 'aylin' });
    expect(items).toEqual((data!['me'] as { transit: { tickets: object[] } }).transit.tickets);
    expect(items.length).toBeGreaterThan(0);
  });

  it('learn yes or no about their company’s customers, with consent, and of all others nothing', async () => {
    const token = await tokenOf('till');
    const [aylin, kim] = [await numberOf('aylin'), await numberOf('kim')];
    const unknown = [200, { entitlement: 'energy-customer', answer: 'unknown' }];
    const before = await Promise.all([aylin, kim, '999999', 'no number'].map((number) => answerFor(token, number)));
    expect(before).toEqual([unknown, unknown, unknown, unknown]);
    const texts = await partners.house.graphql(
      { query: '{ me { consents { purpose textVersion } } }' },
      { persona: 'aylin' },
    );
    const { consents } = texts.data!['me'] as { consents: { purpose: string; textVersion: string }[] };
    const { textVersion } = consents.find(({ purpose }) => purpose === 'ENTITLEMENT_CHECK')!;
    const give = `mutation { giveConsent(purpose: ENTITLEMENT_CHECK, subsidiaries: [ENERGY, POOLS],
      textVersion: "${textVersion}") { __typename } }`;
    await partners.house.graphql({ query: give }, { persona: 'aylin' });
    expect(await answerFor(token, aylin)).toEqual([200, { entitlement: 'energy-customer', answer: 'yes' }]);
    const record = '{ me { accessRecord { nodes { actor operation reason } } } }';
    const { data } = await partners.house.graphql({ query: record }, { persona: 'aylin' });
    expect((data!['me'] as { accessRecord: { nodes: object[] } }).accessRecord.nodes[0]).toEqual({
      actor: 'SUBSIDIARY',
      operation: 'entitlement.energy-customer',
      reason: 'asked by till',
    });
  }, 20_000);

  it.each([
    [{ entitlement: 'energy-customer' }, 'number'],
    [{ entitlement: 'gold', number: '1' }, 'entitlement'],
    [{ entitlement: 'energy-customer', number: '1', why: 'x' }, 'why'],
    [{ entitlement: 'energy-customer', number: 'x'.repeat(61) }, 'number'],
  ])('hear what is wrong with %p', async (body, path) => {
    const answer = await check(await tokenOf('till'), body);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'INVALID_INPUT', path }]);
  });

  it('are told how much of their quota is left, and when there is more', async () => {
    const token = await tokenOf('small-till');
    const answers = [];
    for (let count = 0; count < 5; count += 1) answers.push(await partners.get('/partner/v1/housing/listings', token));
    const statuses = answers.map(({ status }) => status);
    // The minute may turn between two of them.
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(answers[0]!.headers.get('ratelimit')).toMatch(/^"minute";r=2;t=\d+, "day";r=\d+;t=\d+$/);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.headers.get('ratelimit-policy')).toBe('"minute";q=3;w=60, "day";q=1000;w=86400');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    const forbidden = await partners.get(TICKETS, await tokenOf('till'));
    expect([forbidden.status, forbidden.headers.get('ratelimit')]).toEqual([403, expect.stringContaining('"minute"')]);
  });

  it('may show who they are by a key, each proof once', async () => {
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('keyed-till')
      .setSubject('keyed-till')
      .setAudience(ORIGIN + OAUTH)
      .setJti(`proof-${process.pid}`)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'entitlements:check',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    const ask = () => partners.send(`${OAUTH}/token`, { method: 'POST', body });
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(401);
  });

  it('keep the gateway from starting with every mistake of their contracts, and no secret', async () => {
    const wrong = contractsFile([{ ...CONTRACTS[0], scopes: ['energy:all'], secret: SECRET }, { clientId: 'x' }]);
    const all = { ...partners.house.sandbox.environment, ...environment, ...wrong.environment };
    const settings = loadSettings(SETTINGS, { ...all, DATABASE_URL: partners.house.database.url, PARTNER_KEY: '' });
    const failure = await createGateway(settings).catch((error: unknown) => error as Error);
    wrong.remove();
    expect(failure).toMatchObject({ name: 'SettingsError' });
    const { message } = failure as Error;
    expect(message).toContain('PARTNER_CONTRACTS: ');
    expect(message).toContain('[0].scopes[0]: is no scope of this house');
    expect(message).toContain('[1].quotas');
    expect(message).not.toContain(SECRET);
  });
});
