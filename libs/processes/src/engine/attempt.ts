import { AppError, type Clock, type Instant } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { LEASE_MS } from './claim.js';
import type { Lease } from './lease.js';
import { passStep, type ProcessStep } from './steps.js';

/** One try at a step under a lease and a time limit. */
export class LeasedAttempt implements Attempt {
  readonly account: string;
  readonly key: string;
  readonly number: number;
  readonly acceptedAt: Instant;
  readonly signal: AbortSignal;
  /** Whether the intent was written: from then on an error leaves the effect in doubt. */
  intended = false;
  private intending = false;
  /** By the monotonic clock: an instance that was stopped wakes up before its timers do. */
  private until = Number.POSITIVE_INFINITY;
  private readonly ending = new AbortController();

  constructor(
    private readonly lease: Lease,
    private readonly clock: Clock,
  ) {
    const { step, attempts, acceptedAt } = lease.claimed;
    this.account = step.account;
    this.key = step.effectKey;
    this.number = attempts;
    this.acceptedAt = acceptedAt;
    this.signal = this.ending.signal;
  }

  async intend(): Promise<void> {
    this.requireTime();
    if (this.intending) throw new AppError('INTERNAL', 'a command intends once per attempt');
    this.intending = true;
    this.pass('intending');
    const begun = this.clock.monotonic();
    await this.lease.intend().catch((error: AppError) => {
      throw unsent(error);
    });
    // Meanwhile the time may have run out, or the instance begun to stop, or stood still for longer than its new lease.
    this.requireTime();
    if (this.clock.monotonic() - begun >= LEASE_MS) throw tooLate();
    this.intended = true;
    this.pass('intended');
  }

  /**
   * Runs a part of the attempt within a time limit, also one that does not heed the signal.
   * @throws AppError UPSTREAM_TIMEOUT at the limit
   */
  async within<T>(milliseconds: number, part: () => Promise<T>): Promise<T> {
    this.until = this.clock.monotonic() + milliseconds;
    const cancel = this.clock.after(milliseconds, () =>
      this.end(new AppError('UPSTREAM_TIMEOUT', `no outcome within ${milliseconds} ms`)),
    );
    try {
      return await Promise.race([part(), this.aborted()]);
    } finally {
      cancel();
      this.end(new AppError('UPSTREAM_TIMEOUT', 'the attempt is over'));
    }
  }

  /** Ends the attempt: nothing may begin any more, and what is under way is aborted. */
  end(reason: AppError): void {
    if (!this.signal.aborted) this.ending.abort(reason);
  }

  private requireTime(): void {
    if (this.signal.aborted || this.clock.monotonic() >= this.until) throw tooLate();
  }

  private pass(step: ProcessStep): void {
    const { processId, step: current } = this.lease.claimed;
    passStep(step, processId, current.kind);
  }

  private aborted(): Promise<never> {
    return new Promise((_, reject) => {
      const give = (): void => reject(this.signal.reason as Error);
      if (this.signal.aborted) give();
      else this.signal.addEventListener('abort', give, { once: true });
    });
  }
}

function tooLate(): AppError {
  return unsent(new AppError('CONFLICT', 'the attempt is over: nothing may be sent any more'));
}

/** Until the intent is written nothing is sent; commands pass this error on as it is. */
function unsent({ code, message, details, cause }: AppError): AppError {
  return new AppError(code, message, { ...details, unsent: true }, cause);
}
