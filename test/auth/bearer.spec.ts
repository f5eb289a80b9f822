import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { openHouse, type House } from '../harness.js';
import { AUDIENCE, FakeProvider } from './fake-provider.js';
import { MovingClock } from './moving-clock.js';

const NAME = 'Aylin Kaya-Größel';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('bearer tokens', () => {
  const clock = new MovingClock();
  let provider: FakeProvider;
  let house: House;
  let trap: Server;
  let trapped: number;

  beforeAll(async () => {
    provider = await FakeProvider.open(clock);
    trap = createServer((_request, response) => {
      trapped += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const environment = { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    house = await openHouse({ clock, environment });
  }, 60_000);
  afterAll(async () => {
    await house?.close();
    await provider?.close();
    await new Promise<void>((resolve) => trap.close(() => resolve()));
  });
  beforeEach(() => {
    trapped = 0;
    provider.mood = 'well';
  });

  /** The customer's name, or status and code of what refused. */
  const ask = async (token: string): Promise<unknown> => {
    const query = { query: '{ me { name } }' };
    const answer = await house.graphql(query, { headers: { authorization: `Bearer ${token}` } });
    const me = answer.data?.['me'] as { name: string } | null | undefined;
    return me?.name ?? [answer.status, answer.errors[0]?.extensions['code']];
  };
  const REFUSED = [401, 'UNAUTHENTICATED'];
  const seconds = (): number => Math.floor(clock.now() / 1_000);
  const claims = (): JWTPayload => ({
    iss: provider.issuer,
    aud: AUDIENCE,
    sub: 'aylin',
    exp: seconds() + 600,
  });

  it('of the issuer are answered', async () => {
    expect(await ask(await provider.accessToken())).toBe(NAME);
  });

  describe('threat 16', () => {
    it.each(['none', 'None', 'NONE', 'nOnE'])('alg %s is refused', async (alg) => {
      expect(await ask(`${encode({ alg, typ: 'at+jwt' })}.${encode(claims())}.`)).toEqual(REFUSED);
      expect(await ask(`${encode({ alg, typ: 'at+jwt' })}.${encode(claims())}.AAAA`)).toEqual(REFUSED);
    });

    it('HS256 with a published key as shared secret is refused', async () => {
      const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: JsonWebKey[] };
      const [jwk] = keys;
      const pem = createPublicKey({ key: jwk!, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
      const der = createPublicKey({ key: jwk!, format: 'jwk' }).export({ type: 'spki', format: 'der' });
      for (const secret of [pem, der, JSON.stringify(jwk)]) {
        const text = `${encode({ alg: 'HS256', kid: jwk!['kid'], typ: 'at+jwt' })}.${encode(claims())}`;
        const signature = createHmac('sha256', secret).update(text).digest('base64url');
        expect(await ask(`${text}.${signature}`)).toEqual(REFUSED);
      }
    });
  });

  describe('threat 17', () => {
    it('keys that the token brings or points to are neither used nor fetched', async () => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = { ...(await exportJWK(publicKey)), kid: 'mine', alg: 'ES256' };
      const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;
      const headers = [{ jku: url }, { x5u: url }, { jwk }, { jku: url, x5u: url, jwk, x5c: ['AAAA'] }];
      for (const header of headers) {
        const token = await new SignJWT(claims())
          .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'mine', ...header })
          .sign(privateKey);
        expect(await ask(token)).toEqual(REFUSED);
      }
      expect(trapped).toBe(0);
    });

    it.each([
      '../../../../dev/null',
      "' or 1=1 --",
      'http://127.0.0.1/',
      '__proto__',
      'constructor',
      '',
      'x'.repeat(2_000),
    ])('the key id %j finds no key', async (kid) => {
      expect(await ask(await provider.accessToken({}, { kid }))).toEqual(REFUSED);
    });

    it('unknown critical header members are refused', async () => {
      const token = `${encode({ alg: 'ES256', typ: 'at+jwt', crit: ['x'], x: 1 })}.${encode(claims())}.AAAA`;
      expect(await ask(token)).toEqual(REFUSED);
    });
  });

  describe('threat 18', () => {
    it.each<[string, (now: number) => JWTPayload, Record<string, string>]>([
      ['that has expired', (now) => ({ exp: now - 60 }), {}],
      ['that counts from tomorrow', (now) => ({ nbf: now + 86_400 }), {}],
      ['without an expiry', () => ({ exp: undefined }), {}],
      ['of another issuer', () => ({ iss: 'https://evil.example' }), {}],
      ['of nearly the same issuer', () => ({ iss: `${provider.issuer}/` }), {}],
      ['for another audience', () => ({ aud: 'https://shop.example' }), {}],
      ['without an audience', () => ({ aud: undefined }), {}],
      ['without a subject', () => ({ sub: undefined }), {}],
      ['that is an ID token', () => ({ aud: 'portal-client' }), { typ: 'JWT' }],
      ['of another type', () => ({}), { typ: 'JWT' }],
      ['that is a logout token', () => ({}), { typ: 'logout+jwt' }],
    ])('a token %s is refused', async (_what, change, header) => {
      expect(await ask(await provider.accessToken(change(seconds()), header))).toEqual(REFUSED);
    });

    it('a token that was answered a moment ago is refused once it has expired', async () => {
      const token = await provider.accessToken({ exp: seconds() + 60 });
      expect(await ask(token)).toBe(NAME);
      clock.pass(66_000);
      expect(await ask(token)).toEqual(REFUSED);
    });
  });

  it('threat 21: 50 tokens with unknown keys at once cause at most 3 fetches of keys', async () => {
    const before = provider.fetches('/jwks');
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, index) => provider.accessToken({}, { kid: `unknown-${index}` })),
    );
    expect(new Set((await Promise.all(tokens.map(ask))).map(String))).toEqual(new Set([String(REFUSED)]));
    expect(provider.fetches('/jwks') - before).toBeLessThanOrEqual(3);
  });

  it('threat 20: while the issuer is away known keys go on', async () => {
    expect(await ask(await provider.accessToken())).toBe(NAME);
    provider.mood = 'down';
    expect(await ask(await provider.accessToken({ jti: 'a new one' }))).toBe(NAME);
  });

  it('a browser cookie beside a bearer token neither helps nor harms', async () => {
    const headers = {
      authorization: `Bearer ${await provider.accessToken()}`,
      cookie: `__Host-saaltor=${'A'.repeat(43)}`,
    };
    expect((await house.graphql({ query: '{ me { name } }' }, { headers })).data).toEqual({ me: { name: NAME } });
  });
});
