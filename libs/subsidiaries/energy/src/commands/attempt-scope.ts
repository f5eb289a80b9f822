import { ANONYMOUS, RequestScope, type Clock } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';

/** Reads have deadlines of their own, all below this; the attempt's signal ends them earlier. */
const LONGEST_READ_MS = 10_000;

/**
 * The scope of an attempt's reads. Nobody waits for an answer, so nobody is the caller; whose data are read is decided
 * by the account that the command was accepted for.
 */
export function scopeOf({ signal }: Pick<Attempt, 'signal'>, clock: Clock): RequestScope {
  return new RequestScope(ANONYMOUS, 'de', clock.now() + LONGEST_READ_MS, signal);
}
