import { describe, expect, it } from '@jest/globals';
import { readRows } from '#lib/formats';
import type { Omission } from '#lib/kernel';
import { fixture, rowsOf } from '../../fixtures/fake-sap.js';
import { readContract } from './contracts/read-contract.js';
import { readInstalments } from './billing/read-instalments.js';
import { readInvoice } from './billing/read-invoice.js';

const ACCOUNT = '0004471100';

describe('readContract', () => {
  const { value, omissions } = readRows(rowsOf('contracts.answer.json'), 'd.results', (row, path) =>
    readContract(row, path, ACCOUNT, () => undefined),
  );

  it('reads a running contract with its place and market location', () => {
    expect(value[0]).toEqual({
      number: '0900071001',
      contractAccount: '000001071100',
      commodity: 'POWER',
      product: 'Jena Strom fix',
      from: '2021-04-01',
      until: null,
      supplyPoint: {
        address: { street: 'Am Johannisfriedhof', houseNumber: '12 a', postcode: '07743', city: 'Jena' },
        marketLocation: '50712345682',
        meteringLocation: null,
      },
    });
  });

  it('finds the point of delivery by its division when the contract names none', () => {
    expect(value[1]).toMatchObject({
      commodity: 'GAS',
      until: '2025-12-31',
      supplyPoint: { marketLocation: '51908765436' },
    });
  });

  it('does without product text, end and points of delivery', () => {
    expect(value[2]).toMatchObject({
      commodity: 'DISTRICT_HEATING',
      product: 'SWE_FW',
      until: null,
      supplyPoint: { marketLocation: null, meteringLocation: null },
    });
  });

  it('leaves out rows without a start and rows of another account', () => {
    expect(value).toHaveLength(3);
    expect(omissions).toEqual([
      { path: 'd.results[3].ContractStartDate', reason: 'is not text' },
      { path: 'd.results[4].AccountID', reason: 'is another account' },
    ]);
  });

  it('leaves out a market location with a wrong check digit, not the contract', () => {
    const left: Omission[] = [];
    const row: unknown = JSON.parse(fixture('supply-point-doubtful.json').toString('utf8'));
    const contract = readContract(row, 'd', ACCOUNT, (omission) => left.push(omission));
    expect(contract.supplyPoint).toMatchObject({
      marketLocation: null,
      meteringLocation: 'DE0007107743000000000A1B2C3D4E5F6',
    });
    expect(left).toEqual([
      { path: 'd.Premise.PointOfDeliveries.results[0].ExternalID', reason: 'has a wrong check digit' },
    ]);
  });
});

describe('readInstalments', () => {
  const left: Omission[] = [];
  const { value, omissions } = readRows(rowsOf('instalments.answer.json'), 'd.results', (row, path) =>
    readInstalments(row, path, ACCOUNT, (omission) => left.push(omission)),
  );

  it('reads the running plans from contracts of older and newer service packs', () => {
    expect(value.flat()).toEqual([
      {
        contractNumber: '0900071001',
        amount: { amount: '87.00', currency: 'EUR' },
        minimum: { amount: '60.00', currency: 'EUR' },
        maximum: { amount: '130.50', currency: 'EUR' },
        cycle: 'Monatlich',
      },
      {
        contractNumber: '900071003',
        amount: { amount: '142.00', currency: 'EUR' },
        minimum: { amount: '100.00', currency: 'EUR' },
        maximum: { amount: '210.00', currency: 'EUR' },
        cycle: null,
      },
    ]);
  });

  it('costs a malformed plan its contract and a foreign account all of its contracts', () => {
    expect(left).toEqual([
      { path: 'd.results[1].Contracts.results[2].ActiveBudgetBillingPlan.Amount', reason: 'is not a decimal number' },
    ]);
    expect(omissions).toEqual([{ path: 'd.results[3].AccountID', reason: 'is another account' }]);
  });
});

describe('readInvoice', () => {
  const { value, omissions } = readRows(rowsOf('invoices.answer.json'), 'd.results', (row, path) =>
    readInvoice(row, path, ACCOUNT),
  );

  it('reads amounts, dates and the commodity where it is named', () => {
    expect(value).toEqual([
      expect.objectContaining({
        number: 'ISU000000710001',
        commodity: 'POWER',
        open: { amount: '0.00', currency: 'EUR' },
      }),
      {
        number: 'ISU000000710002',
        contractAccount: '000001071100',
        commodity: 'GAS',
        date: '2026-10-26',
        due: '2026-11-09',
        amount: { amount: '64.20', currency: 'EUR' },
        open: { amount: '50.00', currency: 'EUR' },
        state: 'OPEN',
      },
      expect.objectContaining({ commodity: null, amount: { amount: '-31.05', currency: 'EUR' } }),
    ]);
  });

  it('leaves out invoices without a due date or with an unknown currency', () => {
    expect(omissions).toEqual([
      { path: 'd.results[3].DueDate', reason: 'is not text' },
      { path: 'd.results[4].Currency', reason: 'is not a currency of ISO 4217' },
    ]);
  });
});
