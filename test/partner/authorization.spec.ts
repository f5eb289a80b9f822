import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { sql } from '#lib/store';
import { openStore } from '#lib/testing';
import { migrations } from '../../apps/gateway/src/migrations.js';
import { Browser } from './browser.js';
import { APP, OAUTH, ORIGIN, PartnerHouse, TILL, type Request } from './partner-house.js';

const TICKETS = '/partner/v1/transit/tickets';

interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly id: string;
}

describe('the partners’ authorization server', () => {
  let partners: PartnerHouse;

  beforeAll(async () => {
    partners = await PartnerHouse.open({ clock: systemClock, instances: 2 });
  }, 60_000);
  afterAll(() => partners.close());

  const tokensOf = async (person: string, request: Request = partners.request()): Promise<Tokens> => {
    const code = await new Browser(partners, person).allow(request.path);
    const { body } = await partners.exchange(request, code);
    return {
      access: String(body['access_token']),
      refresh: String(body['refresh_token']),
      id: String(body['id_token']),
    };
  };
  const refresh = (token: string, instance = 0) =>
    partners.token({ grant_type: 'refresh_token', refresh_token: token }, APP, instance);
  const statusWith = async (token: string, instance = 0): Promise<number> =>
    (await partners.get(TICKETS, token, instance)).status;

  describe('describes itself', () => {
    it('at both well-known places, whatever host a request claims', async () => {
      const paths = [`${OAUTH}/.well-known/openid-configuration`, `/.well-known/oauth-authorization-server${OAUTH}`];
      const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', forwarded: 'host=evil' };
      for (const path of paths) {
        const answer = await partners.send(path, { headers });
        const text = await answer.text();
        expect([answer.status, text.includes('evil'), answer.headers.get('x-powered-by')]).toEqual([200, false, null]);
        expect(JSON.parse(text)).toMatchObject({
          issuer: ORIGIN + OAUTH,
          token_endpoint: `${ORIGIN}${OAUTH}/token`,
          authorization_endpoint: `${ORIGIN}${OAUTH}/auth`,
          code_challenge_methods_supported: ['S256'],
          response_types_supported: ['code'],
          token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
          subject_types_supported: expect.arrayContaining(['pairwise']),
        });
      }
    });

    it.each(['/', '/me', '/session/end', '/request', '/reg', '/token/introspection', '/interaction/x/abort'])(
      'and has nothing at %s',
      async (path) => {
        const answer = await partners.send(`${OAUTH}${path}?weiter=1`);
        expect([400, 404]).toContain(answer.status);
        expect(await answer.text()).not.toMatch(/oidc-provider|koa|stack|node_modules/i);
      },
    );
  });

  describe('lets a customer', () => {
    it('grant a partner access on one gateway, and the partner use it on the other', async () => {
      const request = partners.request();
      const browser = new Browser(partners, 'aylin', 1);
      const { page } = await browser.begin(request.path);
      expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:4500;");
      expect(page.headers.get('cache-control')).toBe('no-store');
      const html = await page.text();
      expect(html).toContain('Darf Stadtbus-App (erfunden) auf Ihre Angaben zugreifen?');
      expect(html).toContain('Ihre Fahrausweise beim Jenaer Nahverkehr sehen');
      expect(html).toMatch(/Bis zum \d+\. \S+ \d{4}\./);
      const back = await browser.decide(html, 'allow');
      expect(back.origin + back.pathname).toBe(APP.redirectUri);
      expect([back.searchParams.get('state'), back.searchParams.get('iss')]).toEqual(['some-state', ORIGIN + OAUTH]);
      const { status, body } = await partners.exchange(request, back.searchParams.get('code')!);
      expect([status, body['expires_in'], body['token_type']]).toEqual([200, 600, 'Bearer']);
      expect(body['scope']).toBe(`openid ${APP.scope}`);
      expect(body['access_token']).toMatch(/^[\w-]{43}$/);
      expect(await statusWith(String(body['access_token']), 1)).toBe(200);
    });

    it('refuse, and the partner hears no more than that', async () => {
      const browser = new Browser(partners, 'aylin');
      const { page } = await browser.begin(partners.request().path);
      const back = await browser.decide(await page.text(), 'deny');
      expect(back.searchParams.get('error')).toBe('access_denied');
      expect(back.searchParams.has('code')).toBe(false);
    });

    it('sign in first, and come back to the question', async () => {
      const browser = new Browser(partners, null);
      const { path, page } = await browser.begin(partners.request().path);
      const desk = new URL(path, ORIGIN).pathname;
      expect([page.status, page.headers.get('location')]).toEqual([
        303,
        `/auth/login?returnTo=${encodeURIComponent(`${desk}?angemeldet=1`)}`,
      ]);
      const again = await browser.open(`${desk}?angemeldet=1&weiter=1`);
      expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('Cookies')]);
    });

    it('decide alone: staff cannot do it for them', async () => {
      const { page } = await new Browser(partners, 'agent').begin(partners.request().path);
      expect([page.status, await page.text()]).toEqual([403, expect.stringContaining('nur Kundinnen und Kunden')]);
    });
  });

  describe('takes a consent from nobody else', () => {
    const asked = async (person = 'aylin'): Promise<{ browser: Browser; html: string }> => {
      const browser = new Browser(partners, person);
      return { browser, html: await (await browser.begin(partners.request().path)).page.text() };
    };

    it.each(['https://evil.example', 'null'])('than its own page, not from %s', async (origin) => {
      const { browser, html } = await asked();
      expect((await browser.send(html, 'allow', { origin })).status).toBe(403);
    });

    it('than the customer who was asked', async () => {
      const { browser, html } = await asked();
      expect((await browser.send(html.replace(/name="token" value="./, '$&x'), 'allow')).status).toBe(403);
      browser.signInAs('kim');
      expect((await browser.send(html, 'allow')).status).toBe(403);
    });

    it('than the browser that was asked', async () => {
      const { html } = await asked();
      expect((await new Browser(partners, 'aylin').send(html, 'allow')).status).toBe(400);
    });

    it('with anything but yes or no, or with more than a form of that size', async () => {
      const { browser, html } = await asked();
      expect((await browser.send(html, 'maybe')).status).toBe(400);
      expect((await browser.send(html, 'x'.repeat(9_000))).status).toBe(400);
    });
  });

  describe('refuses a request', () => {
    const errorOf = async (wishes: Record<string, string>): Promise<string | null> => {
      const answer = await partners.send(partners.request(wishes).path);
      expect(answer.status).toBe(303);
      const back = new URL(answer.headers.get('location')!);
      expect(back.origin + back.pathname).toBe(APP.redirectUri);
      // What does not ask for a code alone is answered in the fragment (OAuth 2.0 Multiple Response Types §2.1).
      return back.searchParams.get('error') ?? new URLSearchParams(back.hash.slice(1)).get('error');
    };

    it.each([
      [{ code_challenge: '' }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ scope: 'openid entitlements:check' }, 'invalid_scope'],
      [{ response_type: 'code token' }, 'unsupported_response_type'],
      [{ prompt: 'none' }, 'login_required'],
    ])('with %p as %s', async (wishes, error) => {
      expect(await errorOf(wishes as Record<string, string>)).toBe(error);
    });

    it.each([
      'http://127.0.0.1:4501/callback',
      'http://127.0.0.1:4500/callback/',
      'http://127.0.0.1:4500/callback?a=b',
      'http://127.0.0.1:4500/callback#a',
      'http://127.0.0.1:4500/Callback',
      'http://127.0.0.1:4500/callback/../callback',
      'http://127.0.0.1:4500@evil.example/callback',
    ])('with the address %s by a page of its own', async (redirect_uri) => {
      const answer = await partners.send(partners.request({ redirect_uri }).path, { headers: { accept: 'text/html' } });
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
      const html = await answer.text();
      expect(html).toContain('<html lang="de">');
      expect(html).not.toContain('evil');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    });

    it('by an application without a contract', async () => {
      const answer = await partners.send(partners.request({ client_id: 'nobody' }).path);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    });
  });

  describe('gives tokens', () => {
    it('to partners that show their secret in the one agreed way', async () => {
      const form = { grant_type: 'client_credentials', scope: 'entitlements:check' };
      expect((await partners.token(form, TILL)).status).toBe(200);
      const wrong = await partners.token(form, { ...TILL, secret: 'x'.repeat(40) });
      expect([wrong.status, wrong.body['error']]).toEqual([401, 'invalid_client']);
      const body = new URLSearchParams({ ...form, client_id: TILL.id, client_secret: TILL.secret });
      const inBody = await partners.send(`${OAUTH}/token`, { method: 'POST', body });
      expect([inBody.status, inBody.headers.get('cache-control')]).toEqual([401, 'no-store']);
    });

    it.each([
      [APP, { grant_type: 'client_credentials', scope: APP.scope }, 'invalid_request'],
      [TILL, { grant_type: 'client_credentials', scope: APP.scope }, 'invalid_scope'],
      [TILL, { grant_type: 'password', username: 'a', password: 'b' }, 'unsupported_grant_type'],
    ])('but not beyond the contract', async (client, form, error) => {
      const { status, body } = await partners.token(form as unknown as Record<string, string>, client);
      expect([status, body['error']]).toEqual([400, error]);
    });

    it('for a code once: used again, all that came of it ends', async () => {
      const request = partners.request();
      const code = await new Browser(partners, 'aylin').allow(request.path);
      const { body } = await partners.exchange(request, code);
      const token = String(body['access_token']);
      expect(await statusWith(token, 1)).toBe(200);
      expect((await partners.exchange(request, code, 1)).body['error']).toBe('invalid_grant');
      expect([await statusWith(token), await statusWith(token, 1)]).toEqual([401, 401]);
    });

    it('for a code at most once, however many ask at the same time', async () => {
      const request = partners.request();
      const code = await new Browser(partners, 'aylin').allow(request.path);
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => partners.exchange(request, code, n % 2)));
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      for (const { body } of answers) {
        if (body['access_token'] !== undefined) expect(await statusWith(String(body['access_token']))).toBe(401);
      }
    });

    it('for a code only with its verifier', async () => {
      const request = partners.request();
      const code = await new Browser(partners, 'aylin').allow(request.path);
      const other = { ...request, verifier: partners.request().verifier };
      expect((await partners.exchange(other, code)).body['error']).toBe('invalid_grant');
    });

    it('anew for a refresh token, which changes each time', async () => {
      const first = await tokensOf('aylin');
      const { status, body } = await refresh(first.refresh, 1);
      expect([status, body['scope']]).toEqual([200, `openid ${APP.scope}`]);
      expect(body['refresh_token']).not.toBe(first.refresh);
      expect(await statusWith(String(body['access_token']))).toBe(200);
    });

    it('no more once a refresh token has come back: the whole family ends', async () => {
      const first = await tokensOf('aylin');
      const { body } = await refresh(first.refresh);
      const second = { access: String(body['access_token']), refresh: String(body['refresh_token']) };
      expect(await statusWith(second.access, 1)).toBe(200);
      expect((await refresh(first.refresh, 1)).body['error']).toBe('invalid_grant');
      expect([await statusWith(second.access), await statusWith(second.access, 1)]).toEqual([401, 401]);
      expect((await refresh(second.refresh)).body['error']).toBe('invalid_grant');
    });

    it('that a partner can give back, its own only, and with them the grant', async () => {
      const { access, refresh: token } = await tokensOf('aylin');
      await partners.post('token/revocation', { token: access }, TILL);
      expect(await statusWith(access, 1)).toBe(200);
      expect((await partners.post('token/revocation', { token: access })).status).toBe(200);
      expect([await statusWith(access), await statusWith(access, 1)]).toEqual([401, 401]);
      expect((await refresh(token)).body['error']).toBe('invalid_grant');
      const query = '{ me { partnerGrants { id } } }';
      const { data } = await partners.house.graphql({ query }, { persona: 'aylin' });
      expect(data).toEqual({ me: { partnerGrants: [] } });
    });

    it('that name the customer to this partner alone, always alike', async () => {
      const subjects = [];
      for (const person of ['aylin', 'aylin', 'lena']) subjects.push(subjectOf((await tokensOf(person)).id));
      expect(subjects[0]).toBe(subjects[1]);
      expect(subjects[2]).not.toBe(subjects[0]);
      const { data } = await partners.house.graphql({ query: '{ me { id } }' }, { persona: 'aylin' });
      const { id } = data!['me'] as { id: string };
      expect(Buffer.from(id, 'base64url').toString()).not.toContain(subjects[0]!);
    });

    it('of which no word is in the database', async () => {
      const { access, refresh: token } = await tokensOf('aylin');
      const store = await openStore(partners.house.database.url, migrations);
      try {
        const { rows } = await sql<{ line: string }>`select partner_state::text as line from partner_state`.execute(
          store.tables(),
        );
        const lines = rows.map(({ line }) => line).join('\n');
        expect(rows.length).toBeGreaterThan(3);
        expect([lines.includes(access), lines.includes(token)]).toEqual([false, false]);
      } finally {
        await store.onApplicationShutdown();
      }
    });
  });
});

function subjectOf(idToken: string): string {
  const { sub } = JSON.parse(Buffer.from(idToken.split('.')[1]!, 'base64url').toString()) as { sub: string };
  return sub;
}
