import type { ReadUse, RequestScope } from '#lib/kernel';

/** Lets resolvers that wait for a finished read start their own reads before we look again. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Waits until no read of this request is under way, reads that follow from others included, and tells what became of
 * them. Bounded: every read of a request ends with the request's own patience.
 */
export async function settledUses(scope: RequestScope): Promise<readonly ReadUse[]> {
  const begun = (): number => scope.reads.size + scope.steps.size;
  let seen = -1;
  while (seen < begun()) {
    seen = begun();
    await nextTurn();
    await Promise.allSettled([...scope.reads.values(), ...scope.steps.values()]);
    await nextTurn();
  }
  return scope.uses;
}
