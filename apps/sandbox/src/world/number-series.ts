/** A numbering scheme of a legacy system: each household (and place in its books) has a number that leads back to it. */
export interface NumberSeries {
  /** The number of a household's entry; `place` counts from 0. */
  of(household: number, place?: number): string;
  /** The household whose number this could be. Undefined for a number that the scheme never gives. */
  householdOf(number: string): number | undefined;
}

interface Scheme {
  readonly prefix?: string;
  readonly suffix?: string;
  readonly digits: number;
  readonly base: number;
  /** Distance between two numbers, so that most numbers belong to nobody. */
  readonly step: number;
  /** How many entries a household can have. */
  readonly places?: number;
  readonly radix?: 10 | 16;
}

/** Numbers `prefix` + (base + step × entry, padded) + `suffix`; inverted by arithmetic, without any table. */
function series({ prefix = '', suffix = '', digits, base, step, places = 1, radix = 10 }: Scheme): NumberSeries {
  const shape = new RegExp(`^${prefix}([0-9A-F]{${digits}})${suffix}$`);
  return {
    of: (household, place = 0) => {
      const value = base + step * (household * places + place);
      return `${prefix}${value.toString(radix).toUpperCase().padStart(digits, '0')}${suffix}`;
    },
    householdOf: (number) => {
      const text = shape.exec(number)?.[1];
      if (text === undefined || (radix === 10 && /[A-F]/.test(text))) return undefined;
      const entry = (Number.parseInt(text, radix) - base) / step;
      return Number.isInteger(entry) && entry >= 0 ? Math.floor(entry / places) : undefined;
    },
  };
}

export const ENERGY_ACCOUNTS = series({ digits: 10, base: 4_100_000, step: 7 });
export const CONTRACT_ACCOUNTS = series({ digits: 12, base: 201_000_000, step: 11 });
export const ENERGY_CONTRACTS = series({ digits: 10, base: 310_000_000, step: 3, places: 5 });
export const PREMISES = series({ digits: 10, base: 620_000_000, step: 1, places: 5 });
export const METERS = series({ prefix: '1ESY', digits: 10, base: 1_160_000_000, step: 1, places: 5 });
export const INSTALMENT_PLANS = series({ digits: 12, base: 880_000_000, step: 1, places: 5 });
export const TENANTS = series({ digits: 10, base: 100_000, step: 3 });
export const TRANSIT_CUSTOMERS = series({ prefix: 'JNV-', digits: 8, base: 20_000, step: 9 });
export const SUBSCRIPTIONS = series({ prefix: 'ABO-', digits: 8, base: 70_000_000, step: 1, places: 4 });
export const CHIP_CARDS = series({ prefix: '2780', digits: 12, base: 40_000_000, step: 13, places: 4 });
export const TILL_CLIENTS = series({ digits: 6, base: 200_000, step: 5 });
export const VALUE_CARDS = series({
  prefix: '04',
  suffix: '80',
  digits: 10,
  base: 0xa1b2c00000,
  step: 3,
  places: 6,
  radix: 16,
});

/**
 * An 11-digit market location number (BDEW): ten digits and a check digit, by which digits at odd places count once,
 * those at even places twice.
 */
export function marketLocation(household: number, place: number): string {
  const body = String(5_100_000_000 + 37 * (household * 5 + place));
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 2), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The household and place whose number {@link marketLocation} gives; undefined for any other text. */
export function placeOfMarketLocation(
  number: string,
): { readonly household: number; readonly place: number } | undefined {
  const entry = (Number(/^(5\d{9})\d$/.exec(number)?.[1]) - 5_100_000_000) / 37;
  if (!Number.isInteger(entry) || entry < 0) return undefined;
  const [household, place] = [Math.floor(entry / 5), entry % 5];
  return marketLocation(household, place) === number ? { household, place } : undefined;
}

/** The Wodis number of a flat that a household rents: building / entrance / flat. Never one that is to let. */
export function rentedFlat(household: number, place: number): string {
  const flat = household * 4 + place;
  return [2000 + Math.floor(flat / 64), 1 + (Math.floor(flat / 16) % 4), 1 + (flat % 16)].join(' / ');
}

/** The household that {@link rentedFlat} could have given this number; undefined for any other text. */
export function householdOfFlat(flatNumber: string): number | undefined {
  const [building, entrance, door] = (/^(\d{4}) \/ ([1-4]) \/ (\d{1,2})$/.exec(flatNumber) ?? []).slice(1).map(Number);
  if (building === undefined || entrance === undefined || door === undefined) return undefined;
  const household = Math.floor(((building - 2000) * 64 + (entrance - 1) * 16 + (door - 1)) / 4);
  return door >= 1 && door <= 16 && household >= 0 ? household : undefined;
}
