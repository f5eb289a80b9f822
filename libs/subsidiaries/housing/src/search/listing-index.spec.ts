import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareDecimals, parseDecimal, type DecimalText } from '#lib/kernel';
import { atOnce } from '../feed/turns.js';
import { contentOf, LISTING_SORTS, type ListingFilter, type ListingSearch } from '../model/listing-search.js';
import type { Listing } from '../model/listing.js';
import { ListingIndex } from './listing-index.js';
import { prepareSearch } from './prepared-search.js';

const decimal = (hundredths: number, scale = 2): DecimalText => parseDecimal(String(hundredths / 100), scale)!;
const DISTRICTS = ['Ostviertel', 'ostviertel', 'Nord', 'Am Südhang', null];
const WORDS = ['balkon', 'Balkone', 'hell', 'Südhang', 'su\u0308dlich', 'a', '(neu)', 'ß'];

const listing = fc.record({
  number: fc.stringMatching(/^[0-9]{1,3} \/ [0-9|]{1,2}$/),
  title: fc.subarray(WORDS).map((words) => words.join(' ')),
  address: fc.constantFrom('Hangweg 1, 07743 Jena', 'Am Ufer 12, 07745 Jena'),
  district: fc.constantFrom(...DISTRICTS),
  rooms: fc.integer({ min: 2, max: 12 }).map((halves) => decimal(halves * 50, 1)),
  area: fc.integer({ min: 2000, max: 2020 }).map((value) => decimal(value)),
  grossRent: fc.integer({ min: 30_000, max: 30_010 }).map((value) => decimal(value)),
  location: fc.constantFrom(null, 'ruhig\tgelegen', 'Zentrum'),
  description: fc.constantFrom(null, 'hell\nund groß'),
  equipment: fc.constant(null),
  entitlementRequired: fc.constantFrom(true, false, null),
});
const listings = fc
  .uniqueArray(listing, { selector: ({ number }) => number, maxLength: 40 })
  .map((list) => list as unknown as readonly Listing[]);

const wish = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const wishes: fc.Arbitrary<ListingFilter> = fc.record({
  minRooms: wish(fc.integer({ min: 2, max: 12 }).map((halves) => decimal(halves * 50))),
  maxRooms: wish(fc.integer({ min: 2, max: 12 }).map((halves) => decimal(halves * 50))),
  minArea: wish(fc.integer({ min: 2000, max: 2020 }).map((value) => decimal(value))),
  maxArea: wish(fc.integer({ min: 2000, max: 2020 }).map((value) => decimal(value))),
  minGrossRent: wish(fc.integer({ min: 30_000, max: 30_010 }).map((value) => decimal(value))),
  maxGrossRent: wish(fc.integer({ min: 30_000, max: 30_010 }).map((value) => decimal(value))),
  districts: wish(fc.subarray([' OSTVIERTEL ', 'nord', 'Unbekannt', ''])),
  text: wish(
    fc
      .subarray(['BALKON', 'e', 'südh', 'hell', 'ß', 'neu)', '1,', 'zz'], { maxLength: 2 })
      .map((words) => words.join(' ')),
  ),
  entitlementRequired: wish(fc.boolean()),
});

const within = (value: DecimalText, least?: DecimalText | null, most?: DecimalText | null): boolean =>
  (least == null || compareDecimals(value, least) >= 0) && (most == null || compareDecimals(value, most) <= 0);

function naive(list: readonly Listing[], wanted: ListingFilter): readonly Listing[] {
  const names = (wanted.districts ?? []).map((name) => name.trim().toLowerCase());
  const words = (wanted.text ?? '').toLowerCase().split(' ');
  return list.filter(
    (each) =>
      within(each.rooms, wanted.minRooms, wanted.maxRooms) &&
      within(each.area, wanted.minArea, wanted.maxArea) &&
      within(each.grossRent, wanted.minGrossRent, wanted.maxGrossRent) &&
      (names.length === 0 || names.includes((each.district ?? '').toLowerCase())) &&
      words.every((word) => contentOf(each).includes(word)) &&
      (wanted.entitlementRequired == null || (each.entitlementRequired === true) === wanted.entitlementRequired),
  );
}

const indexOf = (list: readonly Listing[]): ListingIndex => atOnce(ListingIndex.build(list));

function searchOf(search: Partial<ListingSearch>) {
  return prepareSearch({ filter: {}, sort: 'RENT_ASC', first: 20, after: null, page: null, facets: false, ...search });
}

function allPages(index: ListingIndex, search: Partial<ListingSearch>): readonly Listing[] {
  const shown: Listing[] = [];
  let after: string | null = null;
  for (let page = 0; page < 50; page += 1) {
    const { nodes, hasNextPage, endCursor } = index.search(searchOf({ ...search, after }));
    shown.push(...nodes);
    after = endCursor;
    if (!hasNextPage) break;
  }
  return shown;
}

const key = (sort: string): 'grossRent' | 'area' | 'rooms' =>
  sort.startsWith('RENT') ? 'grossRent' : sort.startsWith('AREA') ? 'area' : 'rooms';

describe('the index of listings', () => {
  it('finds what a plain filter finds, in order, page by page by cursor and by number', () => {
    fc.assert(
      fc.property(
        listings,
        wishes,
        fc.constantFrom(...LISTING_SORTS),
        fc.integer({ min: 1, max: 9 }),
        (list, filter, sort, first) => {
          const turn = sort.endsWith('_ASC') ? 1 : -1;
          const expected = naive(list, filter).toSorted(
            (left, right) =>
              turn * compareDecimals(left[key(sort)], right[key(sort)]) || (left.number < right.number ? -1 : 1),
          );
          const index = indexOf(list);
          expect(allPages(index, { filter, sort, first })).toEqual(expected);
          const second = index.search(searchOf({ filter, sort, first, page: 2 }));
          expect(second.nodes).toEqual(expected.slice(first, 2 * first));
          expect(second.hasNextPage).toBe(expected.length > 2 * first);
          expect(second.totalCount).toBe(expected.length);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('counts what each other choice of district and rooms would show', () => {
    fc.assert(
      fc.property(listings, wishes, (list, wanted) => {
        const { facets } = indexOf(list).search(searchOf({ filter: wanted, first: 1, facets: true }));
        for (const { value, count } of facets!.districts) {
          expect(naive(list, { ...wanted, districts: [value] })).toHaveLength(count);
        }
        for (const { value: rooms, count } of facets!.rooms) {
          const chosen = { ...wanted, minRooms: decimal(rooms * 100), maxRooms: decimal(rooms * 100 + 99) };
          expect(naive(list, chosen)).toHaveLength(count);
        }
        const anywhere = naive(list, { ...wanted, districts: null }).filter(({ district }) => district !== null);
        expect(facets!.districts.reduce((sum, { count }) => sum + count, 0)).toBe(anywhere.length);
      }),
      { numRuns: 200 },
    );
  });

  it('counts nothing unless asked to', () => {
    expect(indexOf([]).search(searchOf({})).facets).toBeNull();
  });

  it('goes on at the same place when the last listing shown has been let meanwhile', () => {
    fc.assert(
      fc.property(listings, fc.constantFrom(...LISTING_SORTS), (list, sort) => {
        const { nodes, endCursor } = indexOf(list).search(searchOf({ sort, first: 3 }));
        fc.pre(endCursor !== null);
        const left = list.filter((each) => each !== nodes.at(-1));
        const rest = indexOf(left).search(searchOf({ sort, first: 100, after: endCursor })).nodes;
        expect([...nodes, ...rest]).toHaveLength(list.length);
        expect(rest.some((each) => nodes.includes(each))).toBe(false);
      }),
    );
  });
});
