import type { Label, Labels } from '#lib/customer';
import type { Money } from '#lib/kernel';

/** A value card (Geldwertkarte) of a customer. */
export interface ValueCard {
  /** ClientId and a one-way digest of the card's UID: stable, one for each card, and of no use at a gate. */
  readonly key: string;
  /** Card number of which only the last four characters are shown; the whole UID opens gates. */
  readonly maskedNumber: string;
  /** Credit on the customer's account; negative when the customer owes. */
  readonly balance: Money;
}

/** Needed to find a card at any counter. Where someone spends leisure is nobody's business for an offer. */
const CARD: Label = { category: 'LEISURE', purposes: ['COUNTER_ADVICE'], grid: false };
/** Money of the customer: shown where people are helped with it, never used for marketing. */
const BALANCE: Label = { category: 'BILLING', purposes: ['COUNTER_ADVICE'], grid: false };

export const valueCardLabels: Labels<ValueCard> = { key: CARD, maskedNumber: CARD, balance: BALANCE };
