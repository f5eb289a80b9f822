import type { Cancel, Clock } from '#lib/kernel';

interface Timer {
  readonly due: number;
  readonly task: () => void;
}

/** A clock for work that waits for a database and for timers by turns: it moves on only when a timer is waited for. */
export class TurningClock implements Clock {
  private time = Date.parse('2026-11-22T12:00:00Z');
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(milliseconds: number, task: () => void): Cancel {
    const timer = { due: this.time + milliseconds, task };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass while nothing is under way. */
  pass(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** Runs timers one after the other until the work is done, but none before `ready`. */
  async finish<T>(work: Promise<T>, ready: () => boolean = () => true): Promise<T> {
    const state = { done: false };
    const finished = work.finally(() => (state.done = true));
    finished.catch(() => undefined);
    while (!state.done) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!state.done && ready()) this.runNext();
    }
    return finished;
  }

  private runNext(): void {
    const [next] = [...this.timers].toSorted((left, right) => left.due - right.due);
    if (next === undefined) return;
    this.timers.delete(next);
    this.time = Math.max(this.time, next.due);
    next.task();
  }
}
