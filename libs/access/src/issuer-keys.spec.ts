import { beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { AppError } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { Connection, HttpResponse, Upstream } from '#lib/upstream';
import type { AccessSettings } from './access.settings.js';
import { Authenticator } from './authenticator.js';
import { IssuerKeys } from './issuer-keys.js';

const SETTINGS: AccessSettings = { issuer: 'https://id.example', audience: 'graph', jwksPath: '/jwks' };

describe('the keys of the issuer', () => {
  let clock: TestClock;
  let published: JWK[];
  let fetches: number;
  let answer: () => Promise<HttpResponse>;
  let authenticator: Authenticator;
  const signers = new Map<string, CryptoKey>();

  const well = (): Promise<HttpResponse> =>
    Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify({ keys: published })) });
  const down = (): Promise<HttpResponse> => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'down'));

  async function make(kid: string): Promise<JWK> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    signers.set(kid, privateKey);
    return { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  }

  beforeEach(async () => {
    clock = new TestClock();
    published = [await make('old')];
    fetches = 0;
    answer = well;
    const connect = (): Connection => ({
      send: (_request, { signal }) => {
        fetches += 1;
        return Promise.race([
          answer(),
          new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
        ]);
      },
    });
    authenticator = new Authenticator(
      new IssuerKeys(SETTINGS, { connect } as Partial<Upstream> as Upstream, clock),
      SETTINGS,
      clock,
    );
  });

  /** @param kid also of nobody; then another key signs */
  const ask = async (kid: string, sub = 'lena'): Promise<string> => {
    const seconds = Math.floor(clock.now() / 1_000);
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' })
      .setIssuer(SETTINGS.issuer)
      .setAudience(SETTINGS.audience)
      .setSubject(sub)
      .setExpirationTime(seconds + 3_600)
      .sign(signers.get(kid) ?? signers.get('old')!);
    return authenticator.principalOf(`Bearer ${token}`).then(
      () => 'known',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
  };

  it('threat 19: a key that the issuer signs with from now on is picked up within 30 s', async () => {
    await ask('old');
    published.push(await make('new'));
    const outcomes = [await ask('new')];
    await clock.advance(30_000);
    outcomes.push(await ask('new'));
    expect(outcomes).toEqual(['UNAUTHENTICATED', 'known']);
  });

  it('threat 19: a key that the issuer took back counts no longer than 30 s, for tokens verified before, too', async () => {
    const seconds = Math.floor(clock.now() / 1_000);
    const token = await new SignJWT({ sub: 'lena', iss: SETTINGS.issuer, aud: SETTINGS.audience, exp: seconds + 600 })
      .setProtectedHeader({ alg: 'ES256', kid: 'old', typ: 'at+jwt' })
      .sign(signers.get('old')!);
    await authenticator.principalOf(`Bearer ${token}`);
    published = [await make('new')];
    await clock.advance(30_000);
    await expect(authenticator.principalOf(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('threat 20: while the issuer is away the known keys go on, for hours', async () => {
    await ask('old');
    answer = down;
    const outcomes: string[] = [];
    for (let hour = 0; hour < 5; hour += 1) {
      await clock.advance(3_600_000);
      outcomes.push(await ask('old', `lena-${hour}`));
    }
    expect(new Set(outcomes)).toEqual(new Set(['known']));
  });

  it('threat 20: an unknown key is refused in less than 3 s when the issuer does not answer', async () => {
    await ask('old');
    await clock.advance(10_000);
    // Signing takes its own turns before the question is asked.
    const asking = new Promise<void>((resolve) => {
      answer = () => new Promise(() => resolve());
    });
    const begun = clock.now();
    const asked = ask('unknown');
    let after: number | undefined;
    void asked.then(() => (after = clock.now() - begun));
    await asking;
    await clock.advance(2_999);
    expect([await asked, after]).toEqual(['UNAUTHENTICATED', 2_000]);
  });

  it('threat 20: nobody waits for an issuer that has just failed to answer', async () => {
    await ask('old');
    answer = down;
    await clock.advance(40_000);
    await ask('old');
    answer = () => new Promise(() => undefined);
    await clock.advance(40_000);
    expect(await ask('old', 'another')).toBe('known');
  });

  it('threat 21: 50 unknown key ids cause at most 3 fetches', async () => {
    await clock.advance(60_000);
    const outcomes = await Promise.all(Array.from({ length: 25 }, (_, index) => ask(`all-at-once-${index}`)));
    for (let index = 0; index < 25; index += 1) outcomes.push(await ask(`one-by-one-${index}`));
    expect(new Set(outcomes)).toEqual(new Set(['UNAUTHENTICATED']));
    expect(fetches).toBeLessThanOrEqual(3);
  });

  it('threat 21: a storm while the issuer is away causes no more fetches than that', async () => {
    await ask('old');
    await clock.advance(60_000);
    answer = down;
    for (let index = 0; index < 50; index += 1) await ask(`unknown-${index}`);
    expect(fetches).toBeLessThanOrEqual(3);
    expect(await ask('old')).toBe('known');
  });

  it('are asked for again at most every ten seconds, however many tokens come', async () => {
    for (let second = 0; second < 60; second += 1) {
      await ask('old', `lena-${second}`);
      await clock.advance(1_000);
    }
    expect(fetches).toBeLessThanOrEqual(6);
  });

  it.each([
    ['an error', () => Promise.resolve({ status: 500, headers: {}, body: Buffer.alloc(0) })],
    ['no JSON', () => Promise.resolve({ status: 200, headers: {}, body: Buffer.from('<html>') })],
    ['no key set', () => Promise.resolve({ status: 200, headers: {}, body: Buffer.from('{}') })],
  ])('an issuer that answers with %s has none', async (_what, bad) => {
    answer = bad;
    expect(await ask('old')).toBe('UPSTREAM_UNAVAILABLE');
    answer = well;
    await clock.advance(1_000);
    expect(await ask('old')).toBe('known');
  });
});
