import { AppError, type Clock } from '#lib/kernel';

/** Why a read was given up that did no wrong: it says nothing about the system. */
export const NOBODY_WAITS = new AppError('UPSTREAM_TIMEOUT', 'nobody waits any more');

interface Flight {
  readonly result: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Reads under way, one per key. Whoever asks for the same key meanwhile joins. A caller whose patience ends may go
 * with the read going on (it warms the cache); the read is aborted only when every caller has left for good.
 */
export class Flights {
  private readonly flights = new Map<string, Flight>();

  constructor(private readonly clock: Clock) {}

  /** Joins the flight of `key`, or starts it with `task` under its own deadline. */
  join<T>(
    key: string,
    deadlineMs: number,
    task: (signal: AbortSignal) => Promise<T>,
  ): { result: Promise<T>; leave: () => void } {
    const flight = this.flights.get(key) ?? this.start(key, deadlineMs, task);
    flight.waiting += 1;
    const leave = (): void => {
      flight.waiting -= 1;
      if (flight.waiting === 0) flight.controller.abort(NOBODY_WAITS);
    };
    return { result: flight.result as Promise<T>, leave };
  }

  /** Ends all reads under way; for shutdown. */
  abortAll(): void {
    for (const { controller } of this.flights.values())
      controller.abort(new AppError('UPSTREAM_UNAVAILABLE', 'shutting down'));
  }

  get size(): number {
    return this.flights.size;
  }

  private start<T>(key: string, deadlineMs: number, task: (signal: AbortSignal) => Promise<T>): Flight {
    const controller = new AbortController();
    const cancel = this.clock.after(deadlineMs, () =>
      controller.abort(new AppError('UPSTREAM_TIMEOUT', `no answer within ${deadlineMs} ms`)),
    );
    const result = Promise.race([task(controller.signal), abortion(controller.signal)]);
    const flight: Flight = { result, controller, waiting: 0 };
    this.flights.set(key, flight);
    const end = (): void => {
      cancel();
      // Another flight may have taken the key after an abort.
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    result.then(end, end);
    controller.signal.addEventListener('abort', end, { once: true });
    return flight;
  }
}

/** Rejects with the signal's reason: a task that does not heed its signal must not hold its callers. */
function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
