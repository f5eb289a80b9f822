import type { CalendarDate } from '#lib/kernel';

/** A flat as far as someone must find it: what a lease tells of the place, without any rent. */
export interface Home {
  /** Number of the lease. */
  readonly lease: string;
  /** Number of the flat (ObjektNr). */
  readonly flat: string;
  /** Street and house number. */
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** As written, e.g. `3. Etage`. */
  readonly floor: string | null;
  /** Last day of the lease; null is open-ended. */
  readonly until: CalendarDate | null;
}
