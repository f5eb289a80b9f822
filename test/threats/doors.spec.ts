import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { Browser as Visitor, CHANNEL_ENVIRONMENT, OWN } from '../auth/browser.js';
import { AUDIENCE, FakeProvider } from '../auth/fake-provider.js';
import { Browser } from '../partner/browser.js';
import { PartnerHouse, TILL } from '../partner/partner-house.js';
import { Routes } from './routes.js';

const GRAPH = [
  '{ viewer { kind } }',
  '{ me { name } }',
  '{ stops(text: "a") { name } }',
  'mutation { endMandate { kind } }',
];

describe('threat 24: at the wrong door', () => {
  const routes = new Routes();
  let provider: FakeProvider;
  let partners: PartnerHouse;
  let visitor: Visitor;

  beforeAll(async () => {
    provider = await FakeProvider.open(systemClock);
    const environment = { ...CHANNEL_ENVIRONMENT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    partners = await PartnerHouse.open({ clock: systemClock, arrange: routes.arrange, environment });
    visitor = new Visitor(partners.house);
    await visitor.signIn(provider, { sub: 'aylin' });
  }, 60_000);
  afterAll(async () => {
    await partners?.close();
    await provider?.close();
  });

  it('a customer’s session is none on any partner route, though it is one in the graph', async () => {
    expect(await visitor.me()).toBe('Aylin Kaya-Größel');
    const paths = routes.list.filter(({ url }) => url.startsWith('/partner/v1/') && !/docs|openapi/.test(url));
    expect(paths.length).toBeGreaterThan(3);
    for (const { method, url } of paths) {
      const answer = await visitor.go(url.replace(/:\w+/g, 'x'), OWN, method);
      expect([method, url, answer.status]).toEqual([method, url, 401]);
      expect(await answer.text()).not.toContain('Aylin');
    }
  });

  it('a partner’s token is none in the graph, nor at the browser’s routes', async () => {
    const own = await partners.ownToken(TILL, 'entitlements:check');
    const request = partners.request();
    const { body } = await partners.exchange(request, await new Browser(partners, 'karl').allow(request.path));
    for (const token of [own, String(body['access_token']), String(body['refresh_token'])]) {
      const headers = { authorization: `Bearer ${token}` };
      for (const query of GRAPH) {
        const answer = await partners.house.graphql({ query }, { headers });
        expect([answer.status, answer.data, answer.errors[0]?.extensions['code']]).toEqual([
          401,
          undefined,
          'UNAUTHENTICATED',
        ]);
      }
      const session = await partners.send('/auth/session', { headers });
      expect(await session.text()).not.toContain('"signedIn":true');
    }
  });

  it('an access token of a customer is none on partner routes', async () => {
    const headers = { authorization: `Bearer ${await provider.accessToken()}` };
    expect((await partners.send('/partner/v1/transit/tickets', { headers })).status).toBe(401);
    expect((await partners.send('/partner/v1/housing/listings', { headers })).status).toBe(401);
  });
});
