import type { CalendarDate, DecimalText, Money } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import type { Period } from '../contracts/terms.js';

/** When a register counts: SINGLE always, HIGH by day (Hochtarif, HT), LOW by night (Niedertarif, NT). */
export const TARIFF_ZONES = ['SINGLE', 'HIGH', 'LOW'] as const;
export type TariffZone = (typeof TARIFF_ZONES)[number];

/** NEW_CUSTOMER is paid after the first year of supply, INSTANT within weeks of its beginning. */
export const BONUS_KINDS = ['NEW_CUSTOMER', 'INSTANT', 'OTHER'] as const;
export type BonusKind = (typeof BONUS_KINDS)[number];

/**
 * A product (Tarif) that is for sale, with all its prices. Public and the same for everyone, so it has no labels; what
 * it costs somebody is an offer (`tariff-offer.ts`).
 */
export interface Tariff {
  /** SAP's id of the product, by which contracts name it. */
  readonly number: string;
  readonly name: string;
  /** Text of the price sheet; null when there is none. */
  readonly description: string | null;
  readonly commodity: Commodity;
  /** Postcodes where it is sold. */
  readonly postcodes: readonly string[];
  /** Consumption a year for which it is sold, in the unit of the commodity, both inclusive; null: without that bound. */
  readonly minimum: DecimalText | null;
  readonly maximum: DecimalText | null;
  /** Past, present and future; none for a product that is kept but not sold. */
  readonly prices: readonly TariffPrice[];
  /** Value added tax in percent. */
  readonly vatPercent: DecimalText;
  readonly bonuses: readonly TariffBonus[];
  readonly minimumTerm: Period | null;
  readonly noticePeriod: Period | null;
  /** From the first day of supply (Preisgarantie). */
  readonly priceGuarantee: Period | null;
}

/** A price without value added tax, as long as it holds: euros a year (Grundpreis) or euros a unit (Arbeitspreis). */
export interface TariffPrice {
  readonly kind: 'BASE' | 'UNIT';
  /** Null for the base price. */
  readonly zone: TariffZone | null;
  /** In the system's own words. */
  readonly name: string;
  /** Eight decimals. */
  readonly net: DecimalText;
  readonly from: CalendarDate;
  /** Last day; null while no other price is known. */
  readonly until: CalendarDate | null;
}

/** What a customer gets once; never part of a price. */
export interface TariffBonus {
  readonly kind: BonusKind;
  readonly name: string;
  /** With value added tax. */
  readonly amount: Money;
  /** Days on which a contract must be made for it; null: without that bound. */
  readonly from: CalendarDate | null;
  readonly until: CalendarDate | null;
}

/** Unit of consumption of a commodity. */
export function consumptionUnitOf(commodity: Commodity): 'kWh' | 'm³' {
  return commodity === 'WATER' ? 'm³' : 'kWh';
}

/** The prices that hold on a day; undefined when the tariff has no complete set of prices then. */
export function pricesOn({ prices }: Tariff, day: CalendarDate): readonly TariffPrice[] | undefined {
  const held = prices.filter(({ from, until }) => from <= day && (until === null || day <= until));
  const zones = held.filter(({ kind }) => kind === 'UNIT').map(({ zone }) => zone);
  const isComplete =
    held.length === new Set(held.map(({ kind, zone }) => `${kind} ${zone}`)).size &&
    ['SINGLE', 'HIGH LOW'].includes(zones.toSorted().join(' '));
  return isComplete ? held : undefined;
}

/** Whether the tariff is meant for a meter that counts by day and night apart. */
export function hasTwoZones({ prices }: Tariff): boolean {
  return prices.some(({ zone }) => zone === 'HIGH' || zone === 'LOW');
}
