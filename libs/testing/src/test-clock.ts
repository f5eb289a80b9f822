import type { Cancel, Clock } from '#lib/kernel';

interface Timer {
  readonly due: number;
  readonly task: () => void;
}

/** A clock that moves only when told to. Timers that fall due run in order, each at its own time. */
export class TestClock implements Clock {
  private time: number;
  private readonly timers = new Set<Timer>();

  constructor(start = '2026-11-22T12:00:00Z') {
    this.time = Date.parse(start);
  }

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

  /** Moves on by that time; what is under way gets its turn first, and promises settled by timers on the way get their turn before the next timer. */
  async advance(milliseconds: number): Promise<void> {
    await settle();
    const end = this.time + milliseconds;
    for (let next = this.nextDue(end); next; next = this.nextDue(end)) {
      this.time = Math.max(this.time, next.due);
      this.timers.delete(next);
      next.task();
      await settle();
    }
    this.time = end;
    await settle();
  }

  private nextDue(end: number): Timer | undefined {
    return [...this.timers].filter(({ due }) => due <= end).toSorted((left, right) => left.due - right.due)[0];
  }
}

/** Lets all settled promises have their turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
