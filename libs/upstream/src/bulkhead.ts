import { AppError } from '#lib/kernel';

export interface BulkheadLimits {
  /** Calls under way at once. */
  readonly concurrent: number;
  /** Calls that may wait for a place; more are refused at once. */
  readonly waiting: number;
}

/** Bounds what one legacy system can hold of this process, so that a hung one cannot take the others with it. */
export class Bulkhead {
  private active = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly system: string,
    private readonly limits: BulkheadLimits,
  ) {}

  /**
   * Runs `task` when a place is free.
   * @throws AppError UPSTREAM_UNAVAILABLE when too many wait already; the signal's reason when it ends the wait
   */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.enter(signal);
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private async enter(signal: AbortSignal): Promise<void> {
    if (this.active < this.limits.concurrent) {
      this.active += 1;
      return;
    }
    if (this.queue.length >= this.limits.waiting) {
      const { system } = this;
      throw new AppError('UPSTREAM_UNAVAILABLE', `${system} is busy`, { system, retryAfterSeconds: 1 });
    }
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        this.queue.splice(this.queue.indexOf(admit), 1);
        reject(signal.reason as Error);
      };
      const admit = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.queue.push(admit);
    });
  }

  /** The place goes straight to the next in line, so `active` stays as it is then. */
  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.active -= 1;
  }
}
