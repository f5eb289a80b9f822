/** Tokens a first attempt pays in. With it, all calls together stay within 1.1 times the first attempts. */
const DEPOSIT = 0.1;
/** Retries that may be saved up for a bad moment. */
const MOST_TOKENS = 10;

/** Token bucket that keeps retries a small share of the traffic, so that a dead system is not hammered. */
export class RetryBudget {
  private tokens = 0;

  /** Counts a first attempt. */
  deposit(): void {
    this.tokens = Math.min(MOST_TOKENS, this.tokens + DEPOSIT);
  }

  /** Takes a retry out of the budget; false when there is none left. */
  withdraw(): boolean {
    // Ten deposits of 0.1 add up to a hair below 1.
    if (this.tokens < 1 - 1e-9) return false;
    this.tokens -= 1;
    return true;
  }
}
