import type { DecimalText } from '#lib/kernel';
import { folded, LISTING_SORTS, type ListingSort } from '../model/listing-search.js';
import type { Listing } from '../model/listing.js';
import type { Turns } from '../feed/turns.js';
import { compareNumbers, directionOf } from './sort-cursor.js';

/** What is compared in a search, as columns of numbers: one entry per listing. */
export interface ListingColumns {
  readonly rent: Float64Array;
  readonly area: Float64Array;
  readonly rooms: Float64Array;
  /** 1 where a housing entitlement certificate is needed. */
  readonly entitlement: Uint8Array;
  /** Place in `districtNames`; -1 without a district. */
  readonly district: Int32Array;
  readonly districtNames: readonly string[];
  /** From the folded name to the place in `districtNames`. */
  readonly districtIds: ReadonlyMap<string, number>;
}

export function columnsOf(listings: readonly Listing[]): ListingColumns {
  const names = new Map<string, string>();
  for (const { district } of listings) {
    const key = folded(district ?? '');
    if (district !== null && !names.has(key)) names.set(key, district);
  }
  const districtIds = new Map([...names.keys()].map((key, id) => [key, id]));
  return {
    rent: Float64Array.from(listings, ({ grossRent }) => hundredths(grossRent)),
    area: Float64Array.from(listings, ({ area }) => hundredths(area)),
    rooms: Float64Array.from(listings, ({ rooms }) => hundredths(rooms)),
    entitlement: Uint8Array.from(listings, ({ entitlementRequired }) => Number(entitlementRequired === true)),
    district: Int32Array.from(listings, ({ district }) =>
      district === null ? -1 : (districtIds.get(folded(district)) ?? -1),
    ),
    districtNames: [...names.values()],
    districtIds,
  };
}

/** Whole hundredths: sums and comparisons of these are exact. */
export function hundredths(text: DecimalText): number {
  return Math.round(Number(text) * 100);
}

export function sortColumn({ rent, area, rooms }: ListingColumns, sort: ListingSort): Float64Array {
  if (sort.startsWith('RENT')) return rent;
  return sort.startsWith('AREA') ? area : rooms;
}

/** For each order the listings' places in the list, first to last. */
export type ListingRanks = Readonly<Record<ListingSort, Uint32Array>>;

export function* ranksOf(listings: readonly Listing[], columns: ListingColumns): Turns<ListingRanks> {
  const byNumber = Uint32Array.from(listings.keys());
  byNumber.sort((left, right) => compareNumbers(listings[left]!.number, listings[right]!.number));
  const ranks: [ListingSort, Uint32Array][] = [];
  for (const sort of LISTING_SORTS) {
    yield;
    const column = sortColumn(columns, sort);
    const direction = directionOf(sort);
    // The sort is stable: what is equal stays in the order of the numbers.
    ranks.push([sort, byNumber.toSorted((left, right) => (column[left]! - column[right]!) * direction)]);
  }
  return Object.fromEntries(ranks) as ListingRanks;
}
