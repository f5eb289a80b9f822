import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { City } from './city.js';
import { LAST_COMPUTED } from './computed-household.js';
import type { Household } from './household.js';
import { cents, euros } from './money.js';

const city = new City();
const number = fc.integer({ min: 1, max: LAST_COMPUTED });

function household(wanted: number): Household {
  const found = city.household(wanted);
  if (!found) throw new Error('there is no such household');
  return found;
}

function persona(key: string): Household {
  const found = city.byKey(key);
  if (!found) throw new Error('there is no such persona');
  return found;
}

describe('City', () => {
  it('finds every household by each of its numbers', () => {
    fc.assert(
      fc.property(number, (wanted) => {
        const found = household(wanted);
        const { energy, housing, transit, pools } = found;
        expect(city.byKey(found.key)).toEqual(found);
        if (energy) {
          expect(city.byEnergyAccount(energy.accountId)).toEqual(found);
          expect(city.byEnergyContractAccount(energy.contractAccountId)).toEqual(found);
          for (const { contractId } of energy.contracts) expect(city.byEnergyContract(contractId)).toEqual(found);
        }
        if (housing) expect(city.byTenantNumber(housing.tenantNumber)).toEqual(found);
        if (transit) expect(city.byTransitCustomer(transit.customerNumber)).toEqual(found);
        if (pools) {
          expect(city.byTillClient(pools.clientId)).toEqual(found);
          for (const { uid } of pools.cards) expect(city.byCardUid(uid)).toEqual(found);
        }
      }),
    );
  });

  it('computes the same household every time', () => {
    fc.assert(fc.property(number, (wanted) => expect(new City().household(wanted)).toEqual(household(wanted))));
  });

  it('links every computed household to at least one subsidiary', () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: LAST_COMPUTED }), (wanted) => {
        const { energy, housing, transit, pools } = household(wanted);
        expect([energy, housing, transit, pools].some((books) => books !== null)).toBe(true);
      }),
    );
  });

  it('knows nobody outside its numbers and keys', () => {
    expect(city.household(0)).toBeUndefined();
    expect(city.household(LAST_COMPUTED + 1)).toBeUndefined();
    expect(city.household(1.5)).toBeUndefined();
    for (const key of ['h-000001', 'h-000012', 'h-100013', 'h-13', 'constructor', '']) {
      expect(city.byKey(key)).toBeUndefined();
    }
    expect(city.byTenantNumber('0000100003')).toBeUndefined();
    expect(city.byEnergyContract('0310000036')).toBeUndefined();
    expect(city.byEnergyContract('0310000060')).toBeUndefined();
  });

  it('keeps the heating share within the service charges', () => {
    fc.assert(
      fc.property(number, (wanted) => {
        for (const lease of household(wanted).housing?.leases ?? []) {
          expect(cents(lease.heatingCharges)).toBeLessThan(cents(lease.serviceCharges));
          expect(cents(lease.serviceCharges)).toBeLessThan(cents(lease.netRent));
        }
      }),
    );
  });

  it('keeps instalments within their bounds and payments within their bills', () => {
    fc.assert(
      fc.property(number, (wanted) => {
        const { contracts = [], invoices = [] } = household(wanted).energy ?? {};
        for (const { instalment } of contracts) {
          expect(cents(instalment.minimum)).toBeLessThan(cents(instalment.amount));
          expect(cents(instalment.amount)).toBeLessThan(cents(instalment.maximum));
        }
        for (const { amount, paid, date, due, invoiceId, contractId } of invoices) {
          expect(Math.abs(cents(paid))).toBeLessThanOrEqual(Math.abs(cents(amount)));
          expect(date <= city.today() && date <= due).toBe(true);
          expect(city.byEnergyContract(invoiceId.slice(0, 10))?.number).toBe(wanted);
          expect(contracts.map((contract) => contract.contractId)).toContain(contractId);
        }
      }),
    );
  });
});

describe('the bills of a household', () => {
  it.each(['2026-01-01', '2026-02-19', '2026-02-20', '2026-03-22', '2026-12-31'])(
    'on %s one is open for those who pay on time, and older ones are paid',
    (date) => {
      const moved = new City();
      moved.clock.shift(Date.parse(`${date}T12:00:00Z`) - Date.now());
      const invoices = moved.byKey('lena')?.energy?.invoices ?? [];
      expect(invoices).toHaveLength(4);
      const open = invoices.filter(({ amount, paid }) => amount !== paid);
      expect(open.length).toBeGreaterThanOrEqual(1);
      expect(open.every(({ due }) => due >= date)).toBe(true);
    },
  );

  it('do not change while time goes by, except that they are paid', () => {
    const moved = new City();
    const amounts = new Map<string, string>();
    for (const month of ['05', '06', '07', '08']) {
      moved.clock.shift(Date.parse(`2026-${month}-25T12:00:00Z`) - Date.now());
      for (const { invoiceId, amount } of moved.byKey('aylin')?.energy?.invoices ?? []) {
        expect(amounts.get(invoiceId) ?? amount).toBe(amount);
        amounts.set(invoiceId, amount);
      }
    }
    expect(amounts.size).toBe(14);
  });
});

describe('the personas', () => {
  it('are twelve with different keys, people and market locations', () => {
    const personas = city.personas();
    expect(personas.map((one) => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(new Set(personas.map((one) => one.key)).size).toBe(12);
    const locations = personas.flatMap((one) => one.energy?.contracts.map((contract) => contract.marketLocation) ?? []);
    expect(new Set(locations).size).toBe(locations.length);
  });

  it('show every state that the front channels must cope with', () => {
    const aylin = persona('aylin');
    expect([aylin.energy, aylin.housing, aylin.transit, aylin.pools].every((books) => books !== null)).toBe(true);
    expect(persona('erika')).toMatchObject({ signIn: null, person: { email: null } });
    expect(persona('kim')).toMatchObject({ energy: null, housing: null, transit: null });
    expect(persona('petra').energy?.readingsAlwaysImplausible).toBe(true);
    expect(persona('karl').transit?.subscriptions[0]?.state).toBe('paused');
    expect(persona('minh').housing?.leases.map((lease) => lease.until)).toEqual([null, '2024-07-31']);
    expect(persona('otto')).toMatchObject({ energy: null, housing: null, transit: null, pools: null });
  });

  it('include one who is overdue with three bills, one of them paid in part', () => {
    const owed = persona('mandy').energy?.invoices.filter(({ amount, paid }) => amount !== paid) ?? [];
    expect(owed.map(({ paid }) => paid)).toEqual(['0.00', '0.00', '20.00']);
    expect(owed.filter(({ due }) => due < city.today()).length).toBeGreaterThanOrEqual(2);
  });

  it('include one with an open end written out and a credit from an ended contract', () => {
    const moved = new City();
    moved.clock.shift(Date.parse('2026-06-01T12:00:00Z') - Date.now());
    const energy = moved.byKey('sabine')?.energy;
    expect(energy?.contracts.map((contract) => contract.until)).toEqual(['9999-12-31', '2025-09-30']);
    expect(energy?.invoices.find(({ amount }) => amount.startsWith('-'))).toMatchObject({
      date: '2025-10-30',
      amount: '-38.00',
      paid: '-38.00',
    });
  });

  it('are found by a flat and by a subscription, whatever became of them', () => {
    for (const one of city.personas()) {
      for (const { flatNumber } of one.housing?.leases ?? []) expect(city.byFlat(flatNumber)).toBe(one);
      for (const { id } of one.transit?.subscriptions ?? []) expect(city.bySubscription(id)).toBe(one);
    }
    expect([city.byFlat('9001 / 1 / 4'), city.bySubscription('ABO-00000001')]).toEqual([undefined, undefined]);
  });

  it('live at addresses whose postcode is that of their district', () => {
    const postcodes = { Lobeda: '07747', Winzerla: '07745', 'Jena-Nord': '07743', Zentrum: '07743' };
    for (const { address } of city.personas()) expect(postcodes).toHaveProperty([address.district], address.postcode);
  });
});

describe('euros', () => {
  it('write cents so that they can be read back', () => {
    fc.assert(fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (value) => cents(euros(value)) === value));
    expect([euros(4990), euros(-5), euros(0)]).toEqual(['49.90', '-0.05', '0.00']);
  });
});
