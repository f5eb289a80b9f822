import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../fixtures/fake-sap.js';
import { billedPeriods, consumedByDay } from '../model/meters/consumption.js';
import { EnergyBackend } from './energy.backend.js';
import { SapGateway } from './sap/sap-gateway.js';

const call: UpstreamCall = { signal: new AbortController().signal };
const golden = (name: string): string => fixture(`${name}.request.txt`).toString('utf8');
const day = (text: string): CalendarDate => text as CalendarDate;

function backendWith(answer: string): { backend: EnergyBackend; sap: FakeSap } {
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : jsonAnswer(fixture(answer))));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  return { backend: new EnergyBackend(new SapGateway(settings, upstream, new TestClock()), new TestClock()), sap };
}

describe('consumption by billed period', () => {
  it('is one request for all contracts, also where the set Contracts is blocked', async () => {
    const { backend, sap } = backendWith('consumption.answer.json');
    const { value, omissions } = await backend.listConsumption('0004471100', call);
    expect(sap.requests.slice(1).map(printed)).toEqual([golden('list-consumption')]);
    expect(value).toHaveLength(5);
    expect(omissions.map(({ reason }) => reason)).toEqual([
      'is not a decimal number',
      'is not a month',
      'is another contract',
      'is not text',
      'is another account',
    ]);
    const days = { from: day('2026-01-01'), until: day('2026-11-22') };
    expect(
      billedPeriods(value, '900071001', days).map(({ billedIn, from, value: used, cost, category }) => [
        billedIn,
        from,
        used,
        cost.amount,
        category,
      ]),
    ).toEqual([
      ['2026-08', '2026-09-01', '200.000', '64.00', 'UTILITY'],
      ['2026-09', '2026-09-01', '210.000', '67.20', 'ESTIMATE'],
      ['2026-10', '2026-10-01', '216.457', '69.26', 'UTILITY'],
    ]);
  });
});

describe('consumption by day', () => {
  it('asks for the days of one contract and adds its registers', async () => {
    const { backend, sap } = backendWith('profile-days.answer.json');
    const days = { from: day('2026-11-14'), until: day('2026-11-16') };
    const { value, omissions } = await backend.listProfileDays('0900071001', days, call);
    expect(sap.requests.slice(1).map(printed)).toEqual([golden('list-profile-days')]);
    expect(consumedByDay(value)).toEqual([
      { date: '2026-11-14', value: '6.000', unit: 'kWh' },
      { date: '2026-11-15', value: '7.305', unit: 'kWh' },
    ]);
    expect(omissions.map(({ reason }) => reason)).toEqual([
      'is not a day',
      'is another contract',
      'is not a decimal number',
    ]);
  });

  it('cannot be led to another contract by a strange number', async () => {
    const { backend, sap } = backendWith('profile-days.answer.json');
    const days = { from: day('2026-11-14'), until: day('2026-11-16') };
    await backend.listProfileDays("1' or ContractID ne '&$top=1", days, call);
    const sent = sap.requests.at(-1)!.path;
    expect(sent.match(/[?&]/g)).toHaveLength(1);
    expect(decodeURIComponent(sent)).toContain("ContractID eq '1'' or ContractID ne ''&$top=1' and OutputInterval");
  });
});
