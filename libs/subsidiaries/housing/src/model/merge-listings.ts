import type { OfferedFlat } from '../feed/offered-flat.js';
import type { Turns } from '../feed/turns.js';
import type { FeedListing, Listing } from './listing.js';

const FLATS_PER_TURN = 200;

/** What the feeds have at present; null is a feed that has nothing or is not installed. */
export interface FeedStocks {
  readonly wodis: readonly FeedListing[] | null;
  readonly openimmo: readonly OfferedFlat[] | null;
  /**
   * Whether only the portal feed may release an address. Without that feed installed nobody hides anything; with it an
   * address stays hidden while the feed is missing.
   */
  readonly portalReleases: boolean;
}

/**
 * One list of flats out of both feeds. A flat is the same by its number, however it is spaced. For a flat in both, the
 * landlord's own export tells the rent and whatever else it states; the portal feed adds the certificate that is
 * needed, and fills what is empty. An address that its owner has not released there is shown nowhere.
 */
export function* mergeListings({ wodis, openimmo, portalReleases }: FeedStocks): Turns<readonly Listing[]> {
  const inPortal = new Map<string, OfferedFlat>();
  for (const [index, flat] of (openimmo ?? []).entries()) {
    if (index % FLATS_PER_TURN === 0) yield;
    const key = keyOf(flat.listing.number);
    if (!inPortal.has(key)) inPortal.set(key, flat);
  }
  const listings: Listing[] = [];
  for (const flat of wodis ?? []) {
    if (listings.length % FLATS_PER_TURN === 0) yield;
    const key = keyOf(flat.number);
    const offered = inPortal.get(key);
    inPortal.delete(key);
    if (offered) listings.push(inBoth(flat, offered));
    else listings.push(fromWodis(flat, openimmo !== null || !portalReleases));
  }
  for (const flat of inPortal.values()) {
    if (listings.length % FLATS_PER_TURN === 0) yield;
    listings.push(fromPortal(flat));
  }
  return listings;
}

function keyOf(number: string): string {
  return number.replace(/\s/g, '').toLowerCase();
}

function fromWodis(flat: FeedListing, released: boolean): Listing {
  const address = released ? flat.address : null;
  return { ...flat, title: titleOf(flat), address, entitlementRequired: null, feeds: ['wodis'] };
}

function fromPortal({ listing, entitlementRequired }: OfferedFlat): Listing {
  return { ...listing, title: titleOf(listing), entitlementRequired, feeds: ['openimmo'] };
}

function inBoth(flat: FeedListing, { listing: offered, entitlementRequired, addressReleased }: OfferedFlat): Listing {
  const merged = filled(flat, offered);
  return {
    ...merged,
    // The parts of a rent belong together, and so do a date and its words.
    heatingCharges: flat.heatingCharges,
    heatingIncluded: flat.heatingIncluded,
    ...availabilityOf((flat.availableFrom ?? flat.availability) ? flat : offered),
    title: titleOf(merged),
    address: addressReleased ? merged.address : null,
    images: flat.images.length > 0 ? flat.images : offered.images,
    entitlementRequired,
    feeds: ['wodis', 'openimmo'],
  };
}

/** Every property of `first`, or that of `second` where `first` states none. */
function filled(first: FeedListing, second: FeedListing): FeedListing {
  const stated = Object.entries(first).filter(([, value]) => value !== null);
  return { ...second, ...(Object.fromEntries(stated) as Partial<FeedListing>) };
}

function availabilityOf({ availableFrom, availability }: FeedListing) {
  return { availableFrom, availability };
}

function titleOf({ title, district, city }: FeedListing): string {
  return title ?? `Wohnung in ${district ?? city}`;
}
