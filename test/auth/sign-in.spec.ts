import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from '../harness.js';
import { Browser, CHANNEL_ENVIRONMENT, COUNTER, OWN, PORTAL } from './browser.js';
import { AUDIENCE, FakeProvider } from './fake-provider.js';
import { MovingClock } from './moving-clock.js';

const NAME = 'Aylin Kaya-Größel';
const AYLIN = { sub: 'aylin' };
const SALES = { sub: 'agent-energy-sales', agent: { subsidiary: 'ENERGY', role: 'sales' } };

describe('signing in by a browser channel', () => {
  const clock = new MovingClock();
  let provider: FakeProvider;
  let house: House;
  let browser: Browser;

  beforeAll(async () => {
    provider = await FakeProvider.open(clock);
    house = await openHouse({
      clock,
      environment: { ...CHANNEL_ENVIRONMENT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE },
    });
  }, 60_000);
  afterAll(async () => {
    await house?.close();
    await provider?.close();
  });
  beforeEach(() => {
    browser = new Browser(house);
  });

  const begin = async (path = '/auth/login', from = browser): Promise<URL> =>
    new URL((await from.go(path)).headers.get('location')!);
  const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;

  it('goes to the provider with code, PKCE, state and nonce, and comes back into a session', async () => {
    const away = await begin('/auth/login?returnTo=/vertraege?tab=2');
    expect(Object.fromEntries(away.searchParams)).toEqual({
      client_id: 'portal-client',
      redirect_uri: `${PORTAL}/auth/callback`,
      response_type: 'code',
      scope: 'openid',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const back = provider.approve(away.href, AYLIN);
    const landed = await browser.go(back.pathname + back.search);
    expect([landed.status, landed.headers.get('location')]).toEqual([303, `${PORTAL}/vertraege?tab=2`]);
    expect(await browser.me()).toBe(NAME);
  });

  it('tells the channel who is signed in, and answers those who are not', async () => {
    expect(await browser.sessionState()).toEqual({
      signedIn: false,
      kind: 'anonymous',
      channel: 'portal',
      expiresAt: null,
      stepUpUntil: null,
    });
    await browser.signIn(provider, AYLIN);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/);
    const state = { signedIn: true, kind: 'customer', channel: 'portal', expiresAt: time, stepUpUntil: null };
    expect(await browser.sessionState()).toEqual(state);
  });

  it('lets agents in at the counter, and nowhere else', async () => {
    const counter = new Browser(house, COUNTER);
    await counter.signIn(provider, SALES);
    expect(await counter.sessionState()).toMatchObject({ kind: 'agent', subsidiary: 'ENERGY', role: 'sales' });
    const refused = await Promise.all([
      status(browser.signIn(provider, SALES)),
      status(new Browser(house, COUNTER).signIn(provider, AYLIN)),
      status(new Browser(house, COUNTER).signIn(provider, { sub: 'x', agent: { subsidiary: 'ENERGY', role: 'boss' } })),
    ]);
    expect(refused).toEqual([403, 403, 401]);
    expect(browser.session).toBeUndefined();
  });

  describe('threat 14, session fixation and cookie flags', () => {
    it('the session cookie is __Host-, Secure, HttpOnly and Strict, for the whole host and no other', async () => {
      const [, line] = (await browser.signIn(provider, AYLIN)).headers.getSetCookie();
      expect(line).toMatch(/^__Host-saaltor=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    });

    it('the cookie of a sign-in under way is Lax, lasts ten minutes and tells nothing', async () => {
      const [line] = (await browser.go('/auth/login')).headers.getSetCookie();
      expect(line).toMatch(/^__Host-saaltor-login=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(Buffer.from(browser.cookies.get('__Host-saaltor-login')!, 'base64url').toString('latin1')).not.toContain(
        'nonce',
      );
    });

    it('each sign-in makes a new id, and the one before is worth nothing', async () => {
      await browser.signIn(provider, AYLIN);
      const before = new Browser(house);
      before.cookies.set('__Host-saaltor', browser.session!);
      await browser.signIn(provider, AYLIN);
      expect(browser.session).not.toBe(before.session);
      expect([await browser.me(), await before.me()]).toEqual([NAME, 'UNAUTHENTICATED']);
    });

    it('an id that somebody else has planted never becomes a session', async () => {
      const planted = 'A'.repeat(43);
      browser.cookies.set('__Host-saaltor', planted);
      await browser.signIn(provider, AYLIN);
      const attacker = new Browser(house);
      attacker.cookies.set('__Host-saaltor', planted);
      expect([await browser.me(), await attacker.me()]).toEqual([NAME, 'UNAUTHENTICATED']);
    });

    it('a session of one channel is none in another', async () => {
      await browser.signIn(provider, AYLIN);
      const counter = new Browser(house, COUNTER);
      counter.cookies.set('__Host-saaltor', browser.session!);
      expect(await counter.me()).toBe('UNAUTHENTICATED');
    });
  });

  describe('threat 15, the OIDC sign-in', () => {
    const changed = (back: URL, name: string, value: string | null): string => {
      if (value === null) back.searchParams.delete(name);
      else back.searchParams.set(name, value);
      return back.pathname + back.search;
    };

    it.each([
      ['a wrong state', 'state', 'another'],
      ['no state', 'state', null],
      ['a wrong issuer', 'iss', 'https://evil.example'],
      ['no issuer', 'iss', null],
      ['an invented code', 'code', 'invented'],
      ['no code', 'code', null],
    ])('%s is refused', async (_what, name, value) => {
      const back = provider.approve((await begin()).href, AYLIN);
      const answer = await browser.go(changed(back, name, value));
      expect([answer.status, browser.session]).toEqual([401, undefined]);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    });

    it('a wrong state does not end the sign-in that is really under way', async () => {
      const back = provider.approve((await begin()).href, AYLIN);
      await browser.go('/auth/callback?code=x&state=y');
      expect(await status(browser.go(back.pathname + back.search))).toBe(303);
    });

    it.each([
      ['a wrong nonce', { nonce: 'another' }],
      ['a wrong issuer', { iss: 'https://evil.example' }],
      ['another client', { aud: 'counter-client' }],
      ['no subject', { sub: '' }],
      ['an expiry in the past', { exp: 1_000 }],
    ])('an ID token with %s is refused', async (_what, idToken) => {
      expect(await status(browser.signIn(provider, { ...AYLIN, idToken }))).toBe(401);
      expect(browser.session).toBeUndefined();
    });

    it('a code that was used is refused, and so is the whole answer a second time', async () => {
      const back = provider.approve((await begin()).href, AYLIN);
      const login = browser.cookies.get('__Host-saaltor-login')!;
      expect(await status(browser.go(back.pathname + back.search))).toBe(303);
      browser.cookies.set('__Host-saaltor-login', login);
      expect(await status(browser.go(back.pathname + back.search))).toBe(401);
      const other = new Browser(house);
      const next = provider.approve((await begin('/auth/login', other)).href, AYLIN);
      expect(await status(other.go(changed(next, 'code', back.searchParams.get('code'))))).toBe(401);
    });

    it('an answer in a browser that did not ask, or in another channel, is refused', async () => {
      const back = provider.approve((await begin()).href, AYLIN);
      const stranger = new Browser(house);
      const counter = new Browser(house, COUNTER);
      counter.cookies.set('__Host-saaltor-login', browser.cookies.get('__Host-saaltor-login')!);
      const path = back.pathname + back.search;
      expect([await status(stranger.go(path)), await status(counter.go(path))]).toEqual([401, 401]);
    });

    it('a sign-in that takes longer than ten minutes is refused', async () => {
      const back = provider.approve((await begin()).href, AYLIN);
      clock.pass(601_000);
      expect(await status(browser.go(back.pathname + back.search))).toBe(401);
    });

    it('who says no at the provider comes back without a session', async () => {
      const away = await begin('/auth/login?returnTo=/start');
      const query = new URLSearchParams({
        error: 'access_denied',
        state: away.searchParams.get('state')!,
        iss: provider.issuer,
      });
      const answer = await browser.go(`/auth/callback?${query}`);
      expect([answer.status, answer.headers.get('location'), browser.session]).toEqual([
        303,
        `${PORTAL}/start`,
        undefined,
      ]);
    });
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/.//evil.example',
    '/%20/evil',
  ])('an open redirect by returnTo=%s is refused', async (target) => {
    const encoded = target.startsWith('/%') ? target : encodeURIComponent(target);
    const answer = await browser.go(`/auth/login?returnTo=${encoded}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('nobody signs in under a host that is no channel, and its cookies are not read', async () => {
    await browser.signIn(provider, AYLIN);
    const elsewhere = new Browser(house, 'https://elsewhere.example.test');
    elsewhere.cookies.set('__Host-saaltor', browser.session!);
    expect(await status(elsewhere.go('/auth/login'))).toBe(403);
    expect(await elsewhere.sessionState()).toMatchObject({ signedIn: false, channel: null });
    expect(await elsewhere.me()).not.toBe(NAME);
  });

  it('a provider that is away is a page that says so, and refuses nobody for good', async () => {
    const fresh = new Browser(house);
    const back = provider.approve((await begin('/auth/login', fresh)).href, AYLIN);
    provider.mood = 'down';
    const answer = await fresh.go(back.pathname + back.search, { 'accept-language': 'en' });
    provider.mood = 'well';
    expect(answer.status).toBe(503);
    const page = await answer.text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('This is not available at the moment.');
  });

  describe('threat 13, forged requests with the session of a browser', () => {
    beforeEach(async () => {
      await browser.signIn(provider, AYLIN);
    });

    it.each([
      ['without the header', {}],
      ['with another value of the header', { 'x-saaltor': 'yes' }],
      ['from a foreign origin', { ...OWN, origin: 'https://evil.example' }],
      ['from a neighbouring channel', { ...OWN, origin: COUNTER }],
      ['from an opaque origin', { ...OWN, origin: 'null' }],
      ['from the same host without TLS', { ...OWN, origin: PORTAL.replace('https', 'http') }],
      ['that the browser calls cross-site', { ...OWN, 'sec-fetch-site': 'cross-site' }],
    ])('a request %s is refused', async (_what, headers) => {
      expect(await browser.me(0, headers)).toBe('FORBIDDEN');
    });

    it('a request of the channel itself is answered', async () => {
      expect(await browser.me(0, { ...OWN, origin: PORTAL, 'sec-fetch-site': 'same-origin' })).toBe(NAME);
    });

    it('reads by GET need the header, too, and mutations by GET are refused', async () => {
      const query = (text: string): string => `/graphql?query=${encodeURIComponent(text)}`;
      const apollo = { 'apollo-require-preflight': '1' };
      const answers = await Promise.all([
        browser.go(query('{ me { name } }'), apollo),
        browser.go(query('{ me { name } }'), { ...apollo, ...OWN }),
        browser.go(query('mutation { unlinkSubsidiary(subsidiary: POOLS) { __typename } }'), { ...apollo, ...OWN }),
      ]);
      expect(answers.map(({ status: code }) => code)).toEqual([403, 200, 405]);
    });

    it('nobody is signed out by another site, nor without the header', async () => {
      const attempts = [
        browser.go('/auth/logout', {}, 'POST'),
        browser.go('/auth/logout', { ...OWN, origin: 'https://evil.example' }, 'POST'),
        browser.go('/auth/logout', { ...OWN, 'sec-fetch-site': 'cross-site' }, 'POST'),
      ];
      expect(await Promise.all(attempts.map(status))).toEqual([403, 403, 403]);
      expect(await browser.me()).toBe(NAME);
    });

    it('the session is not told without the header', async () => {
      expect(await status(browser.go('/auth/session'))).toBe(403);
    });
  });

  it('no other origin is let in, and answers carry what keeps browsers safe', async () => {
    const answers = await Promise.all([
      browser.go('/auth/session', { ...OWN, origin: 'https://evil.example' }),
      browser.go('/auth/login'),
      browser.go('/auth/callback'),
      browser.go('/graphql', { origin: 'https://evil.example', 'access-control-request-method': 'POST' }, 'OPTIONS'),
    ]);
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });
});
