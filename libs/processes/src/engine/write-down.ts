import { AppError, type Clock } from '#lib/kernel';
import type { Ended, Run } from './run-step.js';
import type { Settling } from './settle.js';

/** How long an outcome that cannot be written is kept in hand: longer than a restart of the database takes. */
const TRIES = 40;
const PAUSE_MS = 500;

/** Writes outcomes down, through short outages of the database: what is known must not become uncertain by it. */
export class WriteDown {
  constructor(
    private readonly settling: Settling,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends when the outcome is written, or the process belongs to another one.
   * @throws AppError UPSTREAM_* when the store stays out of reach; the lease then runs out, and another one reads back
   */
  async write(run: Run, ended: Ended): Promise<void> {
    for (let tries = 1; !run.lease.lost; tries += 1) {
      try {
        return await this.settle(run, ended);
      } catch (error) {
        if (run.lease.lost) return;
        if (!isStoreOutage(error)) return this.giveUp(run, error);
        if (tries >= TRIES) throw error;
        await new Promise<void>((resolve) => this.clock.after(PAUSE_MS, resolve));
      }
    }
  }

  /** What follows from the outcome cannot be worked out, e.g. how to undo: a person must look. */
  private async giveUp(run: Run, error: unknown): Promise<void> {
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    const outcome = { kind: 'with-agent', reason: 'ERROR', inDoubt: run.attempt?.intended === true } as const;
    await this.settle(run, { outcome, data: { error: code } });
  }

  private settle({ lease }: Run, { outcome, data }: Ended): Promise<void> {
    return lease.write((transaction, locked) => this.settling.settle(transaction, locked, outcome, { data }));
  }
}

function isStoreOutage(error: unknown): boolean {
  return error instanceof AppError && error.details.system === 'store' && error.code.startsWith('UPSTREAM_');
}
