import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { accessClaims, askForToken } from './testing/channel.js';
import { askControl } from './testing/control.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0 });
});
afterAll(async () => await sandbox.close());

async function askAsPersona(username: string, password: string) {
  const grant = 'urn:saaltor:sandbox:persona';
  return await askForToken(sandbox.issuer, { grant_type: grant, client_id: 'saaltor-cli', username, password });
}

async function controlToken(order: object) {
  const { json } = await askControl(sandbox, 'POST', '/tokens', order);
  return json as { access_token: string; expires_in: number };
}

const now = () => Math.floor(Date.now() / 1_000);

describe('the persona grant', () => {
  it('gives an access token that verifies against the published keys', async () => {
    const { status, json } = await askAsPersona('lena', 'saaltor-lena');
    expect(status).toBe(200);
    const payload = await accessClaims(sandbox.issuer, json['access_token']);
    expect(decodeProtectedHeader(json['access_token']!)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(payload).toMatchObject({ sub: 'lena', client_id: 'saaltor-cli' });
    expect(payload.exp! - payload.iat!).toBe(3600);
  });

  it('says of agents where they work, and nothing of the kind of customers', async () => {
    const { json } = await askAsPersona('agent-energy-service', 'saaltor-agent-energy-service');
    expect(await accessClaims(sandbox.issuer, json['access_token'])).toMatchObject({
      sub: 'agent-energy-service',
      saaltor_agent: { subsidiary: 'ENERGY', role: 'service' },
    });
    const customer = await askAsPersona('lena', 'saaltor-lena');
    expect(await accessClaims(sandbox.issuer, customer.json['access_token'])).not.toHaveProperty('saaltor_agent');
  });

  it.each([
    ['a wrong password', 'lena', 'saaltor-aylin'],
    ['nobody', 'nobody', 'saaltor-nobody'],
    ['someone without sign-in', 'erika', 'null'],
  ])('refuses %s with invalid_grant', async (_who, username, password) => {
    const { status, json } = await askAsPersona(username, password);
    expect([status, json['error']]).toEqual([400, 'invalid_grant']);
  });

  it('is not open to the portal client', async () => {
    const credentials = Buffer.from('saaltor-portal:saaltor-portal-sandbox-secret').toString('base64');
    const grant = 'urn:saaltor:sandbox:persona';
    const parameters = { grant_type: grant, username: 'lena', password: 'saaltor-lena' };
    const { status, json } = await askForToken(sandbox.issuer, parameters, { authorization: `Basic ${credentials}` });
    expect([status, json['error']]).toEqual([400, 'invalid_request']);
  });
});

describe('the tokens of the control endpoint', () => {
  it('are of the same kind, for customers and for agents', async () => {
    const { access_token: token } = await controlToken({ persona: 'aylin' });
    const claims = await accessClaims(sandbox.issuer, token);
    expect(claims.sub).toBe('aylin');
    expect(claims['auth_time']).toBeGreaterThan(now() - 60);
    expect(claims).not.toHaveProperty('acr');
    const agent = await controlToken({ persona: 'agent-pools-sales' });
    expect(await accessClaims(sandbox.issuer, agent.access_token)).toMatchObject({
      sub: 'agent-pools-sales',
      saaltor_agent: { subsidiary: 'POOLS', role: 'sales' },
    });
  });

  it('tell a second factor, its time and another lifetime when asked to', async () => {
    const order = { persona: 'aylin', secondFactor: true, signedInSecondsAgo: 301, lifetime: 5 };
    const { access_token: token, expires_in: lifetime } = await controlToken(order);
    const claims = await accessClaims(sandbox.issuer, token);
    expect(claims['acr']).toBe('urn:saaltor:mfa');
    expect(claims.iat! - Number(claims['auth_time'])).toBeGreaterThanOrEqual(301);
    expect([lifetime, claims.exp! - claims.iat!]).toEqual([5, 5]);
  });

  it.each([
    { persona: 'agent-energy' },
    { persona: 'aylin', wrong: 'everything' },
    { persona: 'aylin', lifetime: 0 },
    { persona: 'aylin', signedInSecondsAgo: -1 },
    { persona: 'aylin', secondFactor: 'yes' },
    { persona: 'aylin', acr: 'urn:saaltor:mfa' },
  ])('are refused in a sentence for %j', async (order) => {
    const { status, json } = await askControl(sandbox, 'POST', '/tokens', order);
    expect([status, json]).toEqual([400, { error: expect.stringMatching(/^\w.*\.$/) }]);
  });
});

describe('discovery', () => {
  it('names the issuer and what is promised to clients', async () => {
    const discovery = (await (await fetch(`${sandbox.issuer}/.well-known/openid-configuration`)).json()) as object;
    expect(discovery).toMatchObject({
      issuer: sandbox.issuer,
      jwks_uri: `${sandbox.issuer}/jwks`,
      end_session_endpoint: `${sandbox.issuer}/session/end`,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      authorization_response_iss_parameter_supported: true,
      acr_values_supported: ['urn:saaltor:mfa'],
    });
  });

  it('publishes an RSA and an elliptic key without their private parts', async () => {
    const { keys } = (await (await fetch(`${sandbox.issuer}/jwks`)).json()) as { keys: { kty: string; d?: string }[] };
    expect(keys.map(({ kty }) => kty)).toEqual(['RSA', 'EC']);
    expect(keys.every(({ d }) => d === undefined)).toBe(true);
  });
});

describe('the front page', () => {
  it('says in German what this is', async () => {
    const page = await (await fetch(`${sandbox.issuer}/`)).text();
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('<h1>Anmeldedienst</h1>');
  });
});
