import { AppError, instantOf, type Clock } from '#lib/kernel';
import { sql, type Transaction } from '#lib/store';
import type { Store } from '#lib/store';
import { append } from '../journal/append.js';
import { lockProcess, type LockedProcess } from '../tables/change-process.js';
import type { ProcessTables } from '../tables/process-tables.js';
import { LEASE_MS, type Claimed } from './claim.js';
import { passStep } from './steps.js';

/**
 * The right to carry one process out, for as long as nobody else has taken it. Every write goes by the fencing token:
 * an owner that was stopped and wakes up late finds it passed, and writes nothing.
 */
export class Lease {
  /** Set as soon as a write or a renewal finds that the process belongs to another one. */
  lost = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    readonly claimed: Claimed,
  ) {}

  /**
   * Writes the intent of the current step, and renews the lease.
   * @throws AppError CONFLICT when the process belongs to another one: then nothing may be sent
   */
  async intend(): Promise<void> {
    const { processId: id, fence } = this.claimed;
    await this.store.transaction<ProcessTables, void>(async (transaction) => {
      const at = instantOf(this.clock.now());
      const { rows } = await sql<{ journal_seq: number }>`
        update process set intended_at = clock_timestamp(), journal_seq = journal_seq + 1, updated_at = ${at},
          lease_until = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond'
        where id = ${id} and fence = ${fence} and state = 'RUNNING' returning journal_seq`.execute(transaction);
      const seq = rows[0]?.journal_seq;
      if (seq === undefined) throw this.loss();
      await append(transaction, [{ processId: id, seq, at, fence, event: 'intent', data: {} }]);
    });
  }

  /**
   * Changes the process, if it still belongs to this lease.
   * @throws AppError CONFLICT when it does not
   */
  async write(work: (transaction: Transaction<ProcessTables>, locked: LockedProcess) => Promise<void>): Promise<void> {
    const { processId, fence, step } = this.claimed;
    await this.store.transaction<ProcessTables, void>(async (transaction) => {
      const locked = await lockProcess(transaction, processId);
      if (locked === undefined || locked.row.fence !== fence || locked.row.state !== 'RUNNING') throw this.loss();
      await work(transaction, locked);
      passStep('settling', processId, step.kind);
    });
    passStep('settled', processId, step.kind);
  }

  private loss(): AppError {
    this.lost = true;
    return new AppError('CONFLICT', 'another instance has taken the process over');
  }
}

/**
 * Renews leases, in one statement.
 * @returns ids of the processes that still belong to these leases
 */
export async function renew(store: Store, leases: readonly Lease[]): Promise<ReadonlySet<string>> {
  const ids = leases.map(({ claimed }) => claimed.processId);
  const fences = leases.map(({ claimed }) => String(claimed.fence));
  const { rows } = await sql<{ id: string }>`
    update process p set lease_until = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond'
    from unnest(${ids}::text[], ${fences}::bigint[]) as mine (id, fence)
    where p.id = mine.id and p.fence = mine.fence and p.state = 'RUNNING'
    returning p.id`.execute(store.tables<ProcessTables>());
  return new Set(rows.map(({ id }) => id));
}
