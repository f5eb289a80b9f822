import type { Clock } from '#lib/kernel';

/** Waits for that time. */
export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

/** A time limit: `over` turns true when it has passed; `cancel` it when nobody looks any more. */
export function timeLimit(clock: Clock, milliseconds: number): { readonly over: boolean; cancel(): void } {
  const limit = { over: false, cancel: (): void => undefined };
  limit.cancel = clock.after(milliseconds, () => {
    limit.over = true;
  });
  return limit;
}

/** Waits for `work`, but no longer than that time, whatever becomes of it. */
export async function waitAtMost(clock: Clock, milliseconds: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => undefined), pause(clock, milliseconds)]);
}
