import type { DecimalText } from '#lib/kernel';
import type { ListingFacets, ListingPage } from '../model/listing-page.js';
import { contentOf, type ListingSort } from '../model/listing-search.js';
import type { Listing } from '../model/listing.js';
import type { Turns } from '../feed/turns.js';
import {
  columnsOf,
  hundredths,
  ranksOf,
  sortColumn,
  type ListingColumns,
  type ListingRanks,
} from './listing-columns.js';
import type { PreparedSearch } from './prepared-search.js';
import { comparePlaces, cursorOf, type SortPlace } from './sort-cursor.js';
import { WordCollector, type WordIndex } from './word-index.js';

const OUT = 0;
const OTHER_DISTRICT = 1;
const OTHER_ROOMS = 2;
const IN = 3;

/** Contents that are split into words in one turn: about a millisecond. */
const CONTENTS_PER_TURN = 25;

/**
 * A search over a fixed list of listings. Building it costs about a second for a whole city, in turns; a search costs
 * one pass over columns of numbers. Build a new one when the list changes.
 */
export class ListingIndex {
  private constructor(
    private readonly listings: readonly Listing[],
    private readonly columns: ListingColumns,
    private readonly words: WordIndex,
    private readonly ranks: ListingRanks,
  ) {}

  static *build(listings: readonly Listing[]): Turns<ListingIndex> {
    const words = new WordCollector();
    for (let at = 0; at < listings.length; at += CONTENTS_PER_TURN) {
      for (const listing of listings.slice(at, at + CONTENTS_PER_TURN)) words.add(contentOf(listing));
      yield;
    }
    const columns = yield* columnsOf(listings);
    return new ListingIndex(listings, columns, yield* words.finish(), yield* ranksOf(listings, columns));
  }

  search({ filter, sort, first, after, skip, facets }: PreparedSearch): ListingPage {
    const verdicts = this.judge(filter);
    const matches = this.matchesFrom(after, sort, verdicts, skip + first + 1);
    const shown = matches.slice(skip, skip + first);
    const last = shown.at(-1);
    return {
      nodes: shown.map((index) => this.listings[index]!),
      hasNextPage: matches.length > skip + first,
      endCursor: last === undefined ? null : cursorOf(this.placeOf(last, sort), sort),
      totalCount: verdicts.reduce((count, verdict) => count + Number(verdict === IN), 0),
      facets: facets ? this.count(verdicts) : null,
    };
  }

  private matchesFrom(after: SortPlace | null, sort: ListingSort, verdicts: Uint8Array, most: number): number[] {
    const ranks = this.ranks[sort];
    const matches: number[] = [];
    for (let at = after === null ? 0 : this.firstBehind(after, sort); at < ranks.length; at += 1) {
      if (verdicts[ranks[at]!] === IN) matches.push(ranks[at]!);
      if (matches.length === most) break;
    }
    return matches;
  }

  /** For each listing whether it fits, or fails by nothing but its district or its rooms. */
  private judge(filter: PreparedSearch['filter']): Uint8Array {
    const { rent, area, rooms, district } = this.columns;
    const verdicts = new Uint8Array(this.listings.length);
    const districts = this.wantedDistricts(filter.districts);
    const texts = filter.words.map((word) => this.words.textsWith(word, verdicts.length));
    const [minRooms, maxRooms] = bounds(filter.minRooms, filter.maxRooms);
    const [minArea, maxArea] = bounds(filter.minArea, filter.maxArea);
    const [minRent, maxRent] = bounds(filter.minGrossRent, filter.maxGrossRent);
    const isWanted = this.entitlementTest(filter.entitlementRequired);
    for (let index = 0; index < verdicts.length; index += 1) {
      if (rent[index]! < minRent || rent[index]! > maxRent) continue;
      if (area[index]! < minArea || area[index]! > maxArea || !isWanted(index)) continue;
      if (!texts.every((found) => found[index] === 1)) continue;
      const fitsRooms = rooms[index]! >= minRooms && rooms[index]! <= maxRooms;
      const fitsDistrict = districts === null || districts.has(district[index]!);
      verdicts[index] = fitsRooms ? (fitsDistrict ? IN : OTHER_DISTRICT) : fitsDistrict ? OTHER_ROOMS : OUT;
    }
    return verdicts;
  }

  private entitlementTest(required: boolean | null | undefined): (index: number) => boolean {
    if (required == null) return () => true;
    return (index) => (this.columns.entitlement[index] === 1) === required;
  }

  /** Null for any. A listing without a district is found by an empty name. */
  private wantedDistricts(names: ReadonlySet<string>): ReadonlySet<number> | null {
    if (names.size === 0) return null;
    return new Set([...names].map((name) => (name === '' ? -1 : (this.columns.districtIds.get(name) ?? UNKNOWN))));
  }

  private count(verdicts: Uint8Array): ListingFacets {
    const { district, districtNames, rooms } = this.columns;
    const byDistrict = new Uint32Array(districtNames.length);
    const byRooms = new Map<number, number>();
    verdicts.forEach((verdict, index) => {
      const place = district[index]!;
      if ((verdict === IN || verdict === OTHER_DISTRICT) && place !== -1) byDistrict[place]! += 1;
      if (verdict === IN || verdict === OTHER_ROOMS) {
        const whole = Math.floor(rooms[index]! / 100);
        byRooms.set(whole, (byRooms.get(whole) ?? 0) + 1);
      }
    });
    const districts = districtNames.map((value, id) => ({ value, count: byDistrict[id]! }));
    return {
      districts: districts.filter(({ count }) => count > 0).toSorted((left, right) => right.count - left.count),
      rooms: [...byRooms]
        .map(([value, count]) => ({ value, count }))
        .toSorted((left, right) => left.value - right.value),
    };
  }

  private placeOf(index: number, sort: ListingSort): SortPlace {
    return { value: sortColumn(this.columns, sort)[index]!, number: this.listings[index]!.number };
  }

  /** Rank of the first listing that comes behind a place. */
  private firstBehind(place: SortPlace, sort: ListingSort): number {
    const ranks = this.ranks[sort];
    let low = 0;
    let high = ranks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comparePlaces(this.placeOf(ranks[middle]!, sort), place, sort) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const UNKNOWN = -2;

function bounds(
  least: DecimalText | null | undefined,
  most: DecimalText | null | undefined,
): readonly [number, number] {
  return [least == null ? -Infinity : hundredths(least), most == null ? Infinity : hundredths(most)];
}
