import type { RequestScope } from '#lib/kernel';

/** Finds whose card it is that a customer shows at a counter. Nothing of what is read for it is kept. */
export interface CardFinder {
  /**
   * The customer's number in the subsidiary; null when the card is none of its cards, or nobody's, or several people's.
   * @param cardNumber as typed or read from the card
   * @throws AppError UPSTREAM_* when the system cannot be asked
   */
  findAccount(cardNumber: string, scope: RequestScope): Promise<string | null>;
}
