import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareDecimals, money, parseDecimal, sumDecimals, type CalendarDate } from '#lib/kernel';
import type { Tariff, TariffPrice } from './tariff.js';
import { offerOf } from './tariff-offer.js';
import { parseTariffSearch, searchTariffs, type TariffSearchInput } from './tariff-search.js';

const TODAY = '2026-11-22' as CalendarDate;
const decimal = (text: string, scale = 8) => parseDecimal(text, scale)!;

function price(zone: TariffPrice['zone'], net: string, more: Partial<TariffPrice> = {}): TariffPrice {
  const kind = zone === null ? 'BASE' : 'UNIT';
  return {
    kind,
    zone,
    name: zone ?? 'Grund',
    net: decimal(net),
    from: '2026-01-01' as CalendarDate,
    until: null,
    ...more,
  };
}

function tariff(number: string, more: Partial<Tariff> = {}): Tariff {
  return {
    number,
    name: `Tarif ${number}`,
    description: null,
    commodity: 'POWER',
    postcodes: ['07743'],
    minimum: null,
    maximum: null,
    prices: [price(null, '120'), price('SINGLE', '0.25')],
    vatPercent: decimal('19', 2),
    bonuses: [],
    minimumTerm: null,
    noticePeriod: null,
    priceGuarantee: null,
    ...more,
  };
}

const INPUT: TariffSearchInput = { postcode: '07743', commodity: 'POWER', annualConsumption: '2500' };
const search = (tariffs: readonly Tariff[], input: Partial<TariffSearchInput> = {}) =>
  searchTariffs(tariffs, parseTariffSearch({ ...INPUT, ...input }, TODAY), TODAY);
const numbers = (tariffs: readonly Tariff[], input: Partial<TariffSearchInput> = {}): string[] =>
  search(tariffs, input).offers.map(({ tariff: { number } }) => number);

describe('an offer', () => {
  const offer = (each: Tariff, input: Partial<TariffSearchInput> = {}) =>
    offerOf(each, parseTariffSearch({ ...INPUT, ...input }, TODAY).wish, TODAY)!;

  it('tells the price of a year and of a month, with and without tax, and how it comes about', () => {
    const { components, year, month, pricesUntil } = offer(tariff('A'));
    expect(components).toEqual([
      {
        kind: 'BASE',
        zone: null,
        name: 'Grund',
        netPrice: '120.000000',
        grossPrice: '142.800000',
        quantity: null,
        unit: 'a',
        yearNet: money('120'),
      },
      {
        kind: 'UNIT',
        zone: 'SINGLE',
        name: 'SINGLE',
        netPrice: '0.250000',
        grossPrice: '0.297500',
        quantity: '2500.000',
        unit: 'kWh',
        yearNet: money('625'),
      },
    ]);
    expect(year).toEqual({ net: money('745'), vat: money('141.55'), gross: money('886.55') });
    expect(month).toEqual({ net: money('62.08'), vat: money('11.80'), gross: money('73.88') });
    expect(pricesUntil).toBeNull();
  });

  it('shows bonuses beside the price of every year, and what they make of the first', () => {
    const bonus = { kind: 'NEW_CUSTOMER', name: 'Bonus', amount: money('100'), from: null, until: null } as const;
    const over = { ...bonus, until: '2026-11-21' as CalendarDate };
    const soon = { ...bonus, from: '2026-11-23' as CalendarDate };
    const { year, firstYear, bonuses } = offer(tariff('A', { bonuses: [bonus, over, soon] }));
    expect([year.gross, firstYear, bonuses]).toEqual([money('886.55'), money('786.55'), [bonus]]);
  });

  it('counts day and night apart where the meter does', () => {
    const twoZones = tariff('A', { prices: [price(null, '60'), price('LOW', '0.2'), price('HIGH', '0.3')] });
    const { components } = offer(twoZones, { lowZoneConsumption: '1000' });
    expect(components.map(({ zone, quantity, yearNet }) => [zone, quantity, yearNet.amount])).toEqual([
      [null, null, '60.00'],
      ['HIGH', '1500.000', '450.00'],
      ['LOW', '1000.000', '200.00'],
    ]);
    expect(offer(twoZones)).toBeNull();
    expect(offer(tariff('B'), { lowZoneConsumption: '1000' })).toBeNull();
  });

  it('goes by the prices of the first day, and tells how long they are known to hold', () => {
    const prices = [
      price(null, '120', { until: '2026-12-31' as CalendarDate }),
      price(null, '240', { from: '2027-01-01' as CalendarDate }),
      price('SINGLE', '0.25'),
    ];
    expect(offer(tariff('A', { prices }))).toMatchObject({ year: { net: money('745') }, pricesUntil: '2026-12-31' });
    const later = offer(tariff('A', { prices }), { from: '2027-01-01' as CalendarDate });
    expect(later).toMatchObject({ year: { net: money('865') }, pricesUntil: null });
  });

  it('is none while the prices of a tariff are not complete or contradict each other', () => {
    expect(offer(tariff('A', { prices: [price('HIGH', '0.3')] }))).toBeNull();
    expect(offer(tariff('A', { prices: [price('SINGLE', '0.3'), price('SINGLE', '0.2')] }))).toBeNull();
    expect(offer(tariff('A', { prices: [price(null, '120')] }))).toBeNull();
  });

  it('adds up whatever it costs', () => {
    const cents = fc
      .integer({ min: 0, max: 99_999_999 })
      .map((n) => `${Math.floor(n / 1e5)}.${String(n % 1e5).padStart(5, '0')}`);
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 1, max: 999_999 }), (base, unit, consumption) => {
        const { components, year, month } = offer(tariff('A', { prices: [price(null, base), price('SINGLE', unit)] }), {
          annualConsumption: String(consumption),
        });
        expect(sumDecimals(components.map(({ yearNet }) => yearNet.amount))).toBe(year.net.amount);
        for (const { net, vat, gross } of [year, month]) {
          expect(sumDecimals([net.amount, vat.amount])).toBe(gross.amount);
        }
        expect(compareDecimals(month.gross.amount, year.gross.amount)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('a search for tariffs', () => {
  const dear = tariff('DEAR', { name: 'B', prices: [price(null, '10'), price('SINGLE', '0.5')] });
  const cheap = tariff('CHEAP', { name: 'C' });
  const bonus = { kind: 'INSTANT', name: 'x', amount: money('1000'), from: null, until: null } as const;
  const lure = tariff('LURE', { name: 'A', prices: dear.prices, bonuses: [bonus] });

  it('sorts by what people pay, not by what lures them, unless they want that', () => {
    const all = [lure, dear, cheap];
    expect(numbers(all)).toEqual(['CHEAP', 'DEAR', 'LURE']);
    expect(numbers(all, { sort: 'YEAR_DESC' })).toEqual(['DEAR', 'LURE', 'CHEAP']);
    expect(numbers(all, { sort: 'FIRST_YEAR_ASC' })).toEqual(['LURE', 'CHEAP', 'DEAR']);
    expect(numbers(all, { sort: 'NAME_ASC' })).toEqual(['LURE', 'DEAR', 'CHEAP']);
  });

  it('shows every offer exactly once, page by page, even while tariffs come and go', () => {
    const all = [lure, dear, cheap];
    const first = search(all, { first: 1 });
    expect([first.hasNextPage, first.totalCount]).toEqual([true, 3]);
    const second = search([dear, lure], { first: 1, after: first.endCursor });
    expect(second.offers.map(({ tariff: { number } }) => number)).toEqual(['DEAR']);
    const third = search(all, { first: 5, after: second.endCursor });
    expect([third.offers.map(({ tariff: { number } }) => number), third.hasNextPage]).toEqual([['LURE'], false]);
  });

  it('says why there is nothing', () => {
    expect(search([])).toMatchObject({ offers: [], totalCount: 0, endCursor: null, reason: 'NOT_SOLD' });
    expect(search([tariff('A', { prices: [] })]).reason).toBe('NOT_SOLD');
    expect(search([cheap], { postcode: '99999' }).reason).toBe('OUTSIDE_SUPPLY_AREA');
    expect(search([tariff('A', { minimum: decimal('5000', 0) })]).reason).toBe('CONSUMPTION_OUT_OF_RANGE');
    const soon = [price(null, '1'), price('SINGLE', '1', { from: '2027-01-01' as CalendarDate })];
    expect(search([tariff('A', { prices: soon })]).reason).toBe('NO_PRICES_YET');
    expect(search([cheap], { lowZoneConsumption: '5' }).reason).toBe('OTHER_METER');
    expect(search([cheap]).reason).toBeNull();
  });

  it('knows both ends of a consumption zone', () => {
    const zone = tariff('A', { minimum: decimal('1000', 0), maximum: decimal('2500', 0) });
    for (const [annualConsumption, found] of [
      ['999.999', 0],
      ['1000', 1],
      ['2500', 1],
      ['2500.001', 0],
    ] as const) {
      expect(search([zone], { annualConsumption }).totalCount).toBe(found);
    }
  });

  it.each([
    [{ postcode: '7743' }, 'postcode'],
    [{ postcode: '07743\n' }, 'postcode'],
    [{ postcode: "07743' or 1 eq 1" }, 'postcode'],
    [{ postcode: '０７７４３' }, 'postcode'],
    [{ annualConsumption: '0' }, 'annualConsumption'],
    [{ annualConsumption: '0.000' }, 'annualConsumption'],
    [{ annualConsumption: '-1' }, 'annualConsumption'],
    [{ annualConsumption: '1000000' }, 'annualConsumption'],
    [{ annualConsumption: '1e3' }, 'annualConsumption'],
    [{ annualConsumption: '1.0001' }, 'annualConsumption'],
    [{ annualConsumption: '' }, 'annualConsumption'],
    [{ unit: 'CUBIC_METRE' }, 'unit'],
    [{ commodity: 'GAS', unit: 'CUBIC_METRE' }, 'unit'],
    [{ commodity: 'WATER', unit: 'KWH' }, 'unit'],
    [{ lowZoneConsumption: '2500.001' }, 'lowZoneConsumption'],
    [{ lowZoneConsumption: 'viel' }, 'lowZoneConsumption'],
    [{ from: '2026-11-21' }, 'from'],
    [{ from: '2027-11-24' }, 'from'],
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: 1.5 }, 'first'],
    [{ after: 'x' }, 'after'],
    [{ after: Buffer.from('TariffCursor:YEAR_DESC/1.00/A').toString('base64url') }, 'after'],
    [{ after: Buffer.from('TariffCursor:YEAR_ASC/viel/A').toString('base64url') }, 'after'],
    [{ after: Buffer.from('TariffCursor:YEAR_ASC/%/A').toString('base64url') }, 'after'],
  ] as readonly [Partial<TariffSearchInput>, string][])('refuses %j by its path', (input, path) => {
    expect(() => parseTariffSearch({ ...INPUT, ...input }, TODAY)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('takes the unit of the commodity', () => {
    expect(parseTariffSearch({ ...INPUT, commodity: 'WATER', unit: 'CUBIC_METRE' }, TODAY).first).toBe(20);
    expect(parseTariffSearch({ ...INPUT, commodity: 'GAS', unit: 'KWH' }, TODAY).wish.from).toBe(TODAY);
  });
});
