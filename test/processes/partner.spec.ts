import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { systemClock } from '#lib/kernel';
import { Browser } from '../partner/browser.js';
import { PartnerHouse } from '../partner/partner-house.js';

const CARETAKER = { id: 'caretaker-app', secret: 'sandbox-secret-of-the-caretaker-app-0004' } as const;
const REDIRECT = 'http://127.0.0.1:4501/callback';
const REPORTS = '/partner/v1/housing/repair-reports';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

describe('a partner whom a tenant let report damages', () => {
  let partners: PartnerHouse;
  let token: string;
  let flat: string;

  beforeAll(async () => {
    partners = await PartnerHouse.open({ clock: systemClock });
    // Answers without an id would make this the story of a retry.
    await partners.house.control('POST', '/ambiguous-reports', { on: false });
    const { data } = await partners.house.graphql(
      { query: '{ me { housing { leases { flat { number } } } } }' },
      { persona: 'aylin' },
    );
    flat = (data!['me'] as { housing: { leases: { flat: { number: string } }[] } }).housing.leases[0]!.flat.number;
    token = await tokenFor('aylin', 'housing.repairs:write housing.repairs:read');
  }, 60_000);
  afterAll(() => partners.close());

  const tokenFor = async (person: string, scope: string): Promise<string> => {
    const request = partners.request({ client_id: CARETAKER.id, redirect_uri: REDIRECT, scope: `openid ${scope}` });
    const code = await new Browser(partners, person).allow(request.path);
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      code_verifier: request.verifier,
    };
    const { status, body } = await partners.token(form, CARETAKER);
    expect(status).toBe(200);
    return String(body['access_token']);
  };
  const report = async (
    body: object = {},
    headers: Record<string, string> = { 'idempotency-key': randomUUID() },
    bearer = token,
  ): Promise<Answer> => {
    const answer = await partners.send(REPORTS, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ flat, roomType: 'BATHROOM', description: 'Der Abfluss ist verstopft.', ...body }),
    });
    const { status, headers: answered } = answer;
    return { status, headers: answered, body: (await answer.json()) as Answer['body'] };
  };
  const books = async (): Promise<readonly object[]> =>
    (await (await fetch(`${partners.house.sandbox.controlUrl}/books/tenancy`)).json()) as readonly object[];

  it('gets 201 when it is done, sees it at its Location, and the tenant sees it too', async () => {
    const before = (await books()).length;
    const { status, headers, body } = await report();
    expect([status, headers.get('cache-control'), body['state'], body['kind']]).toEqual([
      201,
      'no-store',
      'DONE',
      'housing.report-repair',
    ]);
    const location = headers.get('location')!;
    expect(location).toBe(`/partner/v1/processes/${String(body['id'])}`);
    const found = await partners.get(location, token);
    expect([found.status, await found.json()]).toEqual([200, body]);
    const { data } = await partners.house.graphql(
      { query: `{ process(id: "${String(body['id'])}") { state receipt { number } } }` },
      { persona: 'aylin' },
    );
    const { number } = body['receipt'] as { number: string };
    expect(data).toEqual({ process: { state: 'DONE', receipt: { number } } });
    expect((await books()).length).toBe(before + 1);
  }, 30_000);

  it('gets the same process for the same key and input, quoted or not, and 422 for another input', async () => {
    const key = randomUUID();
    const first = await report({}, { 'idempotency-key': key });
    const again = await report({}, { 'idempotency-key': `"${key}"` });
    expect([again.status, again.body]).toEqual([201, first.body]);
    const other = await report({ description: 'Etwas anderes.' }, { 'idempotency-key': key });
    expect([other.status, other.headers.get('content-type'), other.body]).toEqual([
      422,
      'application/problem+json; charset=utf-8',
      expect.objectContaining({ code: 'CONFLICT', status: 422, path: 'key' }),
    ]);
  }, 30_000);

  it.each([
    ['without a key', {}],
    ['with an empty key', { 'idempotency-key': ' ' }],
    ['with a key that is too long', { 'idempotency-key': 'x'.repeat(256) }],
  ])('gets 400 %s', async (_, headers) => {
    const { status, body } = await report({}, headers as Record<string, string>);
    expect([status, body['code']]).toEqual([400, 'INVALID_INPUT']);
    expect(String(body['path']).toLowerCase()).toContain('key');
  });

  it('gets 422 with what can be corrected, and nothing is kept', async () => {
    const before = (await books()).length;
    const key = randomUUID();
    const refused = await report({ roomType: 'CASTLE', description: '' }, { 'idempotency-key': key });
    expect([refused.status, refused.headers.get('location'), refused.body]).toMatchObject([
      422,
      null,
      { code: 'TEXT_MISSING', type: 'urn:saaltor:refusal:text-missing', status: 422 },
    ]);
    const problems = refused.body['problems'] as { path: string; choices?: object[] }[];
    expect(problems.map(({ path }) => path)).toEqual(['description', 'roomType']);
    expect(problems[1]!.choices!.length).toBeGreaterThan(5);
    expect((await report({}, { 'idempotency-key': key })).status).toBe(201);
    expect((await books()).length).toBe(before + 1);
  }, 30_000);

  it('learns nothing of a flat that is not the tenant’s', async () => {
    const { status, body } = await report({ flat: '1 / 1 / 1' });
    expect([status, body['code'], body['problems']]).toEqual([
      422,
      'NOT_YOURS',
      [{ path: 'flat', code: 'NOT_YOURS', title: expect.any(String) }],
    ]);
  });

  it('is told by name which member is wrong', async () => {
    const unknown = await report({ colour: 'red' });
    expect([unknown.status, unknown.body['path']]).toEqual([400, 'colour']);
    const wrong = await report({ contact: { name: 7 } });
    expect([wrong.status, wrong.body['path']]).toEqual([400, 'contact.name']);
  });

  it('gets 202 with Location and Retry-After while the landlord’s system is down', async () => {
    await partners.house.control('POST', '/faults', { kind: 'hang', system: 'tenancy', household: 'aylin' });
    try {
      const headers = { 'idempotency-key': randomUUID(), prefer: 'wait=0' };
      const { status, headers: answered, body } = await report({}, headers);
      expect([status, ['ACCEPTED', 'RUNNING'].includes(String(body['state']))]).toEqual([202, true]);
      expect(answered.get('location')).toBe(`/partner/v1/processes/${String(body['id'])}`);
      expect(Number(answered.get('retry-after'))).toBeGreaterThanOrEqual(1);
    } finally {
      await partners.house.control('DELETE', '/faults?system=tenancy&household=aylin');
    }
  }, 30_000);

  it('needs the right to report for one, and the right to look for the other', async () => {
    const done = await report();
    const location = done.headers.get('location')!;
    const reading = await tokenFor('minh', 'housing.repairs:read');
    expect((await report({}, { 'idempotency-key': randomUUID() }, reading)).status).toBe(403);
    // Of another customer there is nothing to see.
    expect((await partners.get(location, reading)).status).toBe(404);
    const writing = await tokenFor('aylin', 'housing.repairs:write');
    expect((await partners.get(location, writing)).status).toBe(404);
    expect((await partners.get('/partner/v1/processes/x', writing)).status).toBe(404);
    expect((await partners.send(location)).status).toBe(401);
    expect((await partners.get(location, await partners.house.token('aylin'))).status).toBe(401);
  }, 30_000);

  it('finds all of it in the OpenAPI document, with examples', async () => {
    const document = (await (await partners.send('/partner/v1/openapi.json')).json()) as OpenApi;
    expect((await new Validator().validate(document as never)).valid).toBe(true);
    const operation = document.paths[REPORTS]!['post']!;
    expect(Object.keys(operation.responses).toSorted()).toEqual(
      ['200', '201', '202', '400', '401', '403', '409', '422', '429'].toSorted(),
    );
    expect(operation.parameters).toContainEqual(
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
    );
    const text = JSON.stringify(document);
    for (const example of ['Der Abfluss ist verstopft.', '2026-7K3M-9QXT', 'used before with another input']) {
      expect(text).toContain(example);
    }
  });
});

interface Operation {
  readonly parameters: readonly object[];
  readonly responses: Readonly<Record<string, object>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
