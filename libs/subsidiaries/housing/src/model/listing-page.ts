import type { Listing } from './listing.js';

/** Listings of one page and how to get the next one. */
export interface ListingPage {
  readonly nodes: readonly Listing[];
  readonly hasNextPage: boolean;
  /** Cursor of the last listing; null on an empty page. */
  readonly endCursor: string | null;
  /** Listings of all pages together. */
  readonly totalCount: number;
  /** Null unless asked for. */
  readonly facets: ListingFacets | null;
}

/** How many listings each choice would show, the other wishes being kept. */
export interface ListingFacets {
  /** By name as first written; most frequent first. */
  readonly districts: readonly { readonly value: string; readonly count: number }[];
  /** By whole rooms, half rooms rounded down; ascending. */
  readonly rooms: readonly { readonly value: number; readonly count: number }[];
}
