import { AppError, type Clock } from '#lib/kernel';
import type { RetryBudget } from './retry-budget.js';

/** Longest pause before the second attempt; the real one is random below it (full jitter). */
const LONGEST_PAUSE_MS = 200;

/**
 * Runs `attempt` and, when the system was not reachable and the budget allows, once more after a random pause.
 * A timeout is not tried again: the deadline is shared, and its time is spent.
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  budget: RetryBudget,
  clock: Clock,
  signal: AbortSignal,
): Promise<T> {
  budget.deposit();
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UPSTREAM_UNAVAILABLE' || !budget.withdraw()) throw error;
    await pause(Math.random() * LONGEST_PAUSE_MS, clock, signal);
    return attempt();
  }
}

function pause(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
