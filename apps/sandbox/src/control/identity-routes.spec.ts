import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { Browser } from '../identity/testing/browser.js';
import { accessClaims, Channel } from '../identity/testing/channel.js';
import { askControl } from '../identity/testing/control.js';
import { startSandbox, type Sandbox } from '../start-sandbox.js';

let sandbox: Sandbox;
let portal: Channel;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0, gatewayPort: 4567 });
  portal = new Channel(sandbox.issuer, 'saaltor-portal', 'http://localhost:4567');
});
afterAll(async () => await sandbox.close());
beforeEach(async () => void (await ask('POST', '/reset')));

async function ask(method: string, path: string, body?: object) {
  return await askControl(sandbox, method, path, body);
}

async function token(persona = 'aylin'): Promise<string> {
  return (await ask('POST', '/tokens', { persona })).json['access_token'] as string;
}

async function publishedKids(): Promise<unknown[]> {
  const { keys } = (await (await fetch(`${sandbox.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}

describe('rotating the keys', () => {
  it('signs with a new one and keeps the old one published', async () => {
    const old = await token();
    const { json } = await ask('POST', '/identity/rotate-keys');
    expect(json['published']).toEqual(await publishedKids());
    const fresh = await token();
    expect(decodeProtectedHeader(fresh).kid).not.toBe(decodeProtectedHeader(old).kid);
    expect((await accessClaims(sandbox.issuer, fresh)).sub).toBe('aylin');
    expect((await accessClaims(sandbox.issuer, old)).sub).toBe('aylin');
  });

  it('takes the old one back when told to', async () => {
    const old = await token();
    await ask('POST', '/identity/rotate-keys', { keepOld: false });
    expect(await publishedKids()).toHaveLength(2);
    await expect(accessClaims(sandbox.issuer, old)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('disturbs neither a sign-in under way nor one that is done', async () => {
    const browser = new Browser(sandbox.issuer);
    await browser.open(portal.authorizationUrl());
    await ask('POST', '/identity/rotate-keys');
    const callback = await browser.submit({ login: 'lena', password: 'saaltor-lena' });
    const answer = await portal.redeem(callback!);
    await ask('POST', '/identity/rotate-keys', { keepOld: false });
    const refreshed = await portal.refresh(answer.json['refresh_token']);
    expect(await portal.idClaims(refreshed)).toMatchObject({ sub: 'lena' });
    expect(await browser.open(portal.authorizationUrl())).toBeInstanceOf(URL);
  });
});

describe('an outage', () => {
  it('answers 503 until it is ended, while the control endpoint goes on', async () => {
    expect((await ask('POST', '/identity/outage', { kind: '503' })).json).toEqual({ outage: '503' });
    expect((await fetch(`${sandbox.issuer}/jwks`)).status).toBe(503);
    expect(await token()).toMatch(/^ey/);
    expect((await ask('POST', '/identity/outage', { kind: 'off' })).json).toEqual({ outage: null });
    expect((await fetch(`${sandbox.issuer}/jwks`)).status).toBe(200);
  });

  it('closes connections, or never answers', async () => {
    await ask('POST', '/identity/outage', { kind: 'refuse' });
    await expect(fetch(`${sandbox.issuer}/jwks`)).rejects.toThrow('fetch failed');
    await ask('POST', '/identity/outage', { kind: 'hang' });
    const signal = AbortSignal.timeout(200);
    await expect(fetch(`${sandbox.issuer}/jwks`, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is counted, and over after a reset', async () => {
    await ask('POST', '/identity/outage', { seconds: 3600 });
    await fetch(`${sandbox.issuer}/jwks`);
    expect((await ask('GET', '/identity/requests')).json).toEqual({ '/jwks': 1 });
    await ask('POST', '/reset');
    expect((await fetch(`${sandbox.issuer}/jwks`)).status).toBe(200);
  });
});

describe('the counts of requests', () => {
  it('count each path of a sign-in by its kind and start anew on demand', async () => {
    await portal.signIn('aylin');
    await fetch(`${sandbox.issuer}/nowhere/at-all`);
    expect((await ask('GET', '/identity/requests')).json).toEqual({
      '/auth': 1,
      '/auth/*': 1,
      '/interaction/*': 2,
      '/token': 1,
      other: 1,
    });
    expect((await ask('DELETE', '/identity/requests')).json).toEqual({});
  });
});

describe('lifetimes', () => {
  it('are as short as wanted for the tokens to come, until a reset', async () => {
    const { json } = await ask('PUT', '/identity/lifetimes', { accessToken: 7 });
    expect(json).toEqual({ accessToken: 7, refreshToken: 86_400, session: 86_400 });
    const answer = await portal.signIn('aylin');
    expect(answer.json['expires_in']).toBe(7);
    const { exp, iat } = await portal.idClaims(answer);
    expect(exp! - iat!).toBe(7);
    await ask('POST', '/reset');
    expect((await ask('GET', '/identity/lifetimes')).json).toMatchObject({ accessToken: 3_600 });
  });

  it('of refresh tokens end them', async () => {
    await ask('PUT', '/identity/lifetimes', { refreshToken: 1 });
    const { json } = await portal.signIn('aylin');
    const later = Date.now() + 5_000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
    const { json: refused } = await portal.refresh(json['refresh_token']).finally(() => clock.mockRestore());
    expect(refused['error']).toBe('invalid_grant');
  });
});

describe('the clients', () => {
  it('are at both names of the gateway port, each with a secret of its own', async () => {
    const { clients } = (await ask('GET', '/identity/clients')).json as { clients: Record<string, unknown>[] };
    expect(clients.map((client) => client['client_id'])).toEqual(['saaltor-portal', 'saaltor-counter']);
    expect(clients[1]).toMatchObject({
      client_secret: 'saaltor-counter-sandbox-secret',
      redirect_uris: ['http://127.0.0.1:4567/auth/callback', 'http://localhost:4567/auth/callback'],
      post_logout_redirect_uris: ['http://127.0.0.1:4567/', 'http://localhost:4567/'],
      backchannel_logout_uri: 'http://127.0.0.1:4567/auth/backchannel-logout',
      backchannel_logout_session_required: true,
    });
  });

  it('may be somewhere else from now on', async () => {
    const elsewhere = new Channel(sandbox.issuer, 'saaltor-portal', 'https://portal.example.test');
    expect((await fetch(elsewhere.authorizationUrl(), { redirect: 'manual' })).status).toBe(400);
    const order = { client: 'saaltor-portal', origin: elsewhere.origin, gatewayUrl: 'http://127.0.0.1:5678' };
    const { json } = await ask('PUT', '/identity/clients', order);
    expect(json['clients']).toMatchObject([
      { backchannel_logout_uri: 'http://127.0.0.1:5678/auth/backchannel-logout' },
      { backchannel_logout_uri: 'http://127.0.0.1:4567/auth/backchannel-logout' },
    ]);
    expect((await elsewhere.signIn('aylin')).status).toBe(200);
    const counter = new Channel(sandbox.issuer, 'saaltor-counter', elsewhere.origin);
    expect((await fetch(counter.authorizationUrl(), { redirect: 'manual' })).status).toBe(400);
  });
});

describe('an order that cannot be followed', () => {
  it.each([
    ['POST', '/identity/outage', { kind: 'sometimes' }],
    ['POST', '/identity/outage', { seconds: -1 }],
    ['POST', '/identity/outage', { kind: 'off', seconds: 5 }],
    ['POST', '/identity/rotate-keys', { keepOld: 'no' }],
    ['POST', '/identity/logout', { persona: 'nobody' }],
    ['PUT', '/identity/lifetimes', { accessToken: 1.5 }],
    ['PUT', '/identity/lifetimes', { idToken: 5 }],
    ['PUT', '/identity/clients', {}],
    ['PUT', '/identity/clients', { origin: 'https://portal.example.test/' }],
    ['PUT', '/identity/clients', { origin: 'javascript:alert(1)' }],
    ['PUT', '/identity/clients', { client: 'saaltor-cli', origin: 'https://portal.example.test' }],
  ])('is refused in a sentence: %s %s %j', async (method, path, body) => {
    const { status, json } = await ask(method, path, body);
    expect([status, json]).toEqual([400, { error: expect.stringMatching(/^[A-Za-z].*\.$/) }]);
  });
});
