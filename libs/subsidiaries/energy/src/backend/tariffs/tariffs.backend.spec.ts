import { describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import type { HttpResponse, Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../../fixtures/fake-sap.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { TariffsBackend } from './tariffs.backend.js';

const call: UpstreamCall = { signal: new AbortController().signal };

function backendWith(answer: HttpResponse): { backend: TariffsBackend; sap: FakeSap } {
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  return { backend: new TariffsBackend(new SapGateway(settings, upstream, new TestClock())), sap };
}

const refused = (code: string, status = 400): HttpResponse =>
  jsonAnswer(JSON.stringify({ error: { code, message: { lang: 'de', value: 'nein' } } }), status);

describe('tariffs', () => {
  it('are one request that names no customer, and a tariff says all that SAP does', async () => {
    const { backend, sap } = backendWith(jsonAnswer(fixture('tariffs.answer.json')));
    const { value } = await backend.listTariffs('POWER', call);
    expect(sap.requests.slice(1).map(printed)).toEqual([fixture('list-tariffs.request.txt').toString('utf8')]);
    expect(value[0]).toEqual({
      number: 'FLUSS',
      name: 'Flussstrom',
      description: 'Vom Fluss.',
      commodity: 'POWER',
      postcodes: ['07743', '07745'],
      minimum: '100',
      maximum: '9999',
      prices: [
        { kind: 'BASE', zone: null, name: 'Grundpreis', net: '120.00000000', from: '2026-01-01', until: '2026-12-31' },
        { kind: 'UNIT', zone: 'SINGLE', name: 'Arbeitspreis', net: '0.25000000', from: '2026-01-01', until: null },
        { kind: 'BASE', zone: null, name: 'Grundpreis', net: '132.00000000', from: '2027-01-01', until: null },
      ],
      vatPercent: '19.00',
      bonuses: [
        {
          kind: 'NEW_CUSTOMER',
          name: 'Willkommen',
          amount: { amount: '50.00', currency: 'EUR' },
          from: null,
          until: null,
        },
        {
          kind: 'OTHER',
          name: 'Umwelt',
          amount: { amount: '5.50', currency: 'EUR' },
          from: '2026-03-01',
          until: '2026-12-31',
        },
      ],
      minimumTerm: { count: 12, unit: 'MONTH' },
      noticePeriod: { count: 4, unit: 'WEEK' },
      priceGuarantee: { count: 12, unit: 'MONTH' },
    });
  });

  it('that are kept without prices are there; those with a price that nobody understands are left out', async () => {
    const { backend } = backendWith(jsonAnswer(fixture('tariffs.answer.json')));
    const { value, omissions } = await backend.listTariffs('POWER', call);
    expect(value.map(({ number, name }) => [number, name])).toEqual([
      ['FLUSS', 'Flussstrom'],
      ['LAGER', 'LAGER'],
    ]);
    expect(omissions).toEqual([
      { path: 'd.results[0].Discounts.results[2].DiscountMethod', reason: 'is no amount' },
      { path: 'd.results[2].Prices.results[0].OperandID', reason: 'is no operand that is known' },
      { path: 'd.results[3].Prices.results[0].PriceAmount', reason: 'is negative' },
      { path: 'd.results[4].Attributes', reason: 'has no rate of value added tax' },
      { path: 'd.results[5].Attributes.results[0].Value', reason: 'is no list of postcodes' },
      { path: 'd.results[6].Prices.results[0].ProductID', reason: 'is another product' },
    ]);
  });

  it('are none where the service pack has no prices, which is no failure; other refusals are', async () => {
    const older = backendWith(refused('005056A509B11EE1B9A8FEC11C23378E'));
    expect(await older.backend.listTariffs('GAS', call)).toEqual({ value: [], omissions: [] });
    const closed = backendWith(refused('/IWFND/CM_CONSUMER/101', 403));
    await expect(closed.backend.listTariffs('GAS', call)).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });

  it('of no single division are not asked for', async () => {
    const { backend, sap } = backendWith(refused('x'));
    expect(await backend.listTariffs('OTHER', call)).toEqual({ value: [], omissions: [] });
    expect(sap.requests).toEqual([]);
  });
});
