import { AppError, type DecimalText } from '#lib/kernel';
import type { Listing } from './listing.js';

/** What someone looks for. Each wish narrows the list, bounds are included; null and undefined are no wish. */
export interface ListingFilter {
  readonly minRooms?: DecimalText | null;
  readonly maxRooms?: DecimalText | null;
  /** m². */
  readonly minArea?: DecimalText | null;
  readonly maxArea?: DecimalText | null;
  /** Euros per month. */
  readonly minGrossRent?: DecimalText | null;
  readonly maxGrossRent?: DecimalText | null;
  /** Any of these, without regard to case. An empty list is no wish. */
  readonly districts?: readonly string[] | null;
  /** Each word must occur in title, address, district or texts, without regard to case. */
  readonly text?: string | null;
  /** True: only with a housing entitlement certificate. False: none that is known to need one. */
  readonly entitlementRequired?: boolean | null;
}

/** What is asked of the list of flats. */
export interface ListingSearch {
  readonly filter: ListingFilter;
  readonly sort: ListingSort;
  /** 1 to 100. */
  readonly first: number;
  /** Cursor of the page before, in the same order; null for the first page. */
  readonly after: string | null;
  /** Number of the page, from 1, instead of a cursor. */
  readonly page: number | null;
  /** Whether {@link ListingFacets} are wanted as well. */
  readonly facets: boolean;
}

/** By what listings are sorted; those that are equal there follow by number. */
export const LISTING_SORTS = ['RENT_ASC', 'RENT_DESC', 'AREA_ASC', 'AREA_DESC', 'ROOMS_ASC', 'ROOMS_DESC'] as const;

export type ListingSort = (typeof LISTING_SORTS)[number];

/** Cheapest first. */
export const DEFAULT_SORT: ListingSort = 'RENT_ASC';
export const DEFAULT_PAGE = 20;

/** Bounds keep a public search cheap. */
export const LARGEST_PAGE = 100;
export const LAST_PAGE = 10_000;
export const MOST_DISTRICTS = 50;
export const LONGEST_DISTRICT = 100;
export const LONGEST_TEXT = 100;

/** @throws AppError INVALID_INPUT for too many or too long names */
export function districtsOf({ districts }: ListingFilter): ReadonlySet<string> {
  const wanted = districts ?? [];
  if (wanted.length > MOST_DISTRICTS) throw refused('filter.districts', `must be at most ${MOST_DISTRICTS}`);
  if (wanted.some((district) => district.length > LONGEST_DISTRICT)) {
    throw refused('filter.districts', `must have at most ${LONGEST_DISTRICT} characters each`);
  }
  return new Set(wanted.map((district) => folded(district.trim())));
}

/** @throws AppError INVALID_INPUT for too long a text */
export function wordsOf({ text }: ListingFilter): readonly string[] {
  if ((text ?? '').length > LONGEST_TEXT) throw refused('filter.text', `must have at most ${LONGEST_TEXT} characters`);
  const words = folded(text ?? '').split(/\s+/);
  return [...new Set(words)].filter((word) => word !== '');
}

/** The text in which words are looked for, in the form of {@link folded}. */
export function contentOf(listing: Listing): string {
  const { title, address, postcode, city, district, location, description, equipment } = listing;
  return folded([title, address, postcode, city, district, location, description, equipment].join('\n'));
}

/** One form for one letter: capitals, and umlauts that were put together from two characters. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** The search is refused: `path` names the argument. */
export function refused(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', 'the search is refused', { path, reason });
}
