import {
  districtsOf,
  LARGEST_PAGE,
  LAST_PAGE,
  refused,
  wordsOf,
  type ListingFilter,
  type ListingSearch,
} from '../model/listing-search.js';
import { parseCursor, type SortPlace } from './sort-cursor.js';

/** A search whose every part is within its bounds. */
export interface PreparedSearch extends Pick<ListingSearch, 'sort' | 'first' | 'facets'> {
  /** Null for the first page. */
  readonly after: SortPlace | null;
  /** Matches to pass over before the page begins. */
  readonly skip: number;
  /** Names and words in the form they are looked for. */
  readonly filter: Omit<ListingFilter, 'districts' | 'text'> & {
    readonly districts: ReadonlySet<string>;
    readonly words: readonly string[];
  };
}

/** @throws AppError INVALID_INPUT, with the path of the argument, for anything beyond its bounds */
export function prepareSearch({ filter, sort, first, after, page, facets }: ListingSearch): PreparedSearch {
  if (!isWithin(first, LARGEST_PAGE)) throw refused('first', `must be 1 to ${LARGEST_PAGE}`);
  if (page !== null && !isWithin(page, LAST_PAGE)) throw refused('page', `must be 1 to ${LAST_PAGE}`);
  if (page !== null && after !== null) throw refused('page', 'cannot be combined with after');
  return {
    sort,
    first,
    facets,
    after: after === null ? null : parseCursor(after, sort),
    skip: ((page ?? 1) - 1) * first,
    filter: { ...filter, districts: districtsOf(filter), words: wordsOf(filter) },
  };
}

function isWithin(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}
