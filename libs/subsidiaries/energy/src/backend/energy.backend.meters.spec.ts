import { describe, expect, it } from '@jest/globals';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { HttpRequest, HttpResponse, Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from './energy.backend.js';
import { SapGateway } from './sap/sap-gateway.js';

const ACCOUNT = '0004471100';
const call: UpstreamCall = { signal: new AbortController().signal };
const golden = (name: string): string => fixture(`${name}.request.txt`).toString('utf8');

function backendWith(answer: (request: HttpRequest) => HttpResponse): { backend: EnergyBackend; sap: FakeSap } {
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer(request)));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  return { backend: new EnergyBackend(new SapGateway(settings, upstream, new TestClock()), new TestClock()), sap };
}

function meterAnswer({ path }: HttpRequest): HttpResponse {
  if (path.includes('/ContractAccounts')) return jsonAnswer(fixture('devices.answer.json'));
  return jsonAnswer(fixture(path.includes('10071003') ? 'registers-heating.answer.json' : 'registers.answer.json'));
}

const readings = (changes: object = {}) => ({
  device: '10071001',
  date: '2026-11-20' as CalendarDate,
  readings: [
    { register: '001', value: '5020.5' as DecimalText, note: null },
    { register: '002', value: '1100.0' as DecimalText, note: '03' },
  ],
  ...changes,
});

const instalment = (changes: object = {}) => ({
  contract: '0900071001',
  plan: '000007100001',
  amount: '95.50' as DecimalText,
  from: '2026-12-01' as CalendarDate,
  etag: 'W/"datetime\'2026-01-01T00%3A00%3A00\'"',
  ...changes,
});

describe('the meters of an account', () => {
  it('are asked for once, and their registers once per device', async () => {
    const { backend, sap } = backendWith(meterAnswer);
    const { value } = await backend.listMeters(ACCOUNT, call);
    expect(sap.requests.slice(1).map(printed)).toEqual([
      golden('list-devices'),
      golden('list-registers'),
      golden('list-registers').replace('10071001', '10071003'),
    ]);
    expect(value.map(({ number, registers }) => [number, registers.map((register) => register.number)])).toEqual([
      ['10071001', ['001', '002']],
      ['10071003', ['001']],
    ]);
  });

  it('lose one of which SAP refuses or garbles the registers, and keep the others', async () => {
    const { backend } = backendWith((request) =>
      request.path.includes('10071003') ? jsonAnswer(fixture('error.answer.json'), 404) : meterAnswer(request),
    );
    const { value, omissions } = await backend.listMeters(ACCOUNT, call);
    expect(value.map(({ number }) => number)).toEqual(['10071001']);
    expect(omissions.at(-1)).toEqual({
      path: 'd.results[1].Contracts.results[0].Devices.results[0].RegistersToRead',
      reason: 'is refused',
    });
  });

  it('lose one with a register that cannot be read: half a meter would be read wrong', async () => {
    const { backend } = backendWith((request) =>
      request.path.includes('10071003')
        ? jsonAnswer(fixture('registers-heating.answer.json').toString('utf8').replace('"05"', '"viele"'))
        : meterAnswer(request),
    );
    const { value, omissions } = await backend.listMeters(ACCOUNT, call);
    expect(value).toHaveLength(1);
    expect(omissions.at(-1)?.reason).toMatch(/longer|digits/);
  });

  it('are not shown at all when SAP is down on the way', async () => {
    const { backend } = backendWith((request) =>
      request.path.includes('/Devices(') ? jsonAnswer('{}', 503) : meterAnswer(request),
    );
    await expect(backend.listMeters(ACCOUNT, call)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('readings and notes', () => {
  it('are each one set', async () => {
    const { backend, sap } = backendWith(({ path }) =>
      jsonAnswer(fixture(path.endsWith('Notes') ? 'notes.answer.json' : 'readings.answer.json')),
    );
    expect((await backend.listReadings('10071001', call)).value).toHaveLength(4);
    expect((await backend.listNotes(call)).value).toHaveLength(2);
    expect(sap.requests.slice(1).map(printed)).toEqual([golden('list-readings'), golden('list-notes')]);
  });

  it('are followed over the pages of a long history', async () => {
    const { backend, sap } = backendWith(({ path }) => {
      const answer = JSON.parse(fixture('readings.answer.json').toString('utf8')) as { d: Record<string, unknown> };
      if (!path.includes('skiptoken')) answer.d['__next'] = 'https://sap.example/x?$skiptoken=100';
      return jsonAnswer(JSON.stringify(answer));
    });
    expect((await backend.listReadings('10071001', call)).value).toHaveLength(8);
    expect(sap.requests.at(-1)?.path).toMatch(/MeterReadingResults\?\$skiptoken=100$/);
  });
});

describe('a change', () => {
  const created = (): HttpResponse => jsonAnswer('{"d":{}}', 201);
  const noContent = (): HttpResponse => ({ status: 204, headers: {}, body: Buffer.alloc(0) });

  it('of readings is one POST: first register on top, the others dependent on it', async () => {
    const { backend, sap } = backendWith(created);
    expect(await backend.submitReadings(readings(), call)).toEqual({ kind: 'taken' });
    expect(sap.requests.slice(1).map(printed)).toEqual([golden('submit-readings')]);
  });

  it('of an instalment is one PUT of that version', async () => {
    const { backend, sap } = backendWith(noContent);
    expect(await backend.changeInstalment(instalment(), call)).toEqual({ kind: 'taken' });
    expect(sap.requests.slice(1).map(printed)).toEqual([golden('change-instalment')]);
  });

  it('cannot be led to another entity by strange numbers', async () => {
    const { backend, sap } = backendWith(created);
    await backend.submitReadings(readings({ device: "1')/Contracts('9?x#\r\n" }), call);
    await backend.changeInstalment(instalment({ contract: "1',X='2", plan: '../../a b' }), call);
    expect(sap.requests.slice(1).map(({ path }) => path)).toEqual([
      "/sap/opu/odata/sap/ERP_UTILITIES_UMC/Devices('1%27%27)%2FContracts(%27%279%3Fx%23%0D%0A')/MeterReadingResults",
      "/sap/opu/odata/sap/ERP_UTILITIES_UMC/BudgetBillingPlans(ContractID='1%27%27%2CX%3D%27%272',BudgetBillingPlanID='..%2F..%2Fa%20b')",
    ]);
  });

  it('cannot get fields of its own through a value, nor a header through a version', async () => {
    const { backend, sap } = backendWith(created);
    const evil = '1","MeterReadingStatusID":"4","x":"\u2028\r\n';
    await backend.submitReadings(
      readings({ readings: [{ register: evil, value: evil as DecimalText, note: evil }] }),
      call,
    );
    await backend.changeInstalment(instalment({ etag: 'W/"1"\r\nx-evil: 1' }), call);
    const [, posted, put] = sap.requests;
    expect(JSON.parse(String(posted?.body))).toEqual({
      DeviceID: '10071001',
      RegisterID: evil,
      ReadingResult: evil,
      ReadingDateTime: '/Date(1795132800000)/',
      MeterReadingNoteID: evil,
      DependentMeterReadingResults: [],
    });
    expect(put?.headers).not.toHaveProperty('if-match');
  });
});
