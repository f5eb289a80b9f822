import { AppError, type Clock } from '#lib/kernel';
import { Breaker } from './breaker.js';
import { Bulkhead, type BulkheadLimits } from './bulkhead.js';
import { NOBODY_WAITS } from './flights.js';
import { withRetry } from './retry.js';
import { RetryBudget } from './retry-budget.js';
import { asUnsent } from './unsent.js';

/** The way into one legacy system: bulkhead, breaker and retry budget, in this order. */
export class SystemGate {
  private readonly bulkhead: Bulkhead;
  private readonly breaker: Breaker;
  private readonly budget = new RetryBudget();
  private readonly counted = new WeakSet<object>();

  constructor(
    system: string,
    private readonly clock: Clock,
    limits: BulkheadLimits,
  ) {
    this.bulkhead = new Bulkhead(system, limits);
    this.breaker = new Breaker(system, clock);
  }

  run<T>(account: string | null, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    return this.bulkhead.run(async () => {
      this.breaker.admit(account);
      return this.watch(account, () => withRetry(attempt, this.budget, this.clock, signal));
    }, signal);
  }

  /** One try and never a second one. What fails before `attempt` has begun says `unsent`. */
  async runOnce<T>(account: string, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const state = { begun: false };
    try {
      signal.throwIfAborted();
      return await this.bulkhead.run(async () => {
        this.breaker.admit(account);
        state.begun = true;
        return this.watch(account, attempt);
      }, signal);
    } catch (error) {
      throw state.begun ? error : asUnsent(error);
    }
  }

  /** Seconds until the breaker lets a call of that account through; 0 when it does now. */
  refusal(account: string): number {
    return this.breaker.refusal(account);
  }

  private async watch<T>(account: string | null, task: () => Promise<T>): Promise<T> {
    try {
      const result = await task();
      this.breaker.success(account);
      return result;
    } catch (error) {
      if (error === NOBODY_WAITS || this.counted.has(error as object)) this.breaker.abandon(account);
      else if (isOutage(error)) this.fail(account, error as AppError);
      else this.breaker.success(account);
      throw error;
    }
  }

  /** Reads that shared a request fail by one and the same error: that is one failure of the system. */
  private fail(account: string | null, error: AppError): void {
    this.counted.add(error);
    this.breaker.failure(account);
  }
}

/** The system could not be asked or did not answer in time; a refusal or a malformed answer is no outage. */
export function isOutage(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'UPSTREAM_TIMEOUT' || error.code === 'UPSTREAM_UNAVAILABLE');
}
