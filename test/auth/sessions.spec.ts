import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openHouse, type House } from '../harness.js';
import { Browser, CHANNEL_ENVIRONMENT, COUNTER, OWN, PORTAL } from './browser.js';
import { AUDIENCE, FakeProvider } from './fake-provider.js';
import { MovingClock } from './moving-clock.js';

const NAME = 'Aylin Kaya-Größel';
const MINUTE_MS = 60_000;

describe('browser sessions on two instances', () => {
  const clock = new MovingClock();
  let provider: FakeProvider;
  let house: House;
  let browser: Browser;
  let database: pg.Client;

  beforeAll(async () => {
    provider = await FakeProvider.open(clock);
    house = await openHouse({
      clock,
      instances: 2,
      environment: { ...CHANNEL_ENVIRONMENT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE },
    });
    database = new pg.Client({ connectionString: house.database.url });
    await database.connect();
  }, 60_000);
  afterAll(async () => {
    await database?.end();
    await house?.close();
    await provider?.close();
  });
  beforeEach(async () => {
    provider.mood = 'well';
    browser = new Browser(house);
    await browser.signIn(provider, { sub: 'aylin', sid: `sid-${Math.random()}` });
  });

  /** The same cookies, as they are now, in another browser. */
  const copy = (of = browser): Browser => {
    const other = new Browser(house);
    for (const [name, value] of of.cookies) other.cookies.set(name, value);
    return other;
  };
  /** Lets time pass and uses the session; comes back when what goes on behind the request is written. */
  const useAfter = async (minutes: number, of = browser): Promise<unknown> => {
    clock.pass(minutes * MINUTE_MS);
    const outcome = await of.me();
    const hash = createHash('sha256').update(of.session!).digest('base64url');
    const open = `select 1 from browser_session where token_hash = $1
      and (last_used_at < $2::timestamptz or refresh_claim is not null or refresh_due_at <= $2::timestamptz)`;
    const used = new Date(clock.now() - MINUTE_MS).toISOString();
    let isOpen = outcome === NAME;
    while (isOpen) isOpen = (await database.query(open, [hash, used])).rowCount !== 0;
    return outcome;
  };
  const everywhere = (of: Browser): Promise<unknown[]> => Promise.all([of.me(0), of.me(1)]);
  const backChannel = (logoutToken: string): Promise<Response> =>
    fetch(`${house.url}/auth/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: logoutToken }),
    });

  it('are known to both', async () => {
    expect(await everywhere(browser)).toEqual([NAME, NAME]);
  });

  it('end by sign-out on both before it answers, and the answer tells the way to the provider', async () => {
    const thief = copy();
    expect(await everywhere(browser)).toEqual([NAME, NAME]);
    const answer = await browser.go('/auth/logout', OWN, 'POST');
    expect(await everywhere(thief)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(browser.session).toBeUndefined();
    const { endSessionUrl } = (await answer.json()) as { endSessionUrl: string };
    const url = new URL(endSessionUrl);
    expect([url.origin + url.pathname, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
      `${provider.issuer}/end`,
      `${PORTAL}/`,
    ]);
  });

  it('end for answers under way, too: nothing leaves after the sign-out has answered', async () => {
    const fault = { kind: 'latency', milliseconds: 1_500, system: 'sap-umc', household: 'karl' };
    await house.control('POST', '/faults', fault);
    const karl = new Browser(house);
    await karl.signIn(provider, { sub: 'karl' });
    const query = { query: '{ me { name energy { contracts { number } } } }' };
    const headers = { ...karl.headers(), ...OWN };
    let signedOut = false;
    const slow = [0, 1].map(async (instance) => {
      const answer = await house.graphql(query, { instance, headers });
      return { late: signedOut, data: answer.data ?? null, code: answer.errors[0]?.extensions['code'] };
    });
    // Once these are answered, the others are under way.
    await everywhere(karl);
    await karl.go('/auth/logout', OWN, 'POST');
    signedOut = true;
    const late = { late: true, data: null, code: 'UNAUTHENTICATED' };
    expect(await Promise.all(slow)).toEqual([late, late]);
    await house.control('DELETE', '/faults');
  });

  it('end after half an hour without use, and not a minute before', async () => {
    clock.pass(29 * MINUTE_MS);
    expect(await browser.me()).toBe(NAME);
    clock.pass(29 * MINUTE_MS);
    expect(await browser.me()).toBe(NAME);
    clock.pass(30 * MINUTE_MS);
    expect(await browser.me()).toBe('UNAUTHENTICATED');
  });

  it('are kept alive on one instance by use on the other', async () => {
    expect(await everywhere(browser)).toEqual([NAME, NAME]);
    expect([await useAfter(20), await useAfter(20), await browser.me(1)]).toEqual([NAME, NAME, NAME]);
  });

  it('are not kept alive by asking about them', async () => {
    clock.pass(20 * MINUTE_MS);
    expect(await browser.sessionState()).toMatchObject({ signedIn: true });
    clock.pass(15 * MINUTE_MS);
    expect(await browser.sessionState()).toMatchObject({ signedIn: false });
  });

  it('end after eight hours for customers and ten for agents, however much they are used', async () => {
    const outcomes: unknown[] = [];
    for (let passed = 20; passed <= 8 * 60; passed += 20) outcomes.push(await useAfter(20));
    expect([new Set(outcomes.slice(0, -1)), outcomes.at(-1)]).toEqual([new Set([NAME]), 'UNAUTHENTICATED']);
    const counter = new Browser(house, COUNTER);
    const begun = clock.now();
    await counter.signIn(provider, { sub: 'agent-x', agent: { subsidiary: 'POOLS', role: 'service' } });
    const { rows } = await database.query<{ expires_at: Date }>(
      "select expires_at from browser_session where subject = 'agent-x'",
    );
    expect(Math.round((rows[0]!.expires_at.getTime() - begun) / MINUTE_MS)).toBe(600);
  });

  describe('a second factor', () => {
    const shown = { sub: 'aylin', acr: 'urn:saaltor:mfa' };

    it('is asked for as fresh and strong, and counts for five minutes under a new id', async () => {
      const before = copy();
      const away = new URL((await copy().go('/auth/step-up')).headers.get('location')!);
      expect(Object.fromEntries(away.searchParams)).toMatchObject({ acr_values: 'urn:saaltor:mfa', max_age: '0' });
      expect((await browser.signIn(provider, shown, '/auth/step-up?returnTo=/weiter')).status).toBe(303);
      expect(await everywhere(before)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
      expect(await everywhere(browser)).toEqual([NAME, NAME]);
      const { stepUpUntil } = await browser.sessionState();
      const left = Date.parse(String(stepUpUntil)) - clock.now();
      expect([left > 4 * MINUTE_MS, left <= 5 * MINUTE_MS]).toEqual([true, true]);
      clock.pass(5 * MINUTE_MS);
      expect(await browser.sessionState()).toMatchObject({ signedIn: true, stepUpUntil: null });
    });

    it.each([
      ['that was not shown', { sub: 'aylin' }],
      ['of another strength', { sub: 'aylin', acr: 'password' }],
      ['shown a minute before it was asked for', { ...shown, authAgoSeconds: 60 }],
      ['of somebody else', { ...shown, sub: 'lena' }],
    ])('%s is refused, and the session stays as it was', async (_what, person) => {
      expect((await browser.signIn(provider, person, '/auth/step-up')).status).toBe(401);
      expect(await browser.sessionState()).toMatchObject({ signedIn: true, stepUpUntil: null });
    });

    it('needs a session', async () => {
      expect((await new Browser(house).go('/auth/step-up')).status).toBe(401);
    });

    it('does not revive a session that ended meanwhile', async () => {
      const away = (await browser.go('/auth/step-up')).headers.get('location')!;
      await copy().go('/auth/logout', OWN, 'POST');
      const back = provider.approve(away, shown);
      expect((await browser.go(back.pathname + back.search)).status).toBe(401);
    });
  });

  describe('threat 22, refresh and back-channel logout', () => {
    it('a refresh token that somebody else has used revokes the family and ends the session', async () => {
      const family = provider.families.at(-1)!;
      const stolen = family.current;
      const send = (token: string): Promise<Response> =>
        fetch(`${provider.issuer}/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from('portal-client:portal-client-secret').toString('base64')}` },
          body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
        });
      expect((await send(stolen)).status).toBe(200);
      for (let passed = 0; passed < 60; passed += 20) await useAfter(20);
      // Nobody waits for this end: instances forget the session with their next look at the log.
      let outcome = await browser.me();
      while (outcome === NAME) outcome = await browser.me();
      expect(outcome).toBe('UNAUTHENTICATED');
      expect(provider.families).not.toContain(family);
    });

    it('the provider ends the session of its sid on both instances before it is answered', async () => {
      const { sid } = provider.families.at(-1)!.person;
      const other = new Browser(house);
      await other.signIn(provider, { sub: 'aylin', sid: 'another' });
      expect(await everywhere(browser)).toEqual([NAME, NAME]);
      const answer = await backChannel(await provider.logoutToken({ sid }));
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(await everywhere(browser)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
      expect(await everywhere(other)).toEqual([NAME, NAME]);
    });

    it('the provider ends all sessions of a person', async () => {
      const other = new Browser(house);
      await other.signIn(provider, { sub: 'aylin' });
      expect((await backChannel(await provider.logoutToken({ sub: 'aylin' }))).status).toBe(200);
      expect([await browser.me(), await other.me()]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    });

    it('a logout token counts once', async () => {
      const token = await provider.logoutToken({ sub: 'aylin' });
      expect([(await backChannel(token)).status, (await backChannel(token)).status]).toEqual([200, 400]);
    });

    it.each<[string, Record<string, unknown>, Record<string, string>]>([
      ['of another issuer', { iss: 'https://evil.example' }, {}],
      ['for another client', { aud: 'somebody-else' }, {}],
      ['that is an access token', { aud: AUDIENCE }, { typ: 'at+jwt' }],
      ['of another type', {}, { typ: 'at+jwt' }],
      ['with a nonce', { nonce: 'n' }, {}],
      ['without the event', { events: {} }, {}],
      ['with no events', { events: undefined }, {}],
      ['without an id', { jti: undefined }, {}],
      ['that is old', { iat: 1_000_000, exp: undefined }, {}],
      ['that has expired', { exp: 1_000_000 }, {}],
      ['that names nobody', { sub: undefined, sid: undefined }, {}],
    ])('a logout token %s is refused', async (_what, claims, header) => {
      const answer = await backChannel(await provider.logoutToken({ sub: 'aylin', ...claims }, header));
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_request' }]);
      expect(await browser.me()).toBe(NAME);
    });

    it.each(['', 'nonsense', 'a.b.c'])('the logout token %j is refused', async (token) => {
      expect((await backChannel(token)).status).toBe(400);
    });

    it('an unsigned or foreign logout token is refused', async () => {
      const token = await provider.logoutToken({ sub: 'aylin' });
      const [, payload] = token.split('.') as [string, string];
      const header = Buffer.from('{"alg":"none","typ":"logout+jwt"}').toString('base64url');
      expect((await backChannel(`${header}.${payload}.`)).status).toBe(400);
      expect((await backChannel(`${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(86)}`)).status).toBe(400);
      expect(await browser.me()).toBe(NAME);
    });
  });

  it('stay while the identity provider is away', async () => {
    const outcomes: unknown[] = [];
    provider.mood = 'down';
    for (let passed = 0; passed < 120; passed += 20) outcomes.push(await useAfter(20));
    expect(new Set(outcomes)).toEqual(new Set([NAME]));
  });

  it('an invented session is refused, however it is spelled', async () => {
    for (const value of ['A'.repeat(43), 'x', "' or 1=1 --", 'A'.repeat(5_000)]) {
      const stranger = new Browser(house);
      stranger.cookies.set('__Host-saaltor', value);
      expect(await stranger.me()).not.toBe(NAME);
    }
  });

  it('their ids are nowhere in the database', async () => {
    const { rows } = await database.query<{ text: string }>(
      'select row_to_json(s)::text as text from browser_session s',
    );
    const text = rows.map((row) => row.text).join();
    expect(text).toContain('aylin');
    expect(text).not.toContain(browser.session);
    expect(text).not.toContain(provider.families.at(-1)!.current);
  });
});
