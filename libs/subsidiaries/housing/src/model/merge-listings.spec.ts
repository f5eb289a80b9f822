import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { OfferedFlat } from '../feed/offered-flat.js';
import { atOnce } from '../feed/turns.js';
import type { FeedListing } from './listing.js';
import { mergeListings, type FeedStocks } from './merge-listings.js';

const decimal = (text: string): DecimalText => text as DecimalText;

const FLAT: FeedListing = {
  number: '5120 / 4 / 11',
  title: null,
  address: 'Hangweg 8, 07747 Jena',
  postcode: '07747',
  city: 'Jena',
  district: 'Lobeda-West',
  rooms: decimal('3.0'),
  area: decimal('70.40'),
  floor: null,
  netRent: decimal('402.50'),
  serviceCharges: decimal('168.00'),
  heatingCharges: null,
  heatingIncluded: null,
  grossRent: decimal('570.50'),
  deposit: 'kautionsfrei',
  availableFrom: null,
  availability: 'sofort',
  yearBuilt: '1972',
  heating: null,
  energy: null,
  lift: false,
  balcony: null,
  cellar: null,
  parking: null,
  location: null,
  description: 'Bad mit Wanne.',
  equipment: null,
  images: [],
};

const OFFERED: OfferedFlat = {
  listing: {
    ...FLAT,
    number: '5120/4/11',
    title: 'Weitblick',
    netRent: decimal('400.00'),
    grossRent: decimal('568.00'),
    heatingCharges: decimal('99.00'),
    heatingIncluded: true,
    floor: '5. Etage',
    availableFrom: '2027-02-01' as CalendarDate,
    availability: null,
    lift: true,
    balcony: true,
    description: 'Anders.',
    location: 'Am Hang.',
    images: [{ file: 'a.jpg', title: 'Küche' }],
  },
  obid: 'OB1',
  entitlementRequired: true,
  addressReleased: true,
  asOf: null,
};

const merge = (stocks: FeedStocks) => atOnce(mergeListings(stocks));

describe('a flat in both feeds', () => {
  const [merged, ...others] = merge({ wodis: [FLAT], openimmo: [OFFERED], portalReleases: true });

  it('is one flat, named as in the export, from both feeds', () => {
    expect(others).toEqual([]);
    expect(merged).toMatchObject({ number: '5120 / 4 / 11', feeds: ['wodis', 'openimmo'] });
  });

  it('has the rent of the export, as a whole', () => {
    const rent = { netRent: '402.50', serviceCharges: '168.00', heatingCharges: null, heatingIncluded: null };
    expect(merged).toMatchObject({ ...rent, grossRent: '570.50' });
  });

  it('keeps what the export states and fills what it leaves empty', () => {
    expect(merged).toMatchObject({
      title: 'Weitblick',
      description: 'Bad mit Wanne.',
      location: 'Am Hang.',
      floor: '5. Etage',
      lift: false,
      balcony: true,
      images: [{ file: 'a.jpg' }],
      entitlementRequired: true,
    });
  });

  it('never mixes a date with words about another one', () => {
    expect(merged).toMatchObject({ availableFrom: null, availability: 'sofort' });
    const silent = { ...FLAT, availability: null };
    expect(merge({ wodis: [silent], openimmo: [OFFERED], portalReleases: true })[0]).toMatchObject({
      availableFrom: '2027-02-01',
      availability: null,
    });
  });
});

describe('an address', () => {
  const addressOf = (openimmo: readonly OfferedFlat[] | null, portalReleases: boolean) =>
    merge({ wodis: [FLAT], openimmo, portalReleases }).map(({ address, city }) => [address, city]);

  it.each<[string, readonly OfferedFlat[] | null, boolean, string | null]>([
    ['released in the portal feed is shown', [OFFERED], true, FLAT.address],
    ['not released there is hidden in the export as well', [{ ...OFFERED, addressReleased: false }], true, null],
    ['of which the portal feed says nothing is shown', [], true, FLAT.address],
    ['is hidden while the portal feed is missing', null, true, null],
    ['is shown where there is no portal feed', null, false, FLAT.address],
  ])('%s', (_case, openimmo, portalReleases, address) => {
    expect(addressOf(openimmo, portalReleases)).toEqual([[address, 'Jena']]);
  });
});

describe('all flats', () => {
  it('of both feeds are listed once each, with the feeds that name them', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const wodis = left.map((number) => ({ ...FLAT, number: `${number} / 1` }));
        const openimmo = right.map((number) => ({
          ...OFFERED,
          listing: { ...OFFERED.listing, number: `${number}/1` },
        }));
        const merged = merge({ wodis, openimmo, portalReleases: true });
        const feeds = new Map(merged.map((listing) => [Number(listing.number[0]), listing.feeds]));
        expect(merged).toHaveLength(feeds.size);
        expect([...feeds.keys()].toSorted()).toEqual([...new Set([...left, ...right])].toSorted());
        for (const [number, names] of feeds) {
          expect(names.includes('wodis')).toBe(left.includes(number));
          expect(names.includes('openimmo')).toBe(right.includes(number));
        }
      }),
    );
  });

  it('have a title, made of the district or the city', () => {
    const wodis = [FLAT, { ...FLAT, number: '2', district: null }];
    const titles = merge({ wodis, openimmo: null, portalReleases: false }).map(({ title }) => title);
    expect(titles).toEqual(['Wohnung in Lobeda-West', 'Wohnung in Jena']);
  });
});
