import { describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import type { HttpResponse, Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from './energy.backend.js';
import { SapGateway } from './sap/sap-gateway.js';

const ACCOUNT = '0004471100';
const call: UpstreamCall = { signal: new AbortController().signal };
const golden = (name: string): string => fixture(`${name}.request.txt`).toString('utf8');

function backendWith(answer: HttpResponse): { backend: EnergyBackend; sap: FakeSap } {
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  return { backend: new EnergyBackend(new SapGateway(settings, upstream, new TestClock()), new TestClock()), sap };
}

const refused = (code: string, status = 400): HttpResponse =>
  jsonAnswer(JSON.stringify({ error: { code, message: { lang: 'de', value: 'nein' } } }), status);

describe('terms of contracts', () => {
  it('are one request, and say no more than the system does', async () => {
    const { backend, sap } = backendWith(jsonAnswer(fixture('terms.answer.json')));
    const { value, omissions } = await backend.listTerms(ACCOUNT, call);
    expect(sap.requests.slice(1).map(printed)).toEqual([golden('list-terms')]);
    const unknown = { minimumTerm: null, noticePeriod: null, boundUntil: null };
    expect(value).toEqual([
      {
        contractNumber: '0900071001',
        minimumTerm: { count: 24, unit: 'MONTH' },
        noticePeriod: { count: 6, unit: 'WEEK' },
        boundUntil: '2027-01-31',
      },
      { contractNumber: '0900071002', ...unknown },
      { contractNumber: '0900071003', ...unknown },
    ]);
    expect(omissions).toEqual([
      { path: 'd.results[3].Attributes.results[0].Value', reason: 'is not a span of time' },
      { path: 'd.results[4].AccountID', reason: 'is another account' },
    ]);
  });

  it('are unknown to older service packs, which is no failure; other refusals are', async () => {
    const older = backendWith(refused('005056A509B11EE1B9A8FEC11C23378E'));
    expect(await older.backend.listTerms(ACCOUNT, call)).toEqual({ value: [], omissions: [] });
    const closed = backendWith(refused('/IWFND/CM_CONSUMER/101', 403));
    await expect(closed.backend.listTerms(ACCOUNT, call)).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });
});

describe('the current billing period', () => {
  it('is what the function returns', async () => {
    const { backend, sap } = backendWith(jsonAnswer(fixture('billing-period.answer.json')));
    const { value } = await backend.findBillingPeriod('0900071001', call);
    expect(value).toEqual({ from: '2026-01-01', until: '2026-12-31' });
    expect(sap.requests.slice(1).map(printed)).toEqual([golden('find-billing-period')]);
  });

  it('is none where its days are empty', async () => {
    const empty = '{"d":{"GetCurrentBillingPeriod":{"StartDate":null,"EndDate":null}}}';
    expect((await backendWith(jsonAnswer(empty)).backend.findBillingPeriod('1', call)).value).toBeNull();
  });

  it('cannot be asked of another contract by a strange number', async () => {
    const { backend, sap } = backendWith(jsonAnswer(fixture('billing-period.answer.json')));
    await backend.findBillingPeriod("1'&ContractID='2", call);
    expect(sap.requests.at(-1)?.path).toMatch(/\?ContractID='1%27%27%26ContractID%3D%27%272'$/);
  });
});
