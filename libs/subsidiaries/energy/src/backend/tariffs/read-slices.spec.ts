import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { Upstream } from '#lib/upstream';
import { date } from '../../../fixtures/fake-products.js';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../../fixtures/fake-sap.js';
import { upcomingIn, type ProductSlice } from '../../model/tariffs/product-slice.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { ProductBackend } from './product.backend.js';

const ACCOUNT = '0004471100';
const CONTRACT = '0900071001';
const slice = (ProductID: string, day: string, Product: object | null = null) => ({
  ContractID: CONTRACT,
  Description: 'Strom zu Hause',
  StartDate: date(day),
  ProductID,
  Product,
});

function house(rows: readonly object[]) {
  const answer = jsonAnswer(JSON.stringify({ d: { results: rows } }));
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  const backend = new ProductBackend(new SapGateway(settings, upstream, new TestClock()));
  return { sap, read: () => backend.listSlices(ACCOUNT, { signal: new AbortController().signal }) };
}

const contract = (results: readonly object[], AccountID = ACCOUNT) => ({
  ContractID: CONTRACT,
  AccountID,
  ContractItemTimeSlices: { results },
});

describe('the products of contracts over time', () => {
  it('are one request, and bear the names of products rather than of their slices', async () => {
    const { sap, read } = house([
      contract([slice('BACH', '2021-04-01'), slice('FLUSS', '2027-01-01', { Description: 'Tarif Fluss' })]),
    ]);
    expect(await read()).toEqual({
      value: [
        { contractNumber: CONTRACT, number: 'BACH', product: 'BACH', from: '2021-04-01' },
        { contractNumber: CONTRACT, number: 'FLUSS', product: 'Tarif Fluss', from: '2027-01-01' },
      ],
      omissions: [],
    });
    expect(sap.requests.slice(1).map(printed)).toEqual([fixture('list-product-slices.request.txt').toString('utf8')]);
  });

  it('leave out contracts of another account, and such as cannot be read', async () => {
    const { read } = house([
      contract([slice('BACH', '2021-04-01')], '0004471999'),
      { ContractID: CONTRACT, AccountID: ACCOUNT },
      contract([{ ...slice('BACH', '2021-04-01'), StartDate: 'morgen' }]),
    ]);
    const { value, omissions } = await read();
    expect(value).toEqual([]);
    expect(omissions.map(({ path }) => path)).toEqual([
      'd.results[0].AccountID',
      'd.results[1].ContractItemTimeSlices',
      'd.results[2].ContractItemTimeSlices.results[0].StartDate',
    ]);
  });

  it('name the next one that has not begun', () => {
    const of = (number: string, from: string, contractNumber = CONTRACT): ProductSlice => ({
      contractNumber,
      number,
      product: number,
      from: from as CalendarDate,
    });
    const next = (today: string): string | undefined => upcomingIn(slices, '900071001', today as CalendarDate)?.number;
    const slices = [of('C', '2027-06-01'), of('A', '2021-04-01'), of('B', '2027-01-01'), of('X', '2026-12-01', '9')];
    expect(['2026-11-18', '2027-01-01', '2027-06-01'].map(next)).toEqual(['B', 'C', undefined]);
  });
});
