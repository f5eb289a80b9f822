import type { Omission } from '#lib/kernel';

/** How readers say that a row is someone else's. */
const FOREIGN = /^is another /;

/**
 * Whether something that may be this customer's could not be read: then a list does not tell that something is not in
 * it. Rows of someone else are left out too, but are no gaps.
 */
export function hasGaps({ omissions }: { readonly omissions: readonly Omission[] }): boolean {
  return omissions.some(({ reason }) => !FOREIGN.test(reason));
}
