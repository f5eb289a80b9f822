import { describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import type { HttpRequest, HttpResponse, Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from './energy.backend.js';
import { SapGateway } from './sap/sap-gateway.js';

const ACCOUNT = '0004471100';
const call: UpstreamCall = { signal: new AbortController().signal };

function backendWith(answer: (request: HttpRequest) => HttpResponse): { backend: EnergyBackend; sap: FakeSap } {
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer(request)));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  return { backend: new EnergyBackend(new SapGateway(settings, upstream, new TestClock()), new TestClock()), sap };
}

describe('EnergyBackend', () => {
  it.each([
    ['listContracts', 'contracts.answer.json', 'list-contracts.request.txt', 3, 2],
    ['listInstalments', 'instalments.answer.json', 'list-instalments.request.txt', 2, 2],
    ['listInvoices', 'invoices.answer.json', 'list-invoices.request.txt', 3, 2],
  ] as const)('%s sends one request and reads its answer', async (method, answer, golden, read, omitted) => {
    const { backend, sap } = backendWith(() => jsonAnswer(fixture(answer)));
    const { value, omissions } = await backend[method](ACCOUNT, call);
    expect(value).toHaveLength(read);
    expect(omissions).toHaveLength(omitted);
    expect(sap.requests.map(printed)).toEqual([
      fixture('sign-in.request.txt').toString('utf8'),
      fixture(golden).toString('utf8'),
    ]);
  });

  it('cannot be led to another entity by a strange account', async () => {
    const { backend, sap } = backendWith(() => jsonAnswer('{"d":{"results":[]}}'));
    await backend.listInvoices("1')/Contracts('9", call);
    expect(sap.requests.at(-1)?.path).toBe(
      "/sap/opu/odata/sap/ERP_UTILITIES_UMC/Accounts('1%27%27)%2FContracts(%27%279')/Invoices",
    );
  });

  it('follows pages by their token, never by their address', async () => {
    const next = 'https://elsewhere.example/Invoices?$skiptoken=a%20b';
    const { backend, sap } = backendWith(({ path }) =>
      jsonAnswer(JSON.stringify({ d: { results: [], ...(path.includes('skiptoken') ? {} : { __next: next }) } })),
    );
    expect(await backend.listContracts(ACCOUNT, call)).toEqual({ value: [], omissions: [] });
    expect(sap.requests.map(({ path }) => path).slice(1)).toEqual([
      expect.stringMatching(/^\/sap\/.*ContractItems\?\$expand=[^&]*$/),
      expect.stringMatching(/^\/sap\/.*ContractItems\?\$expand=[^&]*&\$skiptoken=a%20b$/),
    ]);
  });

  it('gives up a set that never ends and says so', async () => {
    const { backend, sap } = backendWith(() => jsonAnswer('{"d":{"results":[],"__next":"x?$skiptoken=1"}}'));
    const { omissions } = await backend.listInvoices(ACCOUNT, call);
    expect(omissions).toEqual([{ path: 'd.__next', reason: 'goes on after 10 pages' }]);
    expect(sap.requests).toHaveLength(11);
  });
});
