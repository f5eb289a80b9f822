import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { startSandbox, type Sandbox } from '../start-sandbox.js';

const AUDIENCE = 'https://saaltor.example/graph';
const REDIRECT = 'http://127.0.0.1:4000/auth/callback';
const VERIFIER = 'a-verifier-that-is-long-enough-for-the-rule-of-43';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0 });
});
afterAll(async () => await sandbox.close());

async function token(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.issuer}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(parameters),
  });
  return { status: response.status, json: (await response.json()) as Record<string, string> };
}

async function askAsPersona(username: string, password: string) {
  const grant = 'urn:saaltor:sandbox:persona';
  return await token({ grant_type: grant, client_id: 'saaltor-cli', username, password });
}

async function verify(jwt: string) {
  return await jwtVerify(jwt, createRemoteJWKSet(new URL(`${sandbox.issuer}/jwks`)), {
    issuer: sandbox.issuer,
    audience: AUDIENCE,
    typ: 'at+jwt',
  });
}

describe('the persona grant', () => {
  it('gives an access token that verifies against the published keys', async () => {
    const { status, json } = await askAsPersona('lena', 'saaltor-lena');
    expect(status).toBe(200);
    const { payload, protectedHeader } = await verify(json['access_token']!);
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(payload).toMatchObject({ sub: 'lena', client_id: 'saaltor-cli' });
    expect(payload.exp! - payload.iat!).toBe(3600);
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
    const parameters = { grant_type: 'urn:saaltor:sandbox:persona', username: 'lena', password: 'saaltor-lena' };
    expect((await token(parameters, portalAuthorization())).status).toBe(400);
  });
});

describe('the tokens of the control endpoint', () => {
  it('are of the same kind', async () => {
    const response = await fetch(`${sandbox.controlUrl}/tokens`, { method: 'POST', body: '{"persona":"aylin"}' });
    const { access_token: jwt } = (await response.json()) as { access_token: string };
    expect((await verify(jwt)).payload.sub).toBe('aylin');
  });
});

describe('discovery', () => {
  it('names the issuer and publishes an RSA and an elliptic key', async () => {
    const discovery = (await (await fetch(`${sandbox.issuer}/.well-known/openid-configuration`)).json()) as object;
    expect(discovery).toMatchObject({ issuer: sandbox.issuer, jwks_uri: `${sandbox.issuer}/jwks` });
    const { keys } = (await (await fetch(`${sandbox.issuer}/jwks`)).json()) as { keys: { kty: string; d?: string }[] };
    expect(keys.map(({ kty }) => kty)).toEqual(['RSA', 'EC']);
    expect(keys.every(({ d }) => d === undefined)).toBe(true);
  });
});

describe('signing in with a browser', () => {
  it('leads through the page to a code and tokens', async () => {
    const browser = new Browser();
    const page = await browser.get(authorizationUrl());
    expect(await page.text()).toContain('<label for="password">');
    const callback = await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    expect(callback.searchParams.get('state')).toBe('some-state');
    const { status, json } = await redeem(callback.searchParams.get('code')!);
    expect(status).toBe(200);
    expect((await verify(json['access_token']!)).payload).toMatchObject({ sub: 'aylin', client_id: 'saaltor-portal' });
    expect(decodeProtectedHeader(json['id_token']!).alg).toBe('RS256');
    const again = await token(
      { grant_type: 'refresh_token', refresh_token: json['refresh_token']! },
      portalAuthorization(),
    );
    expect((await verify(again.json['access_token']!)).payload.sub).toBe('aylin');
  });

  it('says in the page that name or password is wrong and escapes what was typed', async () => {
    const browser = new Browser();
    await browser.get(authorizationUrl());
    const page = await browser.post({ login: '"><script>', password: 'x' });
    expect(page.status).toBe(401);
    const html = await page.text();
    expect(html).toContain('role="alert"');
    expect(html).not.toContain('<script>');
  });

  it('refuses to start without PKCE or for a foreign redirect', async () => {
    const url = authorizationUrl();
    url.searchParams.delete('code_challenge');
    const refused = await fetch(url, { redirect: 'manual' });
    expect(new URL(refused.headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
    const foreign = authorizationUrl();
    foreign.searchParams.set('redirect_uri', 'https://elsewhere.example/');
    expect((await fetch(foreign, { redirect: 'manual' })).status).toBe(400);
  });

  it('has a page for a sign-in that it does not know', async () => {
    const response = await fetch(`${sandbox.issuer}/interaction/unknown`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('abgelaufen');
  });
});

function authorizationUrl(): URL {
  const url = new URL(`${sandbox.issuer}/auth`);
  url.search = new URLSearchParams({
    client_id: 'saaltor-portal',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: REDIRECT,
    state: 'some-state',
    nonce: 'some-nonce',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return url;
}

async function redeem(code: string) {
  const parameters = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER };
  return await token(parameters, portalAuthorization());
}

function portalAuthorization() {
  const credentials = Buffer.from('saaltor-portal:saaltor-portal-sandbox-secret').toString('base64');
  return { Authorization: `Basic ${credentials}` };
}

/** As much of a browser as a sign-in needs: cookies and redirects. */
class Browser {
  private readonly cookies = new Map<string, string>();
  private page = '';

  async get(url: URL): Promise<Response> {
    return await this.follow(url, await this.send(url, 'GET'));
  }

  async post(form: Record<string, string>): Promise<Response> {
    return await this.send(new URL(this.page), 'POST', new URLSearchParams(form));
  }

  /** Sends the form of the page and follows to where the application would take over. */
  async submit(form: Record<string, string>): Promise<URL> {
    let location = (await this.post(form)).headers.get('location');
    while (location?.startsWith(sandbox.issuer)) {
      location = (await this.send(new URL(location), 'GET')).headers.get('location');
    }
    return new URL(location!);
  }

  private async follow(url: URL, response: Response): Promise<Response> {
    this.page = url.href;
    const location = response.headers.get('location');
    if (location === null) return response;
    const next = new URL(location, url);
    return await this.follow(next, await this.send(next, 'GET'));
  }

  private async send(url: URL, method: string, body?: URLSearchParams): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { method, redirect: 'manual', headers: { cookie }, ...(body && { body }) });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) this.cookies.set(name, value);
    }
    return response;
  }
}
