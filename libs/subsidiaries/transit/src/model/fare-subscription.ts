import type { Label, Labels } from '#lib/customer';
import type { CalendarDate, Instant, Money } from '#lib/kernel';

/** States, intervals and media this house knows; any other value of the shop is OTHER. */
export const SUBSCRIPTION_STATES = ['ACTIVE', 'PAUSED', 'CANCELLED'] as const;
export const PRICE_INTERVALS = ['MONTH'] as const;
export const FARE_MEDIA = ['APP', 'CHIPCARD'] as const;

type OrOther<T extends readonly string[]> = T[number] | 'OTHER';

/** A fare subscription (Abo) of a customer. */
export interface FareSubscription {
  /** The shop's number, e.g. `ABO-0012345`. */
  readonly number: string;
  readonly product: string;
  readonly state: OrOther<typeof SUBSCRIPTION_STATES>;
  readonly from: CalendarDate;
  /** Last day; null is open-ended. */
  readonly until: CalendarDate | null;
  /** Price per interval. */
  readonly price: Money;
  readonly interval: OrOther<typeof PRICE_INTERVALS>;
  readonly medium: OrOther<typeof FARE_MEDIA>;
  /** Chip card number of which only the end is shown; the whole number never leaves the reader. */
  readonly maskedCardNumber: string | null;
  /** Last day on which a cancellation still takes effect at the next possible date. */
  readonly cancellableUntil: CalendarDate | null;
  /** Empty for subscriptions on a chip card: the card is the ticket. */
  readonly tickets: readonly Ticket[];
}

/** A ticket (Fahrausweis) that the app shows. */
export interface Ticket {
  readonly number: string;
  readonly product: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly barcode: { readonly symbology: string; /** Base64. */ readonly payload: string } | null;
}

/** Numbers of contracts, cards and tickets: needed to find them at any counter, of no use for an offer. */
const NUMBER: Label = { category: 'CONTRACT', purposes: ['COUNTER_ADVICE'], grid: false };
/** Which subscription someone has and since when. Who agreed to marketing may be offered something that goes with it. */
const SUBSCRIPTION: Label = { category: 'MOBILITY', purposes: ['COUNTER_ADVICE', 'MARKETING'], grid: false };
/** How and when someone may travel right now: what a counter helps with, but nobody's business for an offer. */
const TRAVEL: Label = { category: 'MOBILITY', purposes: ['COUNTER_ADVICE'], grid: false };
const BILLING: Label = { category: 'BILLING', purposes: ['COUNTER_ADVICE'], grid: false };
/** Whoever has the code has the ticket, so it leaves the company for nobody but the customer. */
const TICKET_CODE: Label = { category: 'MOBILITY', purposes: [], grid: false };

export const fareSubscriptionLabels: Labels<FareSubscription> = {
  number: NUMBER,
  product: SUBSCRIPTION,
  state: SUBSCRIPTION,
  from: SUBSCRIPTION,
  until: SUBSCRIPTION,
  price: BILLING,
  interval: BILLING,
  medium: TRAVEL,
  maskedCardNumber: NUMBER,
  cancellableUntil: SUBSCRIPTION,
  tickets: {
    number: NUMBER,
    product: TRAVEL,
    validFrom: TRAVEL,
    validUntil: TRAVEL,
    barcode: { symbology: TICKET_CODE, payload: TICKET_CODE },
  },
};
