import {
  compareDecimals,
  divideDecimal,
  money,
  multiplyDecimals,
  parseDecimal,
  sumDecimals,
  type CalendarDate,
  type DecimalText,
  type Money,
} from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { consumptionUnitOf, pricesOn, type Tariff, type TariffBonus, type TariffPrice } from './tariff.js';

/** What somebody wants supplied, where, and from when. */
export interface TariffWish {
  readonly postcode: string;
  readonly commodity: Commodity;
  /** Consumption of a whole year, in the unit of the commodity. */
  readonly annualConsumption: DecimalText;
  /** What of it is counted at night, for meters with two registers; null for one register. */
  readonly lowZoneConsumption: DecimalText | null;
  /** First day of supply. */
  readonly from: CalendarDate;
}

/** A price without value added tax, the tax, and both together, which people compare (PAngV § 3). */
export interface TaxedPrice {
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

/** What one price makes of a year. */
export interface OfferComponent {
  readonly kind: TariffPrice['kind'];
  readonly zone: TariffPrice['zone'];
  readonly name: string;
  /** Euros a unit or, for the base price, a year; six decimals. */
  readonly netPrice: DecimalText;
  readonly grossPrice: DecimalText;
  /** Units of the year; null for the base price. */
  readonly quantity: DecimalText | null;
  /** Of the quantity; `a` for the base price, which is asked for by the year. */
  readonly unit: 'kWh' | 'm³' | 'a';
  /** Without value added tax; these add up to the net price of the year. */
  readonly yearNet: Money;
}

/** A tariff with what it costs somebody. */
export interface TariffOffer {
  readonly tariff: Tariff;
  readonly components: readonly OfferComponent[];
  /** A whole year at the prices of the first day, bonuses not counted: what the second year costs as well. */
  readonly year: TaxedPrice;
  /** A twelfth of the year. */
  readonly month: TaxedPrice;
  /** Bonuses for contracts that are made today. */
  readonly bonuses: readonly TariffBonus[];
  /** The gross price of the year less all of {@link bonuses}. */
  readonly firstYear: Money;
  /** Last day for which these prices are known to hold; null when no other prices are announced. */
  readonly pricesUntil: CalendarDate | null;
}

const PRICE_SCALE = 6;

/** What the tariff costs; null when it has no prices on the first day or not those that the meter needs. */
export function offerOf(tariff: Tariff, wish: TariffWish, today: CalendarDate): TariffOffer | null {
  const prices = pricesOn(tariff, wish.from);
  const isForTwoZones = prices?.some(({ zone }) => zone === 'LOW') ?? false;
  if (prices === undefined || isForTwoZones !== (wish.lowZoneConsumption !== null)) return null;
  const components = prices.toSorted(byKindAndZone).map((price) => componentOf(price, tariff, wish));
  const year = taxed(sumDecimals(components.map(({ yearNet }) => yearNet.amount)), tariff);
  const bonuses = tariff.bonuses.filter(
    ({ from, until }) => (from === null || from <= today) && (until === null || today <= until),
  );
  return {
    tariff,
    components,
    year,
    month: twelfth(year),
    bonuses,
    firstYear: money(sumDecimals([year.gross.amount, ...bonuses.map(({ amount }) => negative(amount.amount))])),
    pricesUntil: prices.flatMap(({ until }) => until ?? []).toSorted()[0] ?? null,
  };
}

/** Whether the tariff is sold for that consumption. */
export function isSoldFor({ minimum, maximum }: Tariff, consumption: DecimalText): boolean {
  return (
    (minimum === null || compareDecimals(consumption, minimum) >= 0) &&
    (maximum === null || compareDecimals(consumption, maximum) <= 0)
  );
}

function componentOf(price: TariffPrice, tariff: Tariff, wish: TariffWish): OfferComponent {
  const { kind, zone, name, net } = price;
  const quantity = zone === null ? null : quantityOf(zone, wish);
  return {
    kind,
    zone,
    name,
    netPrice: parseDecimal(net, PRICE_SCALE)!,
    grossPrice: multiplyDecimals([net, grossFactor(tariff)], PRICE_SCALE),
    quantity,
    unit: quantity === null ? 'a' : consumptionUnitOf(tariff.commodity),
    yearNet: money(quantity === null ? net : multiplyDecimals([net, quantity])),
  };
}

function quantityOf(
  zone: NonNullable<TariffPrice['zone']>,
  { annualConsumption, lowZoneConsumption }: TariffWish,
): DecimalText {
  if (zone === 'SINGLE' || lowZoneConsumption === null) return annualConsumption;
  return zone === 'LOW' ? lowZoneConsumption : sumDecimals([annualConsumption, negative(lowZoneConsumption)], 3);
}

/** Tax is reckoned once, from the sum, as bills do. */
function taxed(net: DecimalText, { vatPercent }: Tariff): TaxedPrice {
  const vat = multiplyDecimals([net, vatPercent, parseDecimal('0.01')!]);
  return { net: money(net), vat: money(vat), gross: money(sumDecimals([net, vat])) };
}

function twelfth({ net, gross }: TaxedPrice): TaxedPrice {
  const [monthNet, monthGross] = [divideDecimal(net.amount, 12), divideDecimal(gross.amount, 12)];
  return {
    net: money(monthNet),
    vat: money(sumDecimals([monthGross, negative(monthNet)])),
    gross: money(monthGross),
  };
}

function grossFactor({ vatPercent }: Tariff): DecimalText {
  return multiplyDecimals([sumDecimals([parseDecimal('100')!, vatPercent]), parseDecimal('0.01')!], 4);
}

function negative(amount: DecimalText): DecimalText {
  return multiplyDecimals([amount, parseDecimal('-1')!], 3);
}

const ORDER: Readonly<Record<string, number>> = { BASE: 0, SINGLE: 1, HIGH: 2, LOW: 3 };

function byKindAndZone(left: TariffPrice, right: TariffPrice): number {
  return ORDER[left.zone ?? left.kind]! - ORDER[right.zone ?? right.kind]!;
}
