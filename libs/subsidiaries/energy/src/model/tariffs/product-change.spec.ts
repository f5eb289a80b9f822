import { describe, expect, it } from '@jest/globals';
import { toGlobalId, type CalendarDate, type DecimalText } from '#lib/kernel';
import {
  isChanged,
  refusalByContract,
  refusalByTariffs,
  refusalOfProductWish,
  type ChangeableContract,
  type ProductWish,
} from './product-change.js';
import type { Tariff, TariffPrice } from './tariff.js';

const day = (text: string): CalendarDate => text as CalendarDate;
const decimal = (text: string): DecimalText => text as DecimalText;
const TODAY = day('2026-11-22');

const contract: ChangeableContract = {
  contractNumber: '0900071001',
  commodity: 'POWER',
  product: 'BACH',
  until: null,
  postcode: '07743',
  terms: {
    contractNumber: '0900071001',
    minimumTerm: null,
    boundUntil: day('2022-03-31'),
    noticePeriod: { count: 1, unit: 'MONTH' },
  },
  slices: [{ product: 'BACH', from: day('2021-04-01') }],
};
const price = (kind: 'BASE' | 'UNIT', zone: TariffPrice['zone'], net: string): TariffPrice => ({
  kind,
  zone,
  name: zone ?? 'Grundpreis',
  net: decimal(net),
  from: day('2026-01-01'),
  until: null,
});
const tariff = (changes: Partial<Tariff> = {}): Tariff => ({
  number: 'FLUSS',
  name: 'Flussstrom',
  description: null,
  commodity: 'POWER',
  postcodes: ['07743'],
  minimum: null,
  maximum: null,
  prices: [price('BASE', null, '120.00000000'), price('UNIT', 'SINGLE', '0.25000000')],
  vatPercent: decimal('19.00'),
  bonuses: [],
  minimumTerm: null,
  noticePeriod: null,
  priceGuarantee: null,
  ...changes,
});
const SEEN = [
  { zone: null, grossPrice: decimal('142.8') },
  { zone: 'SINGLE' as const, grossPrice: decimal('0.2975') },
];
const wish = (changes: Partial<ProductWish> = {}): ProductWish => ({
  contractId: toGlobalId('EnergyContract', '900071001'),
  tariffId: toGlobalId('Tariff', 'FLUSS'),
  from: day('2027-01-01'),
  seen: SEEN,
  orderConfirmed: true,
  ...changes,
});
const known = <T>(...value: T[]) => ({ value, omissions: [] });
const GAPS = [{ path: 'd.results[0]', reason: 'is empty' }];

describe('another product by itself', () => {
  it('is ordered by the button that says so, for a day to come', () => {
    expect(refusalOfProductWish(wish(), TODAY)).toBeNull();
  });

  it.each([
    ['without the button', { orderConfirmed: false }, { path: 'orderConfirmed', code: 'ORDER_NOT_CONFIRMED' }],
    ['for no contract', { contractId: 'x' }, { path: 'contractId', code: 'NOT_YOURS' }],
    ['from today', { from: TODAY }, { path: 'from', code: 'DATE_TOO_EARLY', earliest: '2026-11-23' }],
  ])('is not ordered %s', (_what, changes, problem) => {
    expect(refusalOfProductWish(wish(changes), TODAY)?.problems).toEqual([problem]);
  });
});

describe('another product by the contract', () => {
  it('begins on the day after the present one could end, by notice or by binding', () => {
    const by = (from: string, terms: Partial<ChangeableContract['terms']> = {}) =>
      refusalByContract(
        wish({ from: day(from) }),
        known({ ...contract, terms: { ...contract.terms, ...terms } }),
        TODAY,
      )?.problems;
    expect(by('2026-12-23')).toBeUndefined();
    expect(by('2026-12-22')).toEqual([{ path: 'from', code: 'DATE_TOO_EARLY', earliest: '2026-12-23' }]);
    const bound = { boundUntil: day('2029-03-31') };
    expect(by('2029-04-01', bound)).toBeUndefined();
    expect(by('2029-03-31', bound)).toEqual([{ path: 'from', code: 'DATE_TOO_EARLY', earliest: '2029-04-01' }]);
    expect(by('2029-04-02', bound)).toEqual([{ path: 'from', code: 'DATE_TOO_LATE' }]);
    expect(by('2027-11-23')).toBeUndefined();
    expect(by('2027-11-24')).toEqual([{ path: 'from', code: 'DATE_TOO_LATE' }]);
  });

  it.each([
    ['that ends', { until: day('2027-06-30') }],
    ['that is being changed', { slices: [...contract.slices, { product: 'SEE', from: day('2027-02-01') }] }],
    ['whose notice nobody knows', { terms: { ...contract.terms, noticePeriod: null } }],
  ])('is not possible for one %s', (_what, changes) => {
    expect(refusalByContract(wish(), known({ ...contract, ...changes }), TODAY)?.problems).toEqual([
      { path: 'contractId', code: 'NOT_POSSIBLE' },
    ]);
  });

  it('is for an own one, unless it may be unreadable', () => {
    expect(refusalByContract(wish(), known(), TODAY)).toMatchObject({ code: 'NOT_YOURS' });
    expect(refusalByContract(wish(), { value: [], omissions: GAPS }, TODAY)).toBeNull();
  });
});

describe('another product by what is for sale', () => {
  const by = (changes: Partial<Tariff>, more: Partial<ProductWish> = {}) =>
    refusalByTariffs(wish(more), contract, known(tariff(changes)), TODAY);

  it('has the prices that were seen, tax included', () => {
    expect(by({})).toBeNull();
    expect(by({}, { seen: SEEN.toReversed() })).toBeNull();
  });

  it.each([
    ['another price', [SEEN[0]!, { zone: 'SINGLE' as const, grossPrice: decimal('0.29') }]],
    ['one price of two', [SEEN[0]!]],
    ['prices of other zones', [SEEN[0]!, { zone: 'HIGH' as const, grossPrice: decimal('0.2975') }]],
    ['a price too many', [...SEEN, { zone: 'LOW' as const, grossPrice: decimal('0.2') }]],
  ])('is refused with %s seen, and tells those that hold', (_what, seen) => {
    expect(by({}, { seen })?.problems).toEqual([
      {
        path: 'seen',
        code: 'CHANGED_MEANWHILE',
        choices: [
          { value: '142.800000', label: 'Grundpreis: 142.800000 EUR/a' },
          { value: '0.297500', label: 'SINGLE: 0.297500 EUR/kWh' },
        ],
      },
    ]);
  });

  it('has the prices of its first day', () => {
    const next = { ...price('BASE', null, '132.00000000'), from: day('2027-06-01') };
    const [base, unit] = tariff().prices;
    const prices = [{ ...base!, until: day('2027-05-31') }, unit!, next];
    expect(by({ prices })).toBeNull();
    expect(by({ prices }, { from: day('2027-06-01') })).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });

  it.each([
    ['the present one', { number: 'BACH' }, { tariffId: toGlobalId('Tariff', 'BACH') }, 'NOT_POSSIBLE'],
    ['one of another commodity', { commodity: 'GAS' as const }, {}, 'PRODUCT_UNKNOWN'],
    ['one that is not sold there', { postcodes: ['07745'] }, {}, 'PRODUCT_UNKNOWN'],
    ['one without prices', { prices: [] }, {}, 'PRODUCT_UNKNOWN'],
    ['none', {}, { tariffId: toGlobalId('Tariff', 'MEER') }, 'PRODUCT_UNKNOWN'],
    ['what is no tariff', {}, { tariffId: 'FLUSS' }, 'PRODUCT_UNKNOWN'],
  ])('is not %s', (_what, changes, more, code) => {
    expect(by(changes, more)?.problems).toEqual([{ path: 'tariffId', code }]);
  });

  it('has as many zones as the meter counts now', () => {
    const zones = [
      price('BASE', null, '1.00000000'),
      price('UNIT', 'HIGH', '1.00000000'),
      price('UNIT', 'LOW', '1.00000000'),
    ];
    const present = tariff({ number: 'BACH' });
    const refused = refusalByTariffs(wish(), contract, known(tariff({ prices: zones }), present), TODAY);
    expect(refused).toMatchObject({ code: 'PRODUCT_UNKNOWN' });
    const both = known(tariff({ prices: zones }), { ...present, prices: zones });
    expect(refusalByTariffs(wish(), contract, both, TODAY)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });

  it('is not refused where it may be unreadable', () => {
    const gaps = { value: [], omissions: GAPS };
    expect(refusalByTariffs(wish(), contract, gaps, TODAY)).toBeNull();
  });
});

describe('a change that is there', () => {
  it('is of that product and day', () => {
    const slices = [...contract.slices, { product: 'FLUSS', from: day('2027-01-01') }];
    expect(isChanged(wish(), { ...contract, slices })).toBe(true);
    expect(isChanged(wish({ from: day('2027-02-01') }), { ...contract, slices })).toBe(false);
    expect(isChanged(wish({ tariffId: toGlobalId('Tariff', 'SEE') }), { ...contract, slices })).toBe(false);
  });
});
