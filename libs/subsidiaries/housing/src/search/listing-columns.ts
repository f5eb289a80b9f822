import type { DecimalText } from '#lib/kernel';
import { folded, LISTING_SORTS, type ListingSort } from '../model/listing-search.js';
import type { Listing } from '../model/listing.js';
import type { Turns } from '../feed/turns.js';
import { compareNumbers, directionOf } from './sort-cursor.js';
import { sortedInTurns } from './sort-in-turns.js';

const LISTINGS_PER_TURN = 1_000;

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

export function* columnsOf(listings: readonly Listing[]): Turns<ListingColumns> {
  const count = listings.length;
  const names = new Map<string, number>();
  const districtNames: string[] = [];
  const columns = {
    rent: new Float64Array(count),
    area: new Float64Array(count),
    rooms: new Float64Array(count),
    entitlement: new Uint8Array(count),
    district: new Int32Array(count).fill(-1),
  };
  for (const [index, { grossRent, area, rooms, entitlementRequired, district }] of listings.entries()) {
    if (index % LISTINGS_PER_TURN === 0) yield;
    columns.rent[index] = hundredths(grossRent);
    columns.area[index] = hundredths(area);
    columns.rooms[index] = hundredths(rooms);
    columns.entitlement[index] = Number(entitlementRequired === true);
    if (district === null) continue;
    const key = folded(district);
    if (!names.has(key)) names.set(key, districtNames.push(district) - 1);
    columns.district[index] = names.get(key)!;
  }
  return { ...columns, districtNames, districtIds: names };
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
  const byNumber = yield* sortedInTurns(Uint32Array.from(listings.keys()), (left, right) =>
    compareNumbers(listings[left]!.number, listings[right]!.number),
  );
  const ranks: [ListingSort, Uint32Array][] = [];
  for (const sort of LISTING_SORTS) {
    const column = sortColumn(columns, sort);
    const direction = directionOf(sort);
    // The sort is stable: what is equal stays in the order of the numbers.
    const rank = yield* sortedInTurns(byNumber, (left, right) => (column[left]! - column[right]!) * direction);
    ranks.push([sort, rank]);
  }
  return Object.fromEntries(ranks) as ListingRanks;
}
