/** Stops a timer; harmless after it has fired. */
export type Cancel = () => void;

/** The only source of time. Tests move it by hand (`#lib/testing`). */
export interface Clock {
  /** Milliseconds since 1970 (wall clock). */
  now(): number;
  /** Milliseconds since some moment; only ever rises, whatever happens to the wall clock. For leases and durations. */
  monotonic(): number;
  /** Runs `task` once after `milliseconds`. The timer does not keep the process alive. */
  after(milliseconds: number, task: () => void): Cancel;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Injection token of the clock. */
export const CLOCK = Symbol('Clock');
