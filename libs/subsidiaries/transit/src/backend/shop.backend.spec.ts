import { describe, expect, it } from '@jest/globals';
import { settle, TestClock } from '#lib/testing';
import type { HttpResponse } from '#lib/upstream';
import { fixture, json, ScriptedUpstream, SETTINGS, type Answer } from '../testing/scripted-upstream.js';
import { ShopBackend } from './shop.backend.js';

const CALL = { signal: new AbortController().signal };
const SUBSCRIPTIONS = json(200, fixture('subscriptions.answer.json'));
const EXPIRED = json(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer' });

/** A shop that gives tokens `token-1`, `token-2`, … for 300 seconds. */
function shop(subscriptions: Answer, token?: () => HttpResponse | Promise<HttpResponse>) {
  const clock = new TestClock();
  let issued = 0;
  const upstream = new ScriptedUpstream(clock, (request) => {
    if (request.path !== '/oauth/token') return subscriptions(request);
    issued += 1;
    return token?.() ?? json(200, { access_token: `token-${issued}`, token_type: 'bearer', expires_in: 300 });
  });
  const backend = new ShopBackend(upstream, SETTINGS, clock);
  const asked = () => upstream.requests.map((text) => /token-\d|oauth/.exec(text)?.[0]);
  return { backend, clock, requests: upstream.requests, asked };
}

describe('subscriptions of the shop', () => {
  it('are asked for as the golden requests say', async () => {
    const { backend, requests } = shop(
      () => SUBSCRIPTIONS,
      () => json(200, fixture('token.answer.json')),
    );
    await backend.listSubscriptions('JNV-00077001', CALL);
    expect(requests).toEqual([String(fixture('token.request.txt')), String(fixture('subscriptions.request.txt'))]);
  });

  it('are read with prices in euros, masked card and tickets; what is malformed is left out', async () => {
    expect(await shop(() => SUBSCRIPTIONS).backend.listSubscriptions('JNV-00077001', CALL)).toEqual({
      asOf: '2026-11-22T16:59:58.000Z',
      value: [
        {
          number: 'ABO-0077001',
          product: 'Deutschlandticket',
          state: 'ACTIVE',
          from: '2025-04-01',
          until: null,
          price: { amount: '63.00', currency: 'EUR' },
          interval: 'MONTH',
          medium: 'APP',
          maskedCardNumber: null,
          cancellableUntil: '2026-12-10',
          tickets: [
            {
              number: 'T-77001-2026-11',
              product: 'Deutschlandticket',
              validFrom: '2026-10-31T23:00:00.000Z',
              validUntil: '2026-12-01T02:00:00.000Z',
              barcode: { symbology: 'AZTEC', payload: 'I1VUMDFiZWlzcGllbA==' },
            },
          ],
        },
        expect.objectContaining({
          number: 'ABO-0077002',
          state: 'OTHER',
          until: '2027-11-30',
          price: { amount: '0.05', currency: 'EUR' },
          interval: 'OTHER',
          medium: 'CHIPCARD',
          maskedCardNumber: '••••3221',
          cancellableUntil: null,
          tickets: [],
        }),
      ],
      omissions: [
        { path: 'data[2].startsOn', reason: 'is not a day YYYY-MM-DD' },
        { path: 'data[0].tickets[1].validFrom', reason: 'is not a time with offset' },
      ],
    });
  });

  it.each([
    [
      'an unknown customer',
      json(404, { error: { code: 'CUSTOMER_NOT_FOUND', message: 'no' } }),
      'UPSTREAM_REJECTED',
      'CUSTOMER_NOT_FOUND',
    ],
    ['another path', json(404, '<html>'), 'UPSTREAM_REJECTED', 'HTTP 404'],
    ['maintenance', json(503, '<html>', { 'retry-after': '600' }), 'UPSTREAM_UNAVAILABLE', 'HTTP 503'],
    [
      'an error code that is a sentence',
      json(500, { error: 'Kunde JNV-1 kaputt' }),
      'UPSTREAM_UNAVAILABLE',
      'HTTP 500',
    ],
  ])('are refused for %s', async (_name, answer, code, upstreamCode) => {
    const { backend } = shop(() => answer);
    await expect(backend.listSubscriptions('JNV-1', CALL)).rejects.toMatchObject({ code, details: { upstreamCode } });
  });

  it('are malformed when a page comes with status 200', async () => {
    const { backend } = shop(() => json(200, '<html>Anmeldung</html>'));
    await expect(backend.listSubscriptions('JNV-1', CALL)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });

  it('send the number as one part of the path, whatever it holds', async () => {
    const { backend, requests } = shop(() => SUBSCRIPTIONS);
    await backend.listSubscriptions('../x?y', CALL);
    expect(requests[1]).toContain('/api/v2/customers/..%2Fx%3Fy/subscriptions\n');
  });
});

describe('the access token', () => {
  it('is kept until shortly before it expires', async () => {
    const { backend, clock, asked } = shop(() => SUBSCRIPTIONS);
    await backend.listSubscriptions('JNV-1', CALL);
    await clock.advance(269_000);
    await backend.listSubscriptions('JNV-2', CALL);
    await clock.advance(2_000);
    await backend.listSubscriptions('JNV-3', CALL);
    expect(asked()).toEqual(['oauth', 'token-1', 'token-1', 'oauth', 'token-2']);
  });

  it('is fetched once for requests that come together', async () => {
    const { backend, asked } = shop(() => SUBSCRIPTIONS);
    await Promise.all(['1', '2', '3'].map((number) => backend.listSubscriptions(number, CALL)));
    expect(asked()).toEqual(['oauth', 'token-1', 'token-1', 'token-1']);
  });

  it('is renewed once when it is refused, together for all whose request was refused', async () => {
    const { backend, asked } = shop(({ headers }) =>
      headers?.['authorization'] === 'Bearer token-1' ? EXPIRED : SUBSCRIPTIONS,
    );
    await Promise.all(['1', '2'].map((number) => backend.listSubscriptions(number, CALL)));
    expect(asked()).toEqual(['oauth', 'token-1', 'token-1', 'oauth', 'token-2', 'token-2']);
  });

  it('is not renewed a second time for one request', async () => {
    const { backend, asked } = shop(() => EXPIRED);
    await expect(backend.listSubscriptions('1', CALL)).rejects.toMatchObject({
      code: 'UPSTREAM_REJECTED',
      details: { upstreamCode: 'invalid_token' },
    });
    expect(asked()).toEqual(['oauth', 'token-1', 'oauth', 'token-2']);
  });

  it('may fail without spoiling the next request', async () => {
    const answers = [json(503, ''), json(401, { error: 'invalid_client' }), json(200, fixture('token.answer.json'))];
    const { backend } = shop(
      () => SUBSCRIPTIONS,
      () => answers.shift()!,
    );
    await expect(backend.listSubscriptions('1', CALL)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await expect(backend.listSubscriptions('1', CALL)).rejects.toMatchObject({
      details: { upstreamCode: 'invalid_client' },
    });
    expect((await backend.listSubscriptions('1', CALL)).value).toHaveLength(2);
  });

  it('has a deadline of its own, and nobody waits longer than they live', async () => {
    const gone = new AbortController();
    const { backend, clock } = shop(
      () => SUBSCRIPTIONS,
      () => new Promise(() => undefined),
    );
    const patient = backend.listSubscriptions('1', CALL).catch((error: unknown) => error);
    const impatient = backend.listSubscriptions('2', { signal: gone.signal }).catch((error: unknown) => error);
    await settle();
    gone.abort();
    expect(await impatient).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    await clock.advance(4_000);
    expect(await patient).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  it.each([
    [{ access_token: 'a\r\nb', token_type: 'Bearer', expires_in: 300 }, 'access_token'],
    [{ access_token: 'a', token_type: 'mac', expires_in: 300 }, 'token_type'],
    [{ access_token: 'a', token_type: 'Bearer', expires_in: 0 }, 'expires_in'],
    [{ access_token: 'a', token_type: 'Bearer', expires_in: '300' }, 'expires_in'],
  ])('must be one: %j', async (token, path) => {
    const { backend } = shop(
      () => SUBSCRIPTIONS,
      () => json(200, token),
    );
    await expect(backend.listSubscriptions('1', CALL)).rejects.toMatchObject({
      code: 'UPSTREAM_MALFORMED',
      details: { path },
    });
  });
});
