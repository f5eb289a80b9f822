import {
  addDays,
  AppError,
  compareDecimals,
  parseDecimal,
  parseGlobalId,
  toGlobalId,
  type CalendarDate,
  type DecimalText,
} from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { consumptionUnitOf, pricesOn, type Tariff } from './tariff.js';
import { isSoldFor, offerOf, type TariffOffer, type TariffWish } from './tariff-offer.js';

/** By what offers are sorted; those that are equal there follow by number. */
export const TARIFF_SORTS = ['YEAR_ASC', 'YEAR_DESC', 'FIRST_YEAR_ASC', 'NAME_ASC'] as const;
export type TariffSort = (typeof TARIFF_SORTS)[number];

/** Why there is no offer at all; the first that applies. UNREADABLE: a tariff that SAP sent wrong might be one. */
export const NO_OFFER_REASONS = [
  'NOT_SOLD',
  'OUTSIDE_SUPPLY_AREA',
  'CONSUMPTION_OUT_OF_RANGE',
  'NO_PRICES_YET',
  'OTHER_METER',
  'UNREADABLE',
] as const;
export type NoOfferReason = (typeof NO_OFFER_REASONS)[number];

export const CONSUMPTION_UNITS = ['KWH', 'CUBIC_METRE'] as const;
export type ConsumptionUnit = (typeof CONSUMPTION_UNITS)[number];

/** What callers give. */
export interface TariffSearchInput {
  readonly postcode: string;
  readonly commodity: Commodity;
  readonly annualConsumption: string;
  /** Guards against a confusion: gas meters count cubic metres, but gas is sold by the kilowatt hour. */
  readonly unit?: ConsumptionUnit | null;
  readonly lowZoneConsumption?: string | null;
  readonly from?: CalendarDate | null;
  readonly sort?: TariffSort | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A search that has been checked. */
export interface TariffSearch {
  readonly wish: TariffWish;
  readonly sort: TariffSort;
  /** 1 to 100. */
  readonly first: number;
  /** Place after which the page begins; null at the beginning. */
  readonly after: Place | null;
}

/** A page of offers in the wished order. */
export interface TariffPage {
  readonly offers: readonly TariffOffer[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
  /** Null where there are offers. */
  readonly reason: NoOfferReason | null;
}

/** What an offer is sorted by, and its number. */
interface Place {
  readonly value: string;
  readonly number: string;
}

export const DEFAULT_TARIFF_SORT: TariffSort = 'YEAR_ASC';
export const DEFAULT_TARIFF_PAGE = 20;
export const LARGEST_TARIFF_PAGE = 100;
/** Who needs more is supplied under a contract of their own making; SAP's bounds have six digits as well. */
const LARGEST_CONSUMPTION = 999_999;
/** Prices are not known further ahead. */
const LONGEST_AHEAD_DAYS = 366;

const CURSOR = 'TariffCursor';
const CONSUMPTION_SCALE = 3;

/**
 * Checks what the caller asked for.
 * @throws AppError INVALID_INPUT with the path of what is wrong
 */
export function parseTariffSearch(input: TariffSearchInput, today: CalendarDate): TariffSearch {
  const { postcode, commodity, unit = null, sort, first, after } = input;
  if (!/^\d{5}$/.test(postcode)) throw invalid('postcode', 'must be five digits');
  const annualConsumption = consumptionAt('annualConsumption', input.annualConsumption);
  if (unit !== null && (unit === 'KWH') !== (consumptionUnitOf(commodity) === 'kWh')) {
    throw invalid('unit', `must be ${consumptionUnitOf(commodity) === 'kWh' ? 'KWH' : 'CUBIC_METRE'} for ${commodity}`);
  }
  const lowZoneConsumption =
    input.lowZoneConsumption == null ? null : consumptionAt('lowZoneConsumption', input.lowZoneConsumption);
  if (lowZoneConsumption !== null && compareDecimals(lowZoneConsumption, annualConsumption) > 0) {
    throw invalid('lowZoneConsumption', 'must not be more than annualConsumption');
  }
  const size = first ?? DEFAULT_TARIFF_PAGE;
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_TARIFF_PAGE) {
    throw invalid('first', `must be 1 to ${LARGEST_TARIFF_PAGE}`);
  }
  const order = sort ?? DEFAULT_TARIFF_SORT;
  const from = dayOfSupply(input.from ?? today, today);
  return {
    wish: { postcode, commodity, annualConsumption, lowZoneConsumption, from },
    sort: order,
    first: size,
    after: after == null ? null : placeIn(after, order),
  };
}

/**
 * The page of what is offered for the wish. No offer is an answer too, with its reason.
 * @param tariffs all of the commodity
 * @param today decides which bonuses there are
 */
export function searchTariffs(
  tariffs: readonly Tariff[],
  { wish, sort, first, after }: TariffSearch,
  today: CalendarDate,
): TariffPage {
  const { offers, reason } = offersFor(tariffs, wish, today);
  const ordered = offers.toSorted((left, right) => compare(placeOf(left, sort), placeOf(right, sort), sort));
  const rest = after === null ? ordered : ordered.filter((offer) => compare(placeOf(offer, sort), after, sort) > 0);
  const page = rest.slice(0, first);
  const last = page.at(-1);
  return {
    offers: page,
    totalCount: offers.length,
    hasNextPage: rest.length > page.length,
    endCursor: last === undefined ? null : cursorOf(placeOf(last, sort), sort),
    reason,
  };
}

/** Each step leaves out what does not fit; the one that leaves nothing is the reason. */
function offersFor(
  tariffs: readonly Tariff[],
  wish: TariffWish,
  today: CalendarDate,
): { readonly offers: readonly TariffOffer[]; readonly reason: NoOfferReason | null } {
  const sold = tariffs.filter(({ commodity, prices }) => commodity === wish.commodity && prices.length > 0);
  if (sold.length === 0) return { offers: [], reason: 'NOT_SOLD' };
  const here = sold.filter(({ postcodes }) => postcodes.includes(wish.postcode));
  if (here.length === 0) return { offers: [], reason: 'OUTSIDE_SUPPLY_AREA' };
  const enough = here.filter((tariff) => isSoldFor(tariff, wish.annualConsumption));
  if (enough.length === 0) return { offers: [], reason: 'CONSUMPTION_OUT_OF_RANGE' };
  const priced = enough.filter((tariff) => pricesOn(tariff, wish.from) !== undefined);
  if (priced.length === 0) return { offers: [], reason: 'NO_PRICES_YET' };
  const offers = priced.flatMap((tariff) => offerOf(tariff, wish, today) ?? []);
  return { offers, reason: offers.length === 0 ? 'OTHER_METER' : null };
}

function consumptionAt(path: string, text: string): DecimalText {
  const consumption = /^\d{1,9}(?:\.\d{1,3})?$/.test(text) ? parseDecimal(text, CONSUMPTION_SCALE) : undefined;
  if (consumption === undefined) throw invalid(path, 'must be a number with at most three decimals');
  if (Number(consumption) <= 0 || Number(consumption) > LARGEST_CONSUMPTION) {
    throw invalid(path, `must be above 0 and at most ${LARGEST_CONSUMPTION}`);
  }
  return consumption;
}

function dayOfSupply(from: CalendarDate, today: CalendarDate): CalendarDate {
  if (from < today) throw invalid('from', 'must not be in the past');
  if (from > addDays(today, LONGEST_AHEAD_DAYS)) throw invalid('from', `must be within ${LONGEST_AHEAD_DAYS} days`);
  return from;
}

function placeOf({ tariff, year, firstYear }: TariffOffer, sort: TariffSort): Place {
  const { number, name } = tariff;
  if (sort === 'NAME_ASC') return { value: name, number };
  return { value: sort === 'FIRST_YEAR_ASC' ? firstYear.amount : year.gross.amount, number };
}

function compare(left: Place, right: Place, sort: TariffSort): number {
  const order = sort === 'NAME_ASC' ? byText(left.value, right.value) : byAmount(left.value, right.value);
  return (sort === 'YEAR_DESC' ? -order : order) || byText(left.number, right.number);
}

function byAmount(left: string, right: string): number {
  return compareDecimals(left as DecimalText, right as DecimalText);
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Names a place in the order, not a row, so that it stays good when tariffs come or go. */
function cursorOf({ value, number }: Place, sort: TariffSort): string {
  return toGlobalId(CURSOR, [sort, value, number].map(encodeURIComponent).join('/'));
}

function placeIn(text: string, sort: TariffSort): Place {
  const parsed = parseGlobalId(text);
  const [order, value, number] = parsed?.type === CURSOR ? parsed.key.split('/').map(decoded) : [];
  const isPlace =
    order === sort && value != null && number != null && (sort === 'NAME_ASC' || parseDecimal(value) !== undefined);
  if (!isPlace) throw invalid('after', 'is not a cursor of this list in this order');
  return { value, number };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function invalid(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `${path} ${reason}`, { path, reason });
}
