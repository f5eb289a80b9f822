import type { Label, Labels } from '#lib/customer';
import type { CalendarDate, DecimalText, Money } from '#lib/kernel';

/** A tenancy contract (Mietvertrag). Rents are per month. */
export interface Lease {
  /** Number of the flat and the tenant's place in its sequence, e.g. `4711 / 2 / 5 / 01`. */
  readonly number: string;
  /** Street, house number, postcode and city on one line. */
  readonly address: string;
  readonly flat: Flat;
  readonly from: CalendarDate;
  /** Last day; null is open-ended. */
  readonly until: CalendarDate | null;
  readonly netRent: Money;
  /** Heating included. */
  readonly serviceCharges: Money;
  /** The part of the service charges that is for heating; null when it is not shown apart. */
  readonly heatingCharges: Money | null;
  /** Net rent plus service charges. */
  readonly grossRent: Money;
}

/** The rented flat. */
export interface Flat {
  readonly number: string;
  readonly district: string | null;
  /** As written, e.g. `3. Etage`. */
  readonly floor: string | null;
  /** One decimal. */
  readonly rooms: DecimalText;
  /** m², two decimals. */
  readonly area: DecimalText;
}

/** Numbers of flat and contract: needed to find them at any counter, of no use for an offer. */
const CONTRACT_NUMBER: Label = { category: 'CONTRACT', purposes: ['COUNTER_ADVICE'], grid: false };
/** What is rented and since when. Who agreed to marketing may be offered power or a ticket that fits the flat. */
const TENANCY: Label = { category: 'CONTRACT', purposes: ['COUNTER_ADVICE', 'MARKETING'], grid: false };
/** Where someone lives: advice on a move needs it, and an offer depends on the place. */
const ADDRESS: Label = { category: 'ADDRESS', purposes: ['COUNTER_ADVICE', 'MARKETING'], grid: false };
/** Rents tell what someone can afford, heating charges how they heat: never used for marketing. */
const BILLING: Label = { category: 'BILLING', purposes: ['COUNTER_ADVICE'], grid: false };

export const leaseLabels: Labels<Lease> = {
  number: CONTRACT_NUMBER,
  address: ADDRESS,
  flat: { number: CONTRACT_NUMBER, district: ADDRESS, floor: ADDRESS, rooms: TENANCY, area: TENANCY },
  from: TENANCY,
  until: TENANCY,
  netRent: BILLING,
  serviceCharges: BILLING,
  heatingCharges: BILLING,
  grossRent: BILLING,
};
