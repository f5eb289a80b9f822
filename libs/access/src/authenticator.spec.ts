import { beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { AppError } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { Connection, ConnectionOptions, HttpResponse, Upstream } from '#lib/upstream';
import type { AccessSettings } from './access.settings.js';
import { Authenticator } from './authenticator.js';
import { IssuerKeys } from './issuer-keys.js';

const SETTINGS: AccessSettings = { issuer: 'https://id.example', audience: 'https://graph.example', jwksPath: '/jwks' };

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function makeKey(kid: string, alg: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

describe('the authenticator', () => {
  const clock = new TestClock();
  let key: Key;
  let keySet: JWK[];
  let fetches: string[];
  let keysAnswer: () => Promise<HttpResponse>;
  let authenticator: Authenticator;

  beforeEach(async () => {
    key = await makeKey('k1', 'ES256');
    keySet = [key.jwk];
    fetches = [];
    keysAnswer = () =>
      Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify({ keys: keySet })) });
    const connect = ({ baseUrl }: ConnectionOptions): Connection => ({
      send: ({ path }) => {
        fetches.push(baseUrl + path);
        return keysAnswer();
      },
    });
    authenticator = new Authenticator(new IssuerKeys(SETTINGS, { connect } as Upstream, clock), SETTINGS, clock);
  });

  const seconds = (): number => Math.floor(clock.now() / 1000);
  const token = (
    change: (jwt: SignJWT) => SignJWT = (jwt) => jwt,
    header = {},
    signer: Key['privateKey'] | Uint8Array = key.privateKey,
  ): Promise<string> => {
    const claims = new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt', ...header })
      .setIssuer(SETTINGS.issuer)
      .setAudience(SETTINGS.audience)
      .setSubject('lena')
      .setIssuedAt(seconds())
      .setExpirationTime(seconds() + 600);
    return change(claims).sign(signer);
  };
  const outcome = async (authorization: string | undefined): Promise<string> =>
    authenticator.principalOf(authorization).then(
      (principal) => (principal.kind === 'customer' ? principal.subject : principal.kind),
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
  const bearer = async (jwt: Promise<string>): Promise<string> => outcome(`Bearer ${await jwt}`);

  it('takes a request without credentials as anonymous and asks no one', async () => {
    expect([await outcome(undefined), fetches]).toEqual(['anonymous', []]);
  });

  it('knows the customer by a valid token and fetches the keys once', async () => {
    expect([await bearer(token()), await bearer(token())]).toEqual(['lena', 'lena']);
    expect(fetches).toEqual(['https://id.example/jwks']);
  });

  it.each([
    'Basic bGVuYTpsZW5h',
    'Bearer',
    'Bearer a.b',
    'Bearer a.b.c',
    'Bearer ..',
    `Bearer ${'a'.repeat(9_000)}.b.c`,
    '',
  ])('refuses %j', async (header) => {
    expect(await outcome(header)).toBe('UNAUTHENTICATED');
  });

  it('refuses another issuer, another audience, another type and a missing subject', async () => {
    expect(await bearer(token((jwt) => jwt.setIssuer('https://id.example/')))).toBe('UNAUTHENTICATED');
    expect(await bearer(token((jwt) => jwt.setAudience('https://shop.example')))).toBe('UNAUTHENTICATED');
    expect(await bearer(token((jwt) => jwt, { typ: 'JWT' }))).toBe('UNAUTHENTICATED');
    expect(await bearer(token((jwt) => jwt.setSubject('')))).toBe('UNAUTHENTICATED');
  });

  it('refuses expired tokens and tokens from the future, by the injected clock', async () => {
    expect(await bearer(token((jwt) => jwt.setExpirationTime(seconds() - 10)))).toBe('UNAUTHENTICATED');
    expect(await bearer(token((jwt) => jwt.setNotBefore(seconds() + 10)))).toBe('UNAUTHENTICATED');
    expect(await bearer(token((jwt) => jwt.setExpirationTime(seconds() - 3)))).toBe('lena');
  });

  it('refuses unsigned tokens, shared secrets and foreign keys', async () => {
    const unsigned = new UnsecuredJWT({})
      .setIssuer(SETTINGS.issuer)
      .setAudience(SETTINGS.audience)
      .setSubject('lena')
      .encode();
    expect(await outcome(`Bearer ${unsigned}`)).toBe('UNAUTHENTICATED');
    const secret = new TextEncoder().encode(JSON.stringify(key.jwk));
    expect(await bearer(token((jwt) => jwt, { alg: 'HS256' }, secret))).toBe('UNAUTHENTICATED');
    const stranger = await makeKey('k1', 'ES256');
    expect(await bearer(token((jwt) => jwt, {}, stranger.privateKey))).toBe('UNAUTHENTICATED');
  });

  it('never fetches what a token points to', async () => {
    const stranger = await makeKey('evil', 'ES256');
    const header = { jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x5u', jwk: stranger.jwk };
    expect(await bearer(token((jwt) => jwt, header, stranger.privateKey))).toBe('UNAUTHENTICATED');
    expect(fetches.every((url) => url === 'https://id.example/jwks')).toBe(true);
  });

  it.each(['RS256', 'EdDSA'])('accepts %s too', async (alg) => {
    const other = await makeKey('k2', alg);
    keySet = [key.jwk, other.jwk];
    expect(await bearer(token((jwt) => jwt, { alg, kid: 'k2' }, other.privateKey))).toBe('lena');
  });

  it('knows an agent by the claim that customers do not have', async () => {
    const agent = { subsidiary: 'ENERGY', role: 'sales' };
    const jwt = await new SignJWT({ saaltor_agent: agent })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
      .setIssuer(SETTINGS.issuer)
      .setAudience(SETTINGS.audience)
      .setSubject('agent-energy-sales')
      .setExpirationTime(seconds() + 600)
      .sign(key.privateKey);
    const expected = { kind: 'agent', subject: 'agent-energy-sales', ...agent, mandate: null };
    expect(await authenticator.principalOf(`Bearer ${jwt}`)).toMatchObject(expected);
  });

  it.each([
    null,
    'ENERGY',
    {},
    { subsidiary: 'ENERGY' },
    { subsidiary: 'ENERGY', role: 'boss' },
    { subsidiary: '', role: 'sales' },
  ])('refuses a token whose agent is %j', async (agent) => {
    const jwt = new SignJWT({ saaltor_agent: agent })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
      .setIssuer(SETTINGS.issuer)
      .setAudience(SETTINGS.audience)
      .setSubject('x')
      .setExpirationTime(seconds() + 600)
      .sign(key.privateKey);
    expect(await bearer(jwt)).toBe('UNAUTHENTICATED');
  });

  it('counts a second factor for five minutes from when it was shown', async () => {
    const stepUpOf = async (claims: object): Promise<unknown> => {
      const jwt = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
        .setIssuer(SETTINGS.issuer)
        .setAudience(SETTINGS.audience)
        .setSubject('lena')
        .setExpirationTime(seconds() + 3_600)
        .sign(key.privateKey);
      const principal = await authenticator.principalOf(`Bearer ${jwt}`);
      return principal.kind === 'customer' && principal.stepUpUntil;
    };
    const shown = seconds() - 100;
    expect(await stepUpOf({ acr: 'urn:saaltor:mfa', auth_time: shown })).toBe((shown + 300) * 1_000);
    expect(await stepUpOf({ acr: 'urn:saaltor:mfa' })).toBeNull();
    expect(await stepUpOf({ acr: 'password', auth_time: shown })).toBeNull();
  });

  it('remembers a verified token, but never beyond its expiry', async () => {
    const jwt = await token((claims) => claims.setExpirationTime(seconds() + 60));
    const outcomes = [await outcome(`Bearer ${jwt}`)];
    await clock.advance(59_000);
    outcomes.push(await outcome(`Bearer ${jwt}`));
    await clock.advance(7_000);
    outcomes.push(await outcome(`Bearer ${jwt}`));
    expect(outcomes).toEqual(['lena', 'lena', 'UNAUTHENTICATED']);
  });

  it('remembers a token as a whole: another signature under the same claims is refused', async () => {
    const jwt = await token();
    expect(await outcome(`Bearer ${jwt}`)).toBe('lena');
    const forged = `${jwt.slice(0, jwt.lastIndexOf('.'))}.${'A'.repeat(86)}`;
    expect(await outcome(`Bearer ${forged}`)).toBe('UNAUTHENTICATED');
  });

  it('says UPSTREAM_UNAVAILABLE when the keys cannot be had, and goes on with the keys it has', async () => {
    expect(await bearer(token())).toBe('lena');
    keysAnswer = () => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'down'));
    expect(await bearer(token())).toBe('lena');
    const connect = (): Connection => ({ send: () => keysAnswer() });
    const fresh = new Authenticator(
      new IssuerKeys(SETTINGS, { connect } as Partial<Upstream> as Upstream, clock),
      SETTINGS,
      clock,
    );
    await expect(fresh.principalOf(`Bearer ${await token()}`)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
