import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LAST_COMPUTED } from './computed-household.js';
import {
  CHIP_CARDS,
  CONTRACT_ACCOUNTS,
  ENERGY_ACCOUNTS,
  ENERGY_CONTRACTS,
  householdOfFlat,
  INSTALMENT_PLANS,
  marketLocation,
  METERS,
  PREMISES,
  rentedFlat,
  SUBSCRIPTIONS,
  TENANTS,
  TILL_CLIENTS,
  TRANSIT_CUSTOMERS,
  VALUE_CARDS,
} from './number-series.js';

const household = fc.integer({ min: 1, max: LAST_COMPUTED });
const SINGLE = { ENERGY_ACCOUNTS, CONTRACT_ACCOUNTS, TENANTS, TRANSIT_CUSTOMERS, TILL_CLIENTS };
const SEVERAL = { ENERGY_CONTRACTS, PREMISES, METERS, INSTALMENT_PLANS, SUBSCRIPTIONS, CHIP_CARDS, VALUE_CARDS };

/** BDEW's rule in another shape than the writer's: walk the digits with alternating weights 1 and 2. */
function checkDigit(number: string): number {
  let sum = 0;
  for (let index = 0; index < 10; index += 2) sum += Number(number.charAt(index));
  for (let index = 1; index < 10; index += 2) sum += Number(number.charAt(index)) * 2;
  return (sum * 9) % 10;
}

describe('number series', () => {
  it.each(Object.entries({ ...SINGLE, ...SEVERAL }))('%s lead back to the household', (_name, series) => {
    fc.assert(
      fc.property(household, fc.integer({ min: 0, max: 3 }), (number, place) => {
        const at = Object.values(SINGLE).includes(series) ? 0 : place;
        expect(series.householdOf(series.of(number, at))).toBe(number);
      }),
    );
  });

  it.each(Object.entries({ ...SINGLE, ...SEVERAL }))('%s all have the same length', (_name, series) => {
    expect(series.of(LAST_COMPUTED)).toHaveLength(series.of(1).length);
  });

  it('gives numbers of the lengths that SAP knows', () => {
    expect(ENERGY_ACCOUNTS.of(1)).toMatch(/^\d{10}$/);
    expect(CONTRACT_ACCOUNTS.of(1)).toMatch(/^\d{12}$/);
    expect(ENERGY_CONTRACTS.of(1)).toMatch(/^\d{10}$/);
  });

  it('knows no household for a number between two others, with missing zeros or of another shape', () => {
    expect(ENERGY_ACCOUNTS.householdOf('0004100008')).toBeUndefined();
    expect(ENERGY_ACCOUNTS.householdOf('4100007')).toBeUndefined();
    expect(ENERGY_ACCOUNTS.householdOf('00041000A7')).toBeUndefined();
    expect(TRANSIT_CUSTOMERS.householdOf('jnv-00020009')).toBeUndefined();
    expect(TENANTS.householdOf('0000000003')).toBeUndefined();
  });

  it('lead from a flat back to the household that rents it', () => {
    fc.assert(
      fc.property(household, fc.integer({ min: 0, max: 3 }), (number, place) => {
        expect(householdOfFlat(rentedFlat(number, place))).toBe(number);
      }),
    );
    for (const flat of ['1999 / 1 / 1', '2000 / 5 / 1', '2000 / 1 / 17', '2000 / 1 / 0', '2000/1/1', '']) {
      expect(householdOfFlat(flat)).toBeUndefined();
    }
  });

  it('never gives one flat to two leases', () => {
    fc.assert(
      fc.property(
        household,
        household,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (a, b, i, j) => {
          expect(rentedFlat(a, i) === rentedFlat(b, j)).toBe(a === b && i === j);
        },
      ),
    );
  });
});

describe('market location', () => {
  it('has eleven digits of which the last one checks the others', () => {
    for (const known of ['51238696781', '41373559241', '56789012345'])
      expect(checkDigit(known)).toBe(Number(known[10]));
    fc.assert(
      fc.property(household, fc.integer({ min: 0, max: 4 }), (number, place) => {
        const location = marketLocation(number, place);
        expect(location).toMatch(/^[1-9]\d{10}$/);
        expect(Number(location[10])).toBe(checkDigit(location));
      }),
    );
  });
});
