import type { Cancel, Clock } from '#lib/kernel';
import type { Store } from '#lib/store';
import { CHANGED_CHANNEL } from '../tables/change-process.js';

/** Requests that wait for an outcome at once; further ones are answered with the process as it stands. */
const MOST_WAITING = 500;
/** Notices only hasten: whoever hears none looks by itself. */
const LOOK_AGAIN_MS = 250;

/** Wakes those who wait for a process, without holding a database connection. */
export class OutcomeBell {
  private readonly waiting = new Map<string, Set<() => void>>();
  private count = 0;
  private cancelListening: Cancel | null = null;
  private closed = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Whether one more may wait; nobody may while the instance stops. */
  get hasRoom(): boolean {
    return !this.closed && this.count < MOST_WAITING;
  }

  /**
   * Resolves when that process has perhaps changed, at the latest at a clock time in milliseconds, and when the client
   * has gone. Ask before looking at the process, and wait after it: a change in between is heard, too.
   */
  next(
    processId: string,
    until: number,
    signal: AbortSignal,
  ): { readonly rung: Promise<void>; readonly leave: Cancel } {
    this.cancelListening ??= this.store.listen(CHANGED_CHANNEL, (id) => this.ring(id));
    let leave: Cancel = () => undefined;
    const rung = new Promise<void>((resolve) => {
      const listeners = this.waiting.get(processId) ?? new Set();
      const pause = Math.max(0, Math.min(LOOK_AGAIN_MS, until - this.clock.now()));
      const cancel = this.clock.after(pause, () => leave());
      leave = () => {
        if (!listeners.delete(leave)) return;
        this.count -= 1;
        if (listeners.size === 0 && this.waiting.get(processId) === listeners) this.waiting.delete(processId);
        cancel();
        signal.removeEventListener('abort', leave);
        resolve();
      };
      this.waiting.set(processId, listeners.add(leave));
      this.count += 1;
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
    });
    return { rung, leave: () => leave() };
  }

  /** Lets everybody go. */
  close(): void {
    this.closed = true;
    this.cancelListening?.();
    for (const id of this.waiting.keys()) this.ring(id);
  }

  private ring(processId: string): void {
    for (const leave of this.waiting.get(processId) ?? []) leave();
  }
}
