import { describe, expect, it } from '@jest/globals';
import type { DecimalText } from '#lib/kernel';
import { atOnce } from '../feed/turns.js';
import type { ListingFilter } from '../model/listing-search.js';
import type { Listing } from '../model/listing.js';
import { ListingIndex } from './listing-index.js';
import { prepareSearch } from './prepared-search.js';

const LISTING = {
  title: 'Helle Wohnung',
  address: 'Löbstedter Weg 21a, 07743 Jena',
  district: 'Jena-Nord',
  rooms: '2.5',
  grossRent: '650.00',
  location: null,
  description: 'Mit Balkon.',
  equipment: 'Parkett (aufgearbeitet)',
  entitlementRequired: null,
} as unknown as Listing;

const decimal = (text: string): DecimalText => text as DecimalText;

const INDEX = atOnce(ListingIndex.build([LISTING]));

function matches(filter: ListingFilter): boolean {
  const search = { filter, sort: 'RENT_ASC', first: 1, after: null, page: null, facets: false } as const;
  return INDEX.search(prepareSearch(search)).totalCount === 1;
}

describe('a filter', () => {
  it.each<[string, ListingFilter, boolean]>([
    ['no wish', {}, true],
    ['wishes that are null', { minRooms: null, maxGrossRent: null, districts: null, text: null }, true],
    ['as many rooms', { minRooms: decimal('2.50') }, true],
    ['more rooms', { minRooms: decimal('3') }, false],
    ['the same rent', { maxGrossRent: decimal('650') }, true],
    ['a lower rent', { maxGrossRent: decimal('649.99') }, false],
    ['a rent with fewer digits', { maxGrossRent: decimal('99') }, false],
    ['a certificate that nobody asks for', { entitlementRequired: false }, true],
    ['a certificate that is needed', { entitlementRequired: true }, false],
    ['one of the districts', { districts: ['Zentrum', ' jena-NORD '] }, true],
    ['other districts', { districts: ['Nord'] }, false],
    ['no districts in particular', { districts: [] }, true],
    ['all words', { text: '  balkon LÖBSTEDTER ' }, true],
    ['a word with its umlaut in two characters', { text: 'Lo\u0308bstedter' }, true],
    ['one word of two', { text: 'balkon garten' }, false],
    ['characters of patterns, literally', { text: '(aufgearbeitet)' }, true],
    ['a pattern', { text: 'bal.*' }, false],
    ['blanks', { text: '   ' }, true],
  ])('finds a flat by %s: %#', (_case, filter, expected) => {
    expect(matches(filter)).toBe(expected);
  });
});
