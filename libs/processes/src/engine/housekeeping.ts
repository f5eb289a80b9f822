import { instantOf, type Clock } from '#lib/kernel';
import type { Store } from '#lib/store';
import { OPEN_STATES } from '../model/process-state.js';
import { lockProcess } from '../tables/change-process.js';
import type { ProcessTables } from '../tables/process-tables.js';
import type { Settling } from './settle.js';

/** How often deadlines are looked at. */
const DEADLINES_EVERY_MS = 1_000;
/** How often old rows are removed. */
const FORGET_EVERY_MS = 3_600_000;
/** Processes per look. */
const MOST = 20;
/** How long a client's key means the same wish, and mail is kept; an address, so long after the end. */
const KEPT_MS = 30 * 86_400_000;

/** What has to happen by time alone. Any number of instances may do it at once. */
export class Housekeeping {
  private lastDeadlines = Number.NEGATIVE_INFINITY;
  private lastForgetting = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settling: Settling,
  ) {}

  /** Does what has not been done for a while. */
  async tidy(): Promise<void> {
    const now = this.clock.now();
    if (now - this.lastDeadlines >= DEADLINES_EVERY_MS) {
      this.lastDeadlines = now;
      await this.endOverdue();
    }
    if (now - this.lastForgetting >= FORGET_EVERY_MS) {
      this.lastForgetting = now;
      await this.forget();
    }
  }

  /** What had no outcome by its deadline goes to an agent, paused or not, also a question that nobody answered. */
  private async endOverdue(): Promise<void> {
    const now = instantOf(this.clock.now());
    const overdue = await this.store
      .tables<ProcessTables>()
      .selectFrom('process')
      .select('id')
      .where('state', 'in', ['ACCEPTED', 'NEEDS_CUSTOMER'])
      .where('deadline', '<=', now)
      .orderBy('deadline')
      .limit(MOST)
      .execute();
    const ended = await Promise.allSettled(overdue.map(({ id }) => this.endOne(id, now)));
    const failed = ended.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private endOne(id: string, now: string): Promise<void> {
    return this.store.transaction<ProcessTables, void>(async (transaction) => {
      const locked = await lockProcess(transaction, id);
      if (locked === undefined || locked.row.deadline > now) return;
      const { state, intended_at: intendedAt } = locked.row;
      if (state !== 'ACCEPTED' && state !== 'NEEDS_CUSTOMER') return;
      const inDoubt = intendedAt !== null;
      await this.settling.settle(transaction, locked, { kind: 'with-agent', reason: 'DEADLINE', inDoubt });
    });
  }

  private async forget(): Promise<void> {
    const before = instantOf(this.clock.now() - KEPT_MS);
    const tables = this.store.tables<ProcessTables>();
    await tables.deleteFrom('process_key').where('created_at', '<', before).execute();
    await tables.deleteFrom('process_mail').where('created_at', '<', before).execute();
    const address = tables.updateTable('process').set({ receipt_to: null }).where('receipt_to', 'is not', null);
    await address.where('state', 'not in', OPEN_STATES).where('updated_at', '<', before).execute();
  }
}
