import type { RequestScope } from '#lib/kernel';

/** Facts about a customer on which another subsidiary's offer depends, each answered by yes or no and nothing else. */
export type EntitlementKey = 'energy-customer';

/** Answers one entitlement for the customers of its subsidiary. */
export interface EntitlementSource {
  readonly key: EntitlementKey;
  /**
   * Whether the customer holds it today.
   * @param account the customer's number in this subsidiary
   * @throws AppError UPSTREAM_* when the system cannot say
   */
  holds(account: string, scope: RequestScope): Promise<boolean>;
}
