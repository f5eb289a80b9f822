import { systemClock, type Clock } from '#lib/kernel';

/** Runs like the real one; both its hands can be moved on, timers go by real time. */
export class PassingClock implements Clock {
  private ahead = 0;

  readonly now = (): number => Date.now() + this.ahead;
  readonly monotonic = (): number => systemClock.monotonic() + this.ahead;
  readonly after = systemClock.after;

  pass(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}
