import type { Instant } from '#lib/kernel';

export type TravelClass = 'FIRST' | 'SECOND' | 'OTHER';

/** Both moments are part of it. Tickets tell local time without a zone; it is taken as Berlin's. */
export interface TicketValidity {
  readonly from: Instant;
  readonly until: Instant;
}
