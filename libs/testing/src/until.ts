import { setTimeout } from 'node:timers/promises';

/** Much longer than anything takes, even on a machine with other things to do. */
const DEADLINE_MS = 20_000;
/** Often enough for a test, and leaves the processor to what is waited for. */
const POLL_MS = 2;

/**
 * Asks again and again until something holds that real time must bring about.
 * @param what is said when it never did
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`still not so: ${what}`);
    await setTimeout(POLL_MS);
  }
}
