import { money } from '#lib/kernel';

/**
 * Examples of the OpenAPI document: what the sandbox answers about its customer aylin at the moment at which its tests
 * stand. A test asks them all.
 */
export const CONTRACT_ID = 'RW5lcmd5Q29udHJhY3Q6MDMxMDAwMDAzMA';
export const METER_ID = 'TWV0ZXI6MDAwNDEwMDAxNC8wMzEwMDAwMDMwLzAwMDAwMDAwMzEwMDAwMDMwMQ';
export const REGISTER_ID = 'UmVnaXN0ZXI6MDAwNDEwMDAxNC8wMzEwMDAwMDMwLzAwMDAwMDAwMzEwMDAwMDMwMS8wMDE';

const SOURCE = {
  subsidiary: 'ENERGY',
  system: 'sap-umc',
  asOf: '2026-11-18T13:00:10+01:00',
  stale: false,
};

const CONTRACT = {
  id: CONTRACT_ID,
  number: '0310000030',
  product: 'Saale Strom',
  commodity: 'POWER',
  from: '2017-06-01',
  until: null,
  supplyPoint: {
    address: {
      street: 'Ernst-Schneller-Straße',
      houseNumber: '7',
      postcode: '07747',
      city: 'Jena',
    },
    marketLocation: '51000003700',
    meteringLocation: null,
  },
};

export const CONTRACTS_EXAMPLE = {
  items: [
    CONTRACT,
    {
      id: 'RW5lcmd5Q29udHJhY3Q6MDMxMDAwMDAzMw',
      number: '0310000033',
      product: 'Fernwärme Jena',
      commodity: 'DISTRICT_HEATING',
      from: '2017-06-01',
      until: null,
      supplyPoint: {
        address: {
          street: 'Ernst-Schneller-Straße',
          houseNumber: '7',
          postcode: '07747',
          city: 'Jena',
        },
        marketLocation: null,
        meteringLocation: null,
      },
    },
  ],
  source: SOURCE,
};

export const CONTRACT_EXAMPLE = {
  contract: CONTRACT,
  terms: {
    minimumTerm: {
      count: 12,
      unit: 'MONTH',
    },
    noticePeriod: {
      count: 1,
      unit: 'MONTH',
    },
    boundUntil: '2018-05-31',
    earliestEnd: '2026-12-18',
  },
  source: SOURCE,
};

export const INSTALMENT_EXAMPLE = {
  instalment: {
    amount: money('98.00'),
    minimum: money('73.00'),
    maximum: money('147.00'),
    cycle: 'Monatlich',
  },
  source: SOURCE,
};

export const CONSUMPTION_EXAMPLE = {
  items: [
    {
      from: '2026-08-01',
      until: '2026-08-31',
      billedIn: '2026-08',
      value: '220.700',
      unit: 'kWh',
      cost: money('70.62'),
      category: 'UTILITY',
    },
    {
      from: '2026-09-01',
      until: '2026-09-30',
      billedIn: '2026-09',
      value: '213.500',
      unit: 'kWh',
      cost: money('68.32'),
      category: 'UTILITY',
    },
  ],
  source: SOURCE,
};

export const METERS_EXAMPLE = {
  items: [
    {
      id: METER_ID,
      contractId: CONTRACT_ID,
      serialNumber: '1ESY1160000010',
      registers: [
        {
          id: REGISTER_ID,
          name: 'Hochtarif',
          unit: 'kWh',
          integerDigits: 6,
          decimals: 1,
          lastDate: '2025-12-31',
          lastValue: '22356.2',
        },
      ],
    },
    {
      id: 'TWV0ZXI6MDAwNDEwMDAxNC8wMzEwMDAwMDMzLzAwMDAwMDAwMzEwMDAwMDMzMQ',
      contractId: 'RW5lcmd5Q29udHJhY3Q6MDMxMDAwMDAzMw',
      serialNumber: '1ESY1160000011',
      registers: [
        {
          id: 'UmVnaXN0ZXI6MDAwNDEwMDAxNC8wMzEwMDAwMDMzLzAwMDAwMDAwMzEwMDAwMDMzMS8wMDE',
          name: 'Hochtarif',
          unit: 'kWh',
          integerDigits: 7,
          decimals: 0,
          lastDate: '2025-12-31',
          lastValue: '70424',
        },
      ],
    },
  ],
  source: SOURCE,
};

export const READINGS_EXAMPLE = {
  items: [
    {
      id: 'TWV0ZXJSZWFkaW5nOjAwMDQxMDAwMTQvMDMxMDAwMDAzMC8wMDAwMDAwMDMxMDAwMDAzMDEvMDMxMDAwMDAzMDEwMw',
      registerId: REGISTER_ID,
      date: '2025-12-31',
      value: '22356.2',
      unit: 'kWh',
      category: 'CUSTOMER',
      state: 'BILLABLE',
      reason: 'PERIODIC',
    },
    {
      id: 'TWV0ZXJSZWFkaW5nOjAwMDQxMDAwMTQvMDMxMDAwMDAzMC8wMDAwMDAwMDMxMDAwMDAzMDEvMDMxMDAwMDAzMDEwMg',
      registerId: REGISTER_ID,
      date: '2024-12-31',
      value: '19758.0',
      unit: 'kWh',
      category: 'ESTIMATE',
      state: 'BILLED',
      reason: 'PERIODIC',
    },
  ],
  nextCursor: 'TWV0ZXJSZWFkaW5nQ3Vyc29yOjIwMjQtMTItMzEvMDAxLzAzMTAwMDAwMzAxMDI',
  totalCount: 4,
  source: SOURCE,
};

export const TARIFFS_EXAMPLE = {
  items: [
    {
      tariff: {
        id: 'VGFyaWZmOlNUUk9NX1NBQUxFX0ZJWDI0',
        number: 'STROM_SAALE_FIX24',
        name: 'Saale Strom Fix 24',
        description: 'Zwei Jahre derselbe Preis.',
        commodity: 'POWER',
        minimumConsumption: null,
        maximumConsumption: null,
        consumptionUnit: 'kWh',
        minimumTerm: {
          count: 24,
          unit: 'MONTH',
        },
        noticePeriod: {
          count: 1,
          unit: 'MONTH',
        },
        priceGuarantee: {
          count: 24,
          unit: 'MONTH',
        },
        vatPercent: '19.00',
      },
      year: {
        net: money('789.91'),
        vat: money('150.08'),
        gross: money('939.99'),
      },
      month: {
        net: money('65.83'),
        vat: money('12.50'),
        gross: money('78.33'),
      },
      firstYear: money('839.99'),
      prices: [
        {
          kind: 'BASE',
          zone: null,
          name: 'Grundpreis je Jahr',
          netPrice: '142.860000',
          grossPrice: '170.003400',
          quantity: null,
          unit: 'a',
          yearNet: money('142.86'),
        },
        {
          kind: 'UNIT',
          zone: 'SINGLE',
          name: 'Arbeitspreis',
          netPrice: '0.258820',
          grossPrice: '0.307996',
          quantity: '2500.000',
          unit: 'kWh',
          yearNet: money('647.05'),
        },
      ],
      bonuses: [
        {
          kind: 'NEW_CUSTOMER',
          name: 'Neukundenbonus',
          amount: money('75.00'),
          until: null,
        },
        {
          kind: 'INSTANT',
          name: 'Sofortbonus',
          amount: money('25.00'),
          until: null,
        },
      ],
      pricesUntil: null,
    },
  ],
  nextCursor: 'VGFyaWZmQ3Vyc29yOllFQVJfQVNDLzkzOS45OS9TVFJPTV9TQUFMRV9GSVgyNA',
  totalCount: 3,
  reason: null,
  source: SOURCE,
};
