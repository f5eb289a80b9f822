import { Worker } from 'node:worker_threads';
import { failure, type Attempt } from './attempt.js';

/** What the worker is asked; it answers with an {@link Attempt}. */
export interface ReadOrder {
  readonly format: string;
  readonly file: string;
  readonly path: string;
}

interface ReadingLimits {
  /** How long one file may take. */
  readonly milliseconds: number;
  /** Heap the worker may use. */
  readonly megabytes: number;
}

/**
 * Reads files in a thread of its own, one at a time: a reader cannot be interrupted from inside, but its thread can be
 * ended when a file takes too long or too much memory. The next file then gets a fresh thread.
 */
export class ReadingWorker {
  private worker: Worker | null = null;

  constructor(
    private readonly script: URL,
    private readonly limits: ReadingLimits,
  ) {}

  async read(order: ReadOrder): Promise<Attempt> {
    const worker = (this.worker ??= this.start());
    const attempt = await this.answerOf(worker, order);
    if (attempt === null) {
      await this.stop();
      return failure(`took longer than ${this.limits.milliseconds} ms`);
    }
    return attempt;
  }

  async stop(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: this.limits.megabytes } });
    // Also when it ends between two files, where nobody else listens.
    const forget = (): void => {
      if (this.worker === worker) this.worker = null;
    };
    return worker.on('error', forget).on('exit', forget);
  }

  /** Null when the time is over. */
  private answerOf(worker: Worker, order: ReadOrder): Promise<Attempt | null> {
    return new Promise((resolve) => {
      const finish = (attempt: Attempt | null): void => {
        clearTimeout(timer);
        worker.off('message', finish).off('error', onError).off('exit', onExit);
        resolve(attempt);
      };
      const onError = (error: Error): void => finish(failure(`the reader's thread ended (${codeOf(error)})`));
      const onExit = (): void => finish(failure("the reader's thread ended"));
      const timer = setTimeout(() => finish(null), this.limits.milliseconds);
      worker.on('message', finish).on('error', onError).on('exit', onExit);
      worker.postMessage(order, []);
    });
  }
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.name;
}
