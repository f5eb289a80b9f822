import type { CalendarDate, DecimalText } from '#lib/kernel';

/** Names of the feeds that flats come from, as `source` and `missing` show them; the landlord's own export first. */
export const FEED_NAMES = ['wodis', 'openimmo'] as const;

export type FeedName = (typeof FEED_NAMES)[number];

/** A flat to let as one feed tells of it. Rents are euros per month with two decimals; null is not stated. */
export interface FeedListing {
  /** Number of the flat, e.g. `4711 / 2 / 5`; one listing each. */
  readonly number: string;
  readonly title: string | null;
  /** Street, house number, postcode and city on one line; null where the way to the door is not told. */
  readonly address: string | null;
  readonly postcode: string;
  readonly city: string;
  readonly district: string | null;
  /** One decimal, because half rooms exist. */
  readonly rooms: DecimalText;
  /** m², two decimals. */
  readonly area: DecimalText;
  readonly floor: string | null;
  readonly netRent: DecimalText;
  readonly serviceCharges: DecimalText;
  /** Part of the service charges. */
  readonly heatingCharges: DecimalText | null;
  readonly heatingIncluded: boolean | null;
  /** Net rent plus service charges. */
  readonly grossRent: DecimalText;
  readonly deposit: string | null;
  /** Null when it is free at once or by agreement; then `availability` has the words. */
  readonly availableFrom: CalendarDate | null;
  readonly availability: string | null;
  readonly yearBuilt: string | null;
  readonly heating: string | null;
  /** Null when no certificate is named. */
  readonly energy: EnergyCertificate | null;
  readonly lift: boolean | null;
  readonly balcony: boolean | null;
  readonly cellar: string | null;
  readonly parking: string | null;
  readonly location: string | null;
  readonly description: string | null;
  readonly equipment: string | null;
  readonly images: readonly ListingImage[];
}

/** A flat to let (Wohnungsangebot) as the house offers it, put together from all feeds that name it. */
export interface Listing extends FeedListing {
  readonly title: string;
  /** Only with a housing entitlement certificate (WBS). */
  readonly entitlementRequired: boolean | null;
  /** Feeds that name the flat, in the order of {@link FEED_NAMES}. */
  readonly feeds: readonly FeedName[];
}

export interface EnergyCertificate {
  /** By calculated demand (Bedarfsausweis) or by measured consumption (Verbrauchsausweis). */
  readonly kind: CertificateKind;
  /** kWh per m² and year, two decimals. */
  readonly value: DecimalText | null;
  readonly date: CalendarDate | null;
}

export type CertificateKind = 'DEMAND' | 'CONSUMPTION' | 'OTHER';

export interface ListingImage {
  /** Name of the file in the export. */
  readonly file: string;
  readonly title: string | null;
}
