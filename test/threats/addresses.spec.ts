import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isInputObjectType,
  isObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { systemClock } from '#lib/kernel';
import { openHouse } from '../harness.js';
import { PartnerHouse, TILL } from '../partner/partner-house.js';
import { questionsOf } from './argument-questions.js';
import { Routes } from './routes.js';
import { Trap } from './trap.js';

/** How inputs are called that hold an address to be asked. */
const ADDRESS = /ur[il]|href|host|origin|callback|webhook|endpoint|redirect|proxy|image|picture|logo|domain|server/i;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('threat 26: an address that somebody sends', () => {
  const routes = new Routes();
  let trap: Trap;
  let partners: PartnerHouse;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    trap = await Trap.open();
    partners = await PartnerHouse.open({ clock: systemClock, arrange: routes.arrange });
    const { data } = await partners.house.graphql({ query: getIntrospectionQuery() });
    schema = buildClientSchema(data as unknown as IntrospectionQuery);
  }, 60_000);
  afterAll(async () => {
    await partners?.close();
    await trap?.close();
  });
  beforeEach(() => {
    trap.hits = 0;
  });

  const openApi = async (): Promise<OpenApi> =>
    (await (await partners.send('/partner/v1/openapi.json')).json()) as OpenApi;
  /** A token of nobody, with every member by which one could point to keys. */
  const pointing = (claims: object, typ = 'at+jwt'): string => {
    const { url } = trap;
    const header = { alg: 'ES256', typ, kid: url, jku: `${url}/keys`, x5u: `${url}/x5u`, iss: url };
    return `${encode(header)}.${encode({ iss: url, sub: 'aylin', aud: url, jti: url, ...claims })}.AAAA`;
  };

  it('has no place in the graph', () => {
    const names = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (type.name.startsWith('__')) return [];
      if (isInputObjectType(type)) return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.map((argument) => `${type.name}.${name}.${argument.name}`),
      );
    });
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => ADDRESS.test(name.slice(name.lastIndexOf('.') + 1)))).toEqual([]);
  });

  it('has no place in the partners’ routes', async () => {
    const text = JSON.stringify(await openApi());
    const names = [...text.matchAll(/"(?:name|[A-Za-z]+)":/g)].length;
    expect(names).toBeGreaterThan(50);
    const { paths, components } = await openApi();
    const parameters = Object.values(paths).flatMap((path) =>
      Object.values(path).flatMap((operation) => (operation.parameters ?? []).map(({ name }) => name)),
    );
    const inputs = Object.entries(components.schemas)
      .filter(([name]) => /Input|Query|Params/.test(name))
      .flatMap(([, { properties = {} }]) => Object.keys(properties));
    expect([parameters.length > 3, inputs.length > 0]).toEqual([true, true]);
    expect([...parameters, ...inputs].filter((name) => ADDRESS.test(name))).toEqual([]);
    expect(text).not.toMatch(/"format":"(?:uri|url|iri|hostname)"/);
  });

  it('in any text of the graph is not asked', async () => {
    const questions = questionsOf(schema, ['String', 'ID']);
    expect(questions.length).toBeGreaterThan(15);
    for (const { query, variables } of questions) {
      for (const value of [`${trap.url}/hit`, `//${new URL(trap.url).host}/hit`]) {
        const { status } = await partners.house.graphql({ query, variables: variables(value) }, { persona: 'aylin' });
        expect(status).toBeLessThan(500);
      }
    }
    expect(trap.hits).toBe(0);
  }, 60_000);

  it('in any part of a request to any route is not asked', async () => {
    const token = await partners.ownToken(TILL, 'entitlements:check');
    const value = `${trap.url}/hit`;
    const names = [
      'url',
      'uri',
      'iss',
      'request_uri',
      'redirect_uri',
      'returnTo',
      'post_logout_redirect_uri',
      'code',
    ].concat([
      'sector_identifier_uri',
      'jwks_uri',
      'logout_uri',
      'state',
      'resource',
      'login_hint',
      'client_id',
      'text',
    ]);
    const query = new URLSearchParams(names.map((name) => [name, value]));
    const body = JSON.stringify({ entitlement: value, number: value, url: value });
    const headers = {
      'x-forwarded-host': new URL(value).host,
      'x-forwarded-for': '127.0.0.1',
      'x-original-url': value,
      forwarded: `host=${new URL(value).host}`,
      referer: value,
      origin: trap.url,
      link: `<${value}>`,
      'content-type': 'application/json',
    };
    for (const { method, url } of routes.list) {
      const path = url.replace(/:\w+/g, encodeURIComponent(value)).replace('*', 'auth');
      for (const authorization of [`Bearer ${token}`, `Bearer ${pointing({})}`]) {
        const content = method === 'GET' ? {} : { body };
        const answer = await partners.send(`${path}?${query}`, {
          method,
          headers: { ...headers, authorization },
          ...content,
        });
        expect([path, answer.status]).not.toEqual([path, 500]);
        await answer.text();
      }
    }
    expect(trap.hits).toBe(0);
  }, 60_000);

  it('of keys in a token, a logout token or a proof of a partner is not asked', async () => {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const logout = new URLSearchParams({ logout_token: pointing({ events }, 'logout+jwt') });
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const proof = { client_assertion_type: type, client_assertion: pointing({ iss: TILL.id, sub: TILL.id }, 'JWT') };
    const form = (more: Record<string, string>): URLSearchParams =>
      new URLSearchParams({ grant_type: 'client_credentials', ...more });
    const answers = await Promise.all([
      partners.send('/auth/backchannel-logout', { method: 'POST', body: logout }),
      partners.send('/partner/oauth/token', { method: 'POST', body: form(proof) }),
      partners.send(partners.request({ request: pointing({}, 'JWT') }).path),
      partners.send(partners.request({ request_uri: `${trap.url}/request` }).path),
      partners.send(partners.request({ redirect_uri: `${trap.url}/callback` }).path),
    ]);
    for (const answer of answers) {
      expect(answer.headers.get('location') ?? '').not.toContain(trap.url);
      expect(answer.status).toBeLessThan(500);
    }
    expect(trap.hits).toBe(0);
  });

  it('as a redirect of a legacy system is not followed', async () => {
    const redirecting = await Trap.open(`${trap.url}/hit`);
    const systems = Object.entries(partners.house.sandbox.environment).filter(
      ([name, value]) => name !== 'SANDBOX_URL' && name.endsWith('_URL') && value.startsWith('http'),
    );
    const environment = Object.fromEntries(systems.map(([name]) => [name, redirecting.url]));
    expect(Object.keys(environment).length).toBeGreaterThan(5);
    const house = await openHouse({ environment });
    const query = `{ stops(text: "Paradies") { name } pools { today { openNow } occupancy { persons } } me {
      energy { contracts { number } } housing { leases { number } } transit { fareSubscriptions { number } }
      pools { cards { number } } } }`;
    const { errors, sources } = await house.graphql({ query }, { persona: 'aylin' });
    await house.close();
    await redirecting.close();
    expect(errors.length).toBeGreaterThan(0);
    expect(sources.filter(({ state }) => state !== 'FAILED')).toEqual([]);
    expect(redirecting.hits).toBeGreaterThan(4);
    expect(trap.hits).toBe(0);
  }, 60_000);
});

interface OpenApi {
  readonly paths: Readonly<Record<string, Record<string, { parameters?: { name: string }[] }>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { properties?: object }>> };
}
