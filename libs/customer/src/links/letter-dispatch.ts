import type { Instant } from '#lib/kernel';

/** A letter with a code, to the postal address that the subsidiary keeps for the account. */
export interface CodeLetter {
  readonly subsidiary: string;
  readonly account: string;
  /** To be printed and then forgotten; never logged. */
  readonly code: string;
  readonly at: Instant;
}

/** Whoever prints and posts letters. */
export abstract class LetterDispatch {
  /**
   * Takes the letter over. An account without an address is the dispatcher's own business: it is accepted like any
   * other, so that nobody learns from here which accounts exist.
   * @throws AppError UPSTREAM_* when no letters can be taken at all
   */
  abstract send(letter: CodeLetter): Promise<void>;
}
