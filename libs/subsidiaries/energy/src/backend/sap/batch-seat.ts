import { AppError } from '#lib/kernel';
import type { HttpResponse, UpstreamCall } from '#lib/upstream';

/** One read in a batch: it waits under its own deadline and may get off before the others. */
export class BatchSeat {
  /** @throws AppError the call's own reason when it is given up, else what the batch met */
  readonly answer: Promise<HttpResponse>;
  private settle!: { resolve(answer: HttpResponse | Promise<HttpResponse>): void; reject(error: unknown): void };
  private waits = true;

  /**
   * @param target address relative to the service
   * @param onLeave called with the reason when the read is given up before it was answered
   */
  constructor(
    readonly target: string,
    readonly call: UpstreamCall,
    onLeave: (reason: unknown) => void,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    const { signal } = call;
    const leave = (): void => {
      if (!this.waits) return;
      const { reason } = signal;
      this.fail(reason instanceof AppError ? reason : new AppError('UPSTREAM_TIMEOUT', 'given up in a batch'));
      onLeave(reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    const rest = (): void => signal.removeEventListener('abort', leave);
    this.answer.then(rest, rest);
  }

  /** Whether someone still waits for the answer. */
  get taken(): boolean {
    return this.waits;
  }

  succeed(answer: HttpResponse | Promise<HttpResponse>): void {
    this.waits = false;
    this.settle.resolve(answer);
  }

  fail(error: unknown): void {
    this.waits = false;
    this.settle.reject(error);
  }
}
