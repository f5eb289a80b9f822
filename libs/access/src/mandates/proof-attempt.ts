import type { Attempt } from '#lib/customer';

const MINUTE_MS = 60_000;

/** Agents serve many and mistype now and then; what succeeded is not counted. Whoever guesses needs far more. */
const PER_ACTOR = { most: 10, withinMs: 15 * MINUTE_MS };
/** Whoever guesses through many agents meets the limit of the number. */
const PER_TARGET = { most: 5, withinMs: 60 * MINUTE_MS };

/**
 * @param actor who tries: an agent, or a customer who has codes made
 * @param about what is tried, in its one spelling
 */
export function proofAttempt(actor: string, about: readonly string[]): Attempt {
  return { actor: [actor], target: about, perActor: PER_ACTOR, perTarget: PER_TARGET };
}
