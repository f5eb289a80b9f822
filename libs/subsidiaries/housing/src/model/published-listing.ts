import { money, toGlobalId, type Money } from '#lib/kernel';
import type { Listing } from './listing.js';

type Rent = 'netRent' | 'serviceCharges' | 'heatingCharges' | 'grossRent';

/** A listing as it leaves the house, the same on every channel: with a global id and rents as money. */
export interface PublishedListing extends Omit<Listing, Rent | 'images'> {
  readonly id: string;
  readonly netRent: Money;
  readonly serviceCharges: Money;
  readonly heatingCharges: Money | null;
  readonly grossRent: Money;
}

/** Images stay behind: they have no address of their own yet. */
export function publishListing({ images: _images, ...listing }: Listing): PublishedListing {
  const { number, netRent, serviceCharges, heatingCharges, grossRent } = listing;
  return {
    ...listing,
    id: toGlobalId('Listing', number),
    netRent: money(netRent),
    serviceCharges: money(serviceCharges),
    heatingCharges: heatingCharges === null ? null : money(heatingCharges),
    grossRent: money(grossRent),
  };
}
