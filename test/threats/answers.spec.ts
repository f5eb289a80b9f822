import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CustomerAccess } from '#lib/customer';
import { systemClock } from '#lib/kernel';
import { ampleContract } from '../partner/contracts-file.js';
import { PartnerHouse } from '../partner/partner-house.js';
import { Browser } from '../partner/browser.js';
import { sendRaw } from './raw-request.js';
import { Routes } from './routes.js';

const EVIL = 'https://evil.example';
const TICKETS = '/partner/v1/transit/tickets';
/** Paths that lead to no route, to no address, or to the wrong method. */
const ODD = [
  '/nowhere',
  '/%',
  '/%ff',
  `/partner/v1/transit/stops/${'x'.repeat(300)}/departures`,
  '/partner/v1',
  '/auth',
  '/',
].map((url) => ({ method: 'GET', url }));
const BROKEN = 'canary-of-a-failure';
/** What only a stack, a source file, SQL or a machine has. */
const INSIDE =
  /node_modules|\.[cm]?[jt]s:\d|\bat .+\(|file:\/\/|"stack"|\bselect .+ from\b|ECONNREFUSED|127\.0\.0\.1:\d+\b/i;

describe('an answer', () => {
  const routes = new Routes();
  const contract = ampleContract();
  let partners: PartnerHouse;
  let gateway: NestFastifyApplication;
  let token: string;

  beforeAll(async () => {
    const arrange = (opened: NestFastifyApplication): void => {
      gateway = opened;
      routes.arrange(opened);
    };
    partners = await PartnerHouse.open({
      clock: systemClock,
      arrange,
      environment: { ...contract.environment, TRUSTED_PROXIES: '127.0.0.1' },
    });
    const request = partners.request();
    const { body } = await partners.exchange(request, await new Browser(partners, 'aylin').allow(request.path));
    token = String(body['access_token']);
  }, 60_000);
  afterAll(async () => {
    await partners.close();
    contract.remove();
  });

  /** Every route, by the method that it is for, and odd addresses; with and without credentials. */
  const askAll = async (
    headers: Record<string, string>,
  ): Promise<{ path: string; method: string; answer: Response }[]> => {
    const answers = [];
    for (const { method, url } of [...routes.list, ...ODD]) {
      const path = url.replace(/:\w+/g, 'x').replace('*', 'x');
      for (const credentials of [undefined, { authorization: `Bearer ${token}` }]) {
        const body = ['GET', 'OPTIONS'].includes(method) ? {} : { body: '{}' };
        const sent: Record<string, string> = { 'content-type': 'application/json', ...headers, ...credentials };
        answers.push({ path, method, answer: await partners.send(path, { method, headers: sent, ...body }) });
      }
    }
    return answers;
  };

  it('threat 37: of every route and of none has what keeps browsers safe', async () => {
    const answers = await askAll({ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'gateway.example' });
    expect(answers.length).toBeGreaterThan(60);
    for (const { path, method, answer } of answers) {
      const { headers } = answer;
      const at = [method, path];
      expect([at, headers.get('x-content-type-options')]).toEqual([at, 'nosniff']);
      expect([at, headers.get('x-frame-options')]).toEqual([at, 'DENY']);
      expect([at, headers.get('content-security-policy')]).toEqual([
        at,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect([at, headers.get('content-security-policy')]).not.toEqual([at, expect.stringMatching(/unsafe-eval|\*/)]);
      expect([at, headers.get('referrer-policy')]).toEqual([
        at,
        expect.stringMatching(/^(?:no-referrer|same-origin)$/),
      ]);
      expect([at, headers.get('strict-transport-security')]).toEqual([at, 'max-age=31536000']);
      expect([at, headers.get('cross-origin-resource-policy')]).toEqual([at, 'same-origin']);
      expect([at, headers.get('server'), headers.get('x-powered-by')]).toEqual([at, null, null]);
      await answer.text();
    }
  }, 60_000);

  it('threat 37: lets no page of another origin read, whoever it claims to be', async () => {
    for (const origin of [EVIL, 'null', 'http://127.0.0.1:4000']) {
      for (const { path, method, answer } of await askAll({ origin, 'access-control-request-method': 'POST' })) {
        const cors = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
        expect([origin, method, path, cors]).toEqual([origin, method, path, []]);
        await answer.text();
      }
    }
  }, 60_000);

  it('threat 37: is kept by nobody on the way unless it is public, and has an ETag only then', async () => {
    const publics = new Set<string>();
    for (const { path, method, answer } of await askAll({})) {
      const control = answer.headers.get('cache-control') ?? '';
      if (control.startsWith('public')) publics.add(path);
      else expect([method, path, control, answer.headers.get('etag')]).toEqual([method, path, 'no-store', null]);
      await answer.text();
    }
    expect([...publics].toSorted()).toEqual(
      ['/.well-known/saaltor-receipt-keys.json', '/partner/v1/housing/listings'].toSorted(),
    );
  }, 60_000);

  it('threat 37: about a person is kept by nobody, whatever it says: GraphQL, REST, refused or not', async () => {
    const query = { query: '{ me { name energy { contracts { number } } } }' };
    const graph = await partners.house.graphql(query, { persona: 'aylin' });
    const wrong = await partners.house.graphql({ query: '{ me { nobody } }' }, { persona: 'aylin' });
    const tickets = await partners.get(TICKETS, token);
    const repeated = await partners.send(TICKETS, {
      headers: { authorization: `Bearer ${token}`, 'if-none-match': '*' },
    });
    expect([graph.errors, tickets.status, repeated.status]).toEqual([[], 200, 200]);
    for (const { headers } of [graph, wrong, tickets, repeated]) {
      expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
    }
  });

  it('threat 36: of every route and of none tells nothing of the inside, refused or failed', async () => {
    const answers = await askAll({ accept: '*/*' });
    for (const { path, method, answer } of answers) {
      if (path.startsWith('/partner/v1/docs') || path === '/graphql' || path.includes('.well-known')) continue;
      const text = await answer.text();
      expect([method, path, INSIDE.exec(text)?.[0]]).toEqual([method, path, undefined]);
    }
    const bodies = [
      '{"query":',
      '{"query": "{ me { nam } }"}',
      '{"query": "{ stops(first: 0) { name } }"}',
      '[]',
      '""',
    ];
    for (const body of bodies) {
      const headers = { 'content-type': 'application/json' };
      const answer = await partners.send('/graphql', { method: 'POST', headers, body });
      expect([body, INSIDE.exec(await answer.text())?.[0]]).toEqual([body, undefined]);
    }
    for (const text of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    ]) {
      expect(INSIDE.test(await sendRaw(partners.house.url, text))).toBe(false);
    }
  }, 60_000);

  it('threat 36: tells nothing of a mistake of our own either', async () => {
    const access = gateway.get(CustomerAccess, { strict: false });
    const real = access.read.bind(access);
    access.read = () => {
      const failure = new Error(`${BROKEN} at ${import.meta.filename}:1:1`);
      throw Object.assign(failure, { code: BROKEN, detail: BROKEN, query: `select ${BROKEN} from x` });
    };
    const graph = await partners.house.graphql(
      { query: '{ me { name energy { contracts { number } } transit { tickets { id } } } }' },
      { persona: 'aylin' },
    );
    const rest = await partners.get(TICKETS, token);
    const text = await rest.text();
    access.read = real;
    expect([graph.errors[0]?.extensions, rest.status]).toEqual([
      { code: 'INTERNAL', incident: expect.stringMatching(/^[0-9a-f]{8}$/) },
      500,
    ]);
    expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL', status: 500 });
    for (const told of [JSON.stringify([graph.data, graph.errors]), text]) {
      expect(told).not.toContain(BROKEN);
      expect(INSIDE.exec(told)?.[0]).toBeUndefined();
    }
  });
});
