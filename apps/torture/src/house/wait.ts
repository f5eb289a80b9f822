import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks. */
const LOOK_EVERY_MS = 50;

export interface Patience {
  /** At most so long. */
  readonly milliseconds: number;
  readonly everyMs?: number;
  /** Ends the waiting at once. */
  readonly signal?: AbortSignal;
}

/**
 * Looks again and again until `look` finds something.
 * @returns what it found; undefined when the time was over first
 */
export async function waitFor<T>(
  look: () => T | undefined | Promise<T | undefined>,
  { milliseconds, everyMs = LOOK_EVERY_MS, signal }: Patience,
): Promise<T | undefined> {
  const end = performance.now() + milliseconds;
  for (;;) {
    if (signal?.aborted) return undefined;
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() >= end) return undefined;
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
