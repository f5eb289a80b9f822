import { Chance } from './chance.js';
import { addressIn, DISTRICTS } from './districts.js';
import type { ContractPlan, EnergyPlan, HouseholdPlan, HousingPlan, PoolsPlan, TransitPlan } from './household-plan.js';
import type { Person } from './household.js';

const FIRST_NAMES = {
  Frau: ['Anke', 'Britta', 'Charlotte', 'Doreen', 'Franziska', 'Gülay', 'Heike', 'Maja', 'Sophie', 'Zoë'],
  Herr: ['Andreas', 'Björn', 'Clemens', 'Dmitri', 'Enrico', 'Götz', 'Holger', 'Jürgen', 'Samir', 'Thomas'],
  Divers: ['Alex', 'Charlie', 'Jona', 'Luca', 'Robin', 'Sascha', 'Toni', 'Noa', 'Mika', 'Sam'],
} as const;

const LAST_NAMES = [
  'Ackermann',
  'Bräutigam',
  'Dietzel',
  'Eichhorn',
  'Fröhlich',
  'Groß',
  'Häußler',
  'Illgen',
  'Jäckel',
  'Köhler',
  'Löser',
  'Möbius',
  "O'Brien",
  'Petrow',
  'Rößler',
  'Schönfeld',
  'Thürmer',
  'Voß',
  'Weiß',
  'Zimmermann',
] as const;

/** First and last number of the households that are computed. */
export const FIRST_COMPUTED = 13;
export const LAST_COMPUTED = 100_012;

/** `h-000123` for 123. */
export function computedKey(number: number): string {
  return `h-${String(number).padStart(6, '0')}`;
}

/** The number in a key like `h-000123`; undefined for any other text. */
export function computedNumber(key: string): number | undefined {
  const digits = /^h-(\d{6})$/.exec(key)?.[1];
  const number = Number(digits);
  return digits !== undefined && number >= FIRST_COMPUTED && number <= LAST_COMPUTED ? number : undefined;
}

/** Household 13 to 100,012: everything follows from its number, so nothing is stored. */
export function computedHousehold(number: number): HouseholdPlan {
  const chance = new Chance(number, 1);
  const key = computedKey(number);
  const district = chance.pick(DISTRICTS);
  const hasSignIn = number % 20 !== 0;
  const parts = {
    ...(chance.happens(75) && { energy: energyPlan(number) }),
    ...(chance.happens(60) && { housing: housingPlan(number) }),
    ...(chance.happens(45) && { transit: transitPlan(number) }),
    ...(chance.happens(30) && { pools: poolsPlan(number) }),
  };
  return {
    number,
    key,
    password: hasSignIn ? `saaltor-${key}` : null,
    description: `Errechneter Haushalt Nummer ${number} für Mengen- und Lasttests.`,
    person: person(number, hasSignIn),
    address: addressIn(district, chance.pick(district.streets), String(chance.between(1, 90))),
    ...(Object.keys(parts).length > 0 ? parts : { energy: energyPlan(number) }),
  };
}

/** The last name of {@link computedHousehold}, without computing the rest. */
export function computedLastName(number: number): string {
  return person(number, false).lastName;
}

function person(number: number, hasSignIn: boolean): Person {
  const chance = new Chance(number, 2);
  const salutation = chance.happens(2) ? 'Divers' : chance.pick(['Frau', 'Herr']);
  const firstName = FIRST_NAMES[salutation][chance.between(0, 9)]!;
  return {
    salutation,
    firstName,
    lastName: chance.pick(LAST_NAMES),
    birthDate: date(chance, 1940, 2005),
    email: hasSignIn ? `${computedKey(number)}@example.org` : null,
    phone: chance.happens(70) ? `+49 3641 ${5_000_000 + number}` : null,
  };
}

function energyPlan(number: number): EnergyPlan {
  const chance = new Chance(number, 3);
  const contracts: ContractPlan[] = [contract(chance, '01', 3500, 14_000)];
  if (chance.happens(30)) contracts.push(contract(chance, '02', 6000, 21_000));
  if (chance.happens(25)) contracts.push(contract(chance, '07', 5000, 16_000));
  if (chance.happens(10)) contracts.push(contract(chance, '03', 1200, 5200));
  return { contracts, pays: chance.happens(4) ? 'overdue' : 'on time' };
}

function contract(chance: Chance, division: ContractPlan['division'], low: number, high: number): ContractPlan {
  return { division, from: date(chance, 2008, 2024), monthlyCents: Math.round(chance.between(low, high) / 100) * 100 };
}

function housingPlan(number: number): HousingPlan {
  const chance = new Chance(number, 4);
  const rooms = chance.between(1, 5);
  const areaHundredths = rooms * 1900 + chance.between(300, 1500);
  const serviceChargesCents = Math.round(areaHundredths * chance.between(230, 290) * 0.01);
  return {
    leases: [
      {
        floor: chance.between(0, 10),
        rooms: String(rooms),
        area: `${Math.floor(areaHundredths / 100)}.${String(areaHundredths % 100).padStart(2, '0')}`,
        from: date(chance, 2001, 2024),
        netRentCents: Math.round(areaHundredths * chance.between(590, 840) * 0.01),
        serviceChargesCents,
        heatingChargesCents: Math.round(serviceChargesCents * 0.55),
        tenantsBefore: chance.between(0, 8),
      },
    ],
  };
}

function transitPlan(number: number): TransitPlan {
  const chance = new Chance(number, 5);
  return {
    subscriptions: [
      {
        product: chance.pick(['DTICKET', 'DTICKETJOB', 'ABOJENA', 'ABOSENIOR']),
        state: chance.happens(5) ? 'paused' : 'active',
        from: `${chance.between(2023, 2025)}-${String(chance.between(1, 12)).padStart(2, '0')}-01`,
        medium: chance.pick(['app', 'chipcard']),
      },
    ],
  };
}

function poolsPlan(number: number): PoolsPlan {
  const chance = new Chance(number, 6);
  return { balancesCents: Array.from({ length: chance.between(1, 3) }, () => chance.between(0, 1000) * 10) };
}

function date(chance: Chance, firstYear: number, lastYear: number): string {
  const year = chance.between(firstYear, lastYear);
  return new Date(Date.UTC(year, 0, chance.between(1, 365))).toISOString().slice(0, 10);
}
