/** Longest pause after the first failure; it doubles with each further one. */
const FIRST_MS = 1_000;
/** No pause is longer: a system that is back is found out within minutes. */
const LONGEST_MS = 300_000;
/** Shortest pause, so that chance alone never makes a loop. */
const SHORTEST_MS = 50;

/**
 * Pause before the next try with full jitter: random below a bound that doubles, so that those who failed together do
 * not come back together.
 * @param failures in a row, from 1
 * @param atLeastSeconds what the legacy system or its breaker asked for
 * @returns milliseconds
 */
export function backoff(failures: number, atLeastSeconds = 0, random: () => number = Math.random): number {
  const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return atLeastSeconds * 1_000 + Math.max(SHORTEST_MS, Math.round(random() * bound));
}
