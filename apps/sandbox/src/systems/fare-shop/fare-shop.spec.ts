import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listen, type Listener } from '../../listen.js';
import { StillCity } from '../hafas/testing/still-city.js';
import { createFareShop } from './fare-shop.js';

const NOON = '2026-11-22T12:00:00+01:00';

describe('the fare shop imitation', () => {
  const city = new StillCity(NOON);
  const shop = createFareShop(city);
  let listener: Listener;
  let settings: Readonly<Record<string, string>>;

  beforeAll(async () => {
    listener = await listen(shop.name, '127.0.0.1', 0);
    listener.serve((request, response) => shop.handle(request, response));
    settings = shop.environment(listener.url);
  });
  afterAll(() => listener.close());
  beforeEach(() => {
    city.instant = NOON;
  });

  const numberOf = (key: string): string => city.byKey(key)?.transit?.customerNumber ?? 'nobody';
  const askToken = (
    form = 'grant_type=client_credentials&scope=subscriptions.read',
    secret?: string,
  ): Promise<Response> => {
    const client = `${settings['TRANSIT_SHOP_CLIENT_ID']}:${secret ?? settings['TRANSIT_SHOP_CLIENT_SECRET']}`;
    return fetch(`${settings['TRANSIT_SHOP_URL']}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(client).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form,
    });
  };
  const token = async (): Promise<string> =>
    ((await (await askToken()).json()) as { access_token: string }).access_token;
  const ask = (customer: string, bearer: string): Promise<Response> =>
    fetch(`${settings['TRANSIT_SHOP_URL']}/api/v2/customers/${customer}/subscriptions`, {
      headers: { authorization: `Bearer ${bearer}` },
    });

  it('hands its client a token for five minutes', async () => {
    const answer = await askToken();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toEqual({
      access_token: expect.stringMatching(/^[\w-]{32}$/),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'subscriptions.read',
    });
  });

  it('refuses a wrong client', async () => {
    const answer = await askToken(undefined, 'wrong');
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'invalid_client' }]);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  it.each([
    ['scope=subscriptions.read', 'invalid_request'],
    ['grant_type=password', 'unsupported_grant_type'],
    ['grant_type=client_credentials&scope=all', 'invalid_scope'],
  ])('refuses the token request %s', async (form, error) => {
    const answer = await askToken(form);
    expect([answer.status, await answer.json()]).toEqual([400, { error }]);
  });

  it('lists subscriptions with money in cents and timestamps in Berlin time', async () => {
    const answer = await ask(numberOf('aylin'), await token());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await answer.json()).toEqual({
      data: [
        {
          id: expect.stringMatching(/^ABO-\d+$/),
          type: 'fareSubscription',
          state: 'ACTIVE',
          product: { id: 'DTICKETJOB', name: 'Deutschlandticket Job' },
          startsOn: '2023-05-01',
          endsOn: null,
          price: { cents: 4410, currency: 'EUR', interval: 'MONTH' },
          medium: { kind: 'APP', cardNumber: null },
          cancellableUntil: '2026-12-10',
          pause: null,
          tickets: [
            {
              id: expect.stringMatching(/^T-\d+-202611$/),
              validFrom: '2026-11-01T00:00:00+01:00',
              validUntil: '2026-12-01T03:00:00+01:00',
              barcode: { symbology: 'AZTEC', payload: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) },
            },
          ],
        },
        expect.objectContaining({ medium: { kind: 'CHIPCARD', cardNumber: expect.any(String) }, tickets: [] }),
      ],
      meta: { generatedAt: NOON },
    });
  });

  it('forgets a token after five minutes of its own clock and gives a new one', async () => {
    const bearer = await token();
    city.instant = '2026-11-22T12:04:59+01:00';
    const inTime = await ask(numberOf('aylin'), bearer);
    city.instant = '2026-11-22T12:05:00+01:00';
    const tooLate = await ask(numberOf('aylin'), bearer);
    expect([inTime.status, tooLate.status]).toEqual([200, 401]);
    expect(tooLate.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await tooLate.json()).toEqual({ error: 'invalid_token' });
    expect((await ask(numberOf('aylin'), await token())).status).toBe(200);
  });

  it('forgets all tokens at a reset', async () => {
    const bearer = await token();
    shop.reset();
    expect((await ask(numberOf('aylin'), bearer)).status).toBe(401);
  });

  it('does not tell without a token whether a customer exists', async () => {
    const answers = await Promise.all([ask(numberOf('aylin'), 'x'), ask('JNV-99999999', 'x')]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  });

  it.each(['JNV-99999999', 'JNV-%E4', '%20'])(
    'answers 404 with a code for the unknown customer %s',
    async (customer) => {
      const answer = await ask(customer, await token());
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ error: { code: 'CUSTOMER_NOT_FOUND', message: expect.any(String) } });
    },
  );

  it('answers other paths with 404', async () => {
    const answer = await fetch(`${settings['TRANSIT_SHOP_URL']}/api/v1/tickets`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { error: { code: 'NOT_FOUND', message: expect.any(String) } },
    ]);
  });

  it('is closed for two hours at the turn of the year', async () => {
    city.instant = '2027-01-01T01:59:59+01:00';
    const closed = await askToken();
    city.instant = '2027-01-01T02:00:00+01:00';
    const open = await askToken();
    expect([closed.status, closed.headers.get('retry-after'), open.status]).toEqual([503, '120', 200]);
    expect(closed.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await closed.text()).toContain('<h1>');
  });

  it('spoils the answer only for the household of a fault', async () => {
    const bearer = await token();
    city.faults.order({ kind: '500', system: 'fare-shop', household: city.byKey('aylin')?.number ?? null });
    const answers = await Promise.all([ask(numberOf('aylin'), bearer), ask(numberOf('sabine'), bearer)]);
    city.faults.end();
    expect(answers.map(({ status }) => status)).toEqual([500, 200]);
  });
});
