import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listen, type Listener } from '../../listen.js';
import { StillCity } from '../hafas/testing/still-city.js';
import { createFareShop } from './fare-shop.js';

const NOON = '2026-11-10T12:00:00+01:00';
const DECEMBER = { from: '2026-12-01', until: '2026-12-31' };

interface Subscription {
  readonly id: string;
  readonly state: string;
  readonly pause: unknown;
  readonly tickets: readonly { readonly id: string }[];
}

describe('pauses at the fare shop', () => {
  const city = new StillCity(NOON);
  const shop = createFareShop(city);
  let listener: Listener;

  beforeAll(async () => {
    listener = await listen(shop.name, '127.0.0.1', 0);
    listener.serve((request, response) => shop.handle(request, response));
  });
  afterAll(() => listener.close());
  beforeEach(() => {
    city.instant = NOON;
    city.faults.end();
    shop.reset();
  });

  async function token(): Promise<string> {
    const response = await fetch(`${listener.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('saaltor-gateway:sandbox-fahrschein-7c1e')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  const idOf = (key: string, place = 0): string => city.byKey(key)?.transit?.subscriptions[place]?.id ?? 'none';

  async function call(method: string, id: string, body: unknown, headers: Readonly<Record<string, string>>) {
    const response = await fetch(`${listener.url}/subscriptions/${id}/pause`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const json = (await response.json()) as { data?: Subscription; error?: Record<string, unknown> };
    return { status: response.status, replayed: response.headers.get('idempotent-replayed'), json };
  }

  const pause = (key: string, wish: unknown = DECEMBER, id = idOf('aylin')) =>
    call('PUT', id, wish, { 'idempotency-key': key });
  const resume = (id = idOf('aylin'), headers: Readonly<Record<string, string>> = {}) =>
    call('DELETE', id, undefined, headers);

  async function read(key: string): Promise<Subscription | undefined> {
    const number = city.byKey(key)?.transit?.customerNumber;
    const response = await fetch(`${listener.url}/api/v2/customers/${number}/subscriptions`, {
      headers: { authorization: `Bearer ${await token()}` },
    });
    return ((await response.json()) as { data: Subscription[] }).data[0];
  }

  it('are taken for a whole month and shown by every read', async () => {
    const { status, json } = await pause('k1');
    expect([status, json.data]).toEqual([200, await read('aylin')]);
    expect(json.data).toMatchObject({ state: 'ACTIVE', pause: DECEMBER });
    city.instant = '2026-12-05T12:00:00+01:00';
    expect(await read('aylin')).toMatchObject({ state: 'PAUSED', pause: DECEMBER, tickets: [] });
    city.instant = '2027-01-01T12:00:00+01:00';
    expect(await read('aylin')).toMatchObject({ state: 'ACTIVE', pause: null, tickets: [{}] });
  });

  it('are booked once under one key, with the same answer again', async () => {
    const [first, second] = [await pause('k1'), await pause('k1')];
    expect([first.replayed, second.replayed]).toEqual([null, 'true']);
    expect(second.json).toEqual(first.json);
    expect(shop.books?.()).toEqual([
      {
        kind: 'pause',
        at: '2026-11-10T11:00:00.000Z',
        account: city.byKey('aylin')?.transit?.customerNumber,
        subscription: idOf('aylin'),
        ...DECEMBER,
      },
    ]);
  });

  it('are refused again under the key of a refusal, though another day would do', async () => {
    city.instant = '2026-11-11T12:00:00+01:00';
    expect((await pause('k1')).status).toBe(422);
    city.instant = NOON;
    expect(await pause('k1')).toMatchObject({ status: 422, replayed: 'true' });
    expect((await pause('k2')).status).toBe(200);
  });

  it('know a key for 24 hours of their clock', async () => {
    await pause('k1');
    city.instant = '2026-11-11T11:59:59+01:00';
    expect((await pause('k1')).status).toBe(200);
    city.instant = '2026-11-11T12:00:00+01:00';
    expect(await pause('k1')).toMatchObject({ status: 409, json: { error: { code: 'ALREADY_PAUSED' } } });
  });

  it('refuse a key that was used for something else', async () => {
    await pause('k1');
    const answers = [
      await pause('k1', { from: '2026-12-01', until: '2027-01-31' }),
      await pause('k1', DECEMBER, idOf('aylin', 1)),
      await resume(idOf('aylin'), { 'idempotency-key': 'k1' }),
    ];
    expect(answers.map(({ status, json }) => [status, json.error?.['code']])).toEqual(
      answers.map(() => [422, 'IDEMPOTENCY_KEY_REUSED']),
    );
  });

  it('need a key of at most 255 characters', async () => {
    const answers = [await call('PUT', idOf('aylin'), DECEMBER, {}), await pause(''), await pause('x'.repeat(256))];
    expect(answers.map(({ status, json }) => [status, json.error?.['code']])).toEqual(
      answers.map(() => [400, 'IDEMPOTENCY_KEY_MISSING']),
    );
    expect((await pause('x'.repeat(255))).status).toBe(200);
  });

  it.each<[string, string, string, string, Record<string, unknown>]>([
    ['half a month', '2026-12-01', '2026-12-15', 'PAUSE_NOT_WHOLE_MONTHS', {}],
    ['from the second', '2026-12-02', '2026-12-31', 'PAUSE_NOT_WHOLE_MONTHS', {}],
    ['backwards', '2027-02-01', '2027-01-31', 'PAUSE_NOT_WHOLE_MONTHS', {}],
    ['this month', '2026-11-01', '2026-11-30', 'PAUSE_ANNOUNCED_TOO_LATE', { earliest: '2026-12-01' }],
    ['next but one year', '2027-12-01', '2027-12-31', 'PAUSE_TOO_FAR_AHEAD', { latest: '2027-11-30' }],
    ['three months', '2027-01-01', '2027-03-31', 'PAUSE_LIMIT_EXCEEDED', { remainingMonths: 2 }],
  ])('refuse %s', async (_, from, until, code, facts) => {
    const { status, json } = await pause('k1', { from, until });
    expect([status, json]).toEqual([422, { error: { code, message: expect.stringMatching(/\.$/), ...facts } }]);
    expect(shop.books?.()).toEqual([]);
  });

  it('are announced by the tenth, after that for the month after next', async () => {
    city.instant = '2026-11-10T23:59:59+01:00';
    expect((await pause('k1')).status).toBe(200);
    city.instant = '2026-11-11T00:00:00+01:00';
    const late = await pause('k2', DECEMBER, idOf('aylin', 1));
    expect(late.json.error).toMatchObject({ code: 'PAUSE_ANNOUNCED_TOO_LATE', earliest: '2027-01-01' });
    expect((await pause('k3', { from: '2027-01-01', until: '2027-01-31' }, idOf('aylin', 1))).status).toBe(200);
  });

  it('count the months of each calendar year by themselves, also past ones', async () => {
    expect((await pause('k1', { from: '2026-12-01', until: '2027-01-31' })).status).toBe(200);
    city.instant = '2027-02-05T12:00:00+01:00';
    const two = await pause('k2', { from: '2027-03-01', until: '2027-04-30' });
    expect(two.json.error).toMatchObject({ code: 'PAUSE_LIMIT_EXCEEDED', remainingMonths: 1 });
    expect((await pause('k3', { from: '2027-03-01', until: '2027-03-31' })).status).toBe(200);
  });

  it('are not for a subscription that has ended, is unknown or is paused already', async () => {
    const answers = [
      await pause('k1', DECEMBER, idOf('sabine')),
      await pause('k2', DECEMBER, 'ABO-00000001'),
      await pause('k3', DECEMBER, '%E4'),
      await pause('k4', DECEMBER, idOf('karl')),
    ];
    expect(answers.map(({ status, json }) => [status, json.error?.['code']])).toEqual([
      [422, 'SUBSCRIPTION_NOT_RUNNING'],
      [404, 'SUBSCRIPTION_NOT_FOUND'],
      [404, 'SUBSCRIPTION_NOT_FOUND'],
      [409, 'ALREADY_PAUSED'],
    ]);
  });

  it.each<[number, string, unknown]>([
    [400, 'INVALID_REQUEST', '{"from":'],
    [400, 'INVALID_REQUEST', 'null'],
    [400, 'INVALID_REQUEST', { from: '2026-12-01' }],
    [400, 'INVALID_REQUEST', { from: '2026-12-01', until: '2026-12-32' }],
    [400, 'INVALID_REQUEST', { from: '2026-12-01', until: 20261231 }],
  ])('answer %i %s to %j and keep no answer', async (status, code, body) => {
    expect(await pause('k1', body)).toMatchObject({ status, json: { error: { code } } });
    expect((await pause('k1')).status).toBe(200);
  });

  it('want JSON, their token and their methods', async () => {
    const key = { 'idempotency-key': 'k1' };
    const answers = [
      await call('PUT', idOf('aylin'), DECEMBER, { ...key, 'content-type': 'text/plain' }),
      await call('PUT', idOf('aylin'), DECEMBER, { ...key, authorization: 'Bearer x' }),
      await call('POST', idOf('aylin'), DECEMBER, key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([415, 401, 404]);
  });

  it('are withdrawn before they begin, and end with the month once they have', async () => {
    await pause('k1');
    expect((await resume()).json.data).toMatchObject({ state: 'ACTIVE', pause: null });
    await pause('k2', { from: '2026-12-01', until: '2027-01-31' });
    city.instant = '2026-12-20T12:00:00+01:00';
    expect((await resume()).json.data).toMatchObject({ state: 'PAUSED', pause: DECEMBER });
    expect(await resume()).toMatchObject({ status: 409, json: { error: { code: 'NOT_PAUSED' } } });
    expect(shop.books?.().map(({ kind, until }) => [kind, until])).toEqual([
      ['pause', '2026-12-31'],
      ['resume', '2026-12-31'],
      ['pause', '2027-01-31'],
      ['resume', '2027-01-31'],
    ]);
  });

  it('end without a key twice as no, with a key twice as yes', async () => {
    await pause('k1');
    const keyed = { 'idempotency-key': 'k2' };
    const answers = [await resume(idOf('aylin'), keyed), await resume(idOf('aylin'), keyed), await resume()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409]);
  });

  it('have no end for karl until he resumes, which costs him his two months', async () => {
    expect(await read('karl')).toMatchObject({ state: 'PAUSED', pause: { from: '2026-10-01', until: null } });
    const { json } = await resume(idOf('karl'));
    expect(json.data).toMatchObject({ state: 'PAUSED', pause: { from: '2026-10-01', until: '2026-11-30' } });
    city.instant = '2026-12-01T12:00:00+01:00';
    expect(await read('karl')).toMatchObject({ state: 'ACTIVE', pause: null });
  });

  it('are taken back by a reset, with their keys, for all or one household', async () => {
    await pause('k1');
    await pause('k2', DECEMBER, idOf('lena'));
    shop.resetHousehold?.(city.byKey('aylin')?.number ?? 0);
    expect([(await read('aylin'))?.pause, (await read('lena'))?.pause]).toEqual([null, DECEMBER]);
    expect(shop.books?.()).toMatchObject([{ subscription: idOf('lena') }]);
    expect(await pause('k1')).toMatchObject({ status: 200, replayed: null });
    expect(await pause('k2', DECEMBER, idOf('lena'))).toMatchObject({ replayed: 'true' });
    shop.reset();
    expect([(await read('aylin'))?.pause, shop.books?.()]).toEqual([null, []]);
  });

  it('stand though a fault takes the answer away, and are not asked for by the token', async () => {
    const household = city.byKey('aylin')?.number ?? null;
    city.faults.order({
      kind: 'cut',
      after: 'effect',
      methods: 'modifying',
      count: 1,
      system: 'fare-shop',
      household: null,
    });
    const old = { 'idempotency-key': 'k1', authorization: 'Bearer old' };
    expect((await call('PUT', idOf('aylin'), DECEMBER, old)).status).toBe(401);
    await expect(pause('k1')).rejects.toThrow();
    expect((await read('aylin'))?.pause).toEqual(DECEMBER);
    expect(await pause('k1')).toMatchObject({ status: 200, replayed: 'true' });
    city.faults.order({ kind: 'cut', after: 'nothing', system: 'fare-shop', household });
    await expect(resume()).rejects.toThrow();
    city.faults.end();
    expect((await read('aylin'))?.pause).toEqual(DECEMBER);
  });
});
