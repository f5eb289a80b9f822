import { isMarketLocation } from '#lib/formats';
import type { CalendarDate, DecimalText, Refusal } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { problemAt, refusalBy, type Objection } from '../meters/objection.js';
import { earliestBeginning, latestBeginning } from './supply-dates.js';

/** What a meter shows when the supply begins. */
export interface StartReading {
  /** Number that stands on the meter. */
  readonly meterNumber: string;
  readonly register: string;
  /** As it was typed: whether it is a number is a rule, not a matter of form. */
  readonly value: string;
}

/** An order of a supply (Lieferung) at a place, as a customer gives it. */
export type SupplyOrder = {
  /** Number of the market location (MaLo), 11 digits: mandatory since the supplier change in 24 hours. */
  readonly marketLocation: string;
  readonly productId: string;
  /** First day of supply, the day of moving in. */
  readonly from: CalendarDate;
  /** None where the network operator reads the meter. */
  readonly readings: readonly StartReading[];
  /** Whether the button read "zahlungspflichtig bestellen" or the like (§ 312j (3) BGB). */
  readonly orderConfirmed: boolean;
};

/** A place of supply as SAP keeps it. Never leaves this lib. */
export interface PlaceOfSupply {
  readonly pointOfDelivery: string;
  readonly commodity: Commodity;
  /** SAP's division (Sparte), verbatim. */
  readonly division: string;
}

/** A product as far as ordering it needs. */
export interface OrderableProduct {
  readonly productId: string;
  readonly division: string;
}

const READING = /^\d{1,12}(?:\.\d{1,6})?$/;

/** What stands against the order whatever SAP says. */
export function refusalOfOrder(order: SupplyOrder, today: CalendarDate): Refusal | null {
  const { marketLocation, orderConfirmed, from, readings } = order;
  return refusalBy([
    ...problemAt('orderConfirmed', orderConfirmed ? null : { code: 'ORDER_NOT_CONFIRMED' }),
    ...problemAt('marketLocation', isMarketLocation(marketLocation) ? null : { code: 'SUPPLY_POINT_UNKNOWN' }),
    ...problemAt('from', objectionToDay(from, 'GAS', today)),
    ...readings.flatMap(({ value }, index) =>
      problemAt(`readings.${index}.value`, READING.test(value) ? null : { code: 'NOT_A_NUMBER' }),
    ),
  ]);
}

/** What stands against it by SAP's place and product; null for either: there is none. */
export function refusalByPlace(
  { from }: SupplyOrder,
  place: PlaceOfSupply | null,
  product: OrderableProduct | null,
  today: CalendarDate,
): Refusal | null {
  if (place === null) return refusalBy(problemAt('marketLocation', { code: 'SUPPLY_POINT_UNKNOWN' }));
  const isOrderable = place.commodity === 'POWER' || place.commodity === 'GAS';
  return refusalBy([
    ...problemAt('marketLocation', isOrderable ? null : { code: 'NOT_POSSIBLE' }),
    ...problemAt('productId', product?.division === place.division ? null : { code: 'PRODUCT_UNKNOWN' }),
    ...problemAt('from', objectionToDay(from, place.commodity, today)),
  ]);
}

/** What the system writes beside a reading has as many decimals as were typed. */
export function valueOf({ value }: StartReading): DecimalText {
  return value as DecimalText;
}

function objectionToDay(from: CalendarDate, commodity: Commodity, today: CalendarDate): Objection | null {
  const earliest = earliestBeginning(commodity, today);
  if (from < earliest) return { code: 'DATE_TOO_EARLY', earliest };
  return from > latestBeginning(today) ? { code: 'DATE_TOO_LATE' } : null;
}
