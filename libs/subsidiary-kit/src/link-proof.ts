import type { RequestScope } from '#lib/kernel';

/** How a customer shows that a number of the subsidiary is theirs: by naming a second fact that only they hold. */
export interface LinkProof {
  /** German name of the fact, as people read it, e.g. `Vertragsnummer`. */
  readonly factName: string;
  /**
   * A number of the right form that the system gives to nobody. It is asked beside every other number: what it meets
   * is the state of the system, whatever is the matter with the number in question.
   */
  readonly controlNumber: string;
  /** The number as the system writes it, so that each number has one spelling; undefined when it can be none. */
  normalise(number: string): string | undefined;
  /**
   * Whether the fact belongs to the number; false, too, when the number belongs to nobody. Nothing of what is read
   * for it is kept.
   * @param account a normalised number
   * @throws AppError UPSTREAM_REJECTED when the system refuses the number, UPSTREAM_* when it cannot be asked
   */
  prove(account: string, fact: string, scope: RequestScope): Promise<boolean>;
}
