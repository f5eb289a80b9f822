import type { Customer } from './customer.js';

/** Where customers, their links and their consents are kept. */
export abstract class CustomerDirectory {
  /**
   * The customer who signs in under `subject` (the `sub` of the token), as of now.
   * @throws AppError UPSTREAM_UNAVAILABLE when the directory cannot be asked
   */
  abstract findBySubject(subject: string): Promise<Customer | undefined>;

  /** @throws AppError UPSTREAM_UNAVAILABLE when the directory cannot be asked */
  abstract find(id: string): Promise<Customer | undefined>;

  /**
   * The data epoch of an account: how often we have changed its data in the subsidiary. At once where it is known, so
   * that all reads of a query start in one tick.
   * @throws AppError UPSTREAM_UNAVAILABLE when the directory cannot be asked
   */
  abstract dataEpoch(subsidiary: string, account: string): number | Promise<number>;

  /** As {@link findBySubject}, from memory that may be trusted right now; undefined where it would have to be asked. */
  recallBySubject(_subject: string): Customer | undefined {
    return undefined;
  }

  /** As {@link dataEpoch}, from memory that may be trusted right now; undefined where it would have to be asked. */
  recallDataEpoch(_subsidiary: string, _account: string): number | undefined {
    return undefined;
  }
}
