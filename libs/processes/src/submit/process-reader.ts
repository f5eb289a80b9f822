import { epochOf, type Clock, type Instant } from '#lib/kernel';
import { sql, type Store } from '#lib/store';
import type { CommandRegistry } from '../engine/command-registry.js';
import { isOver, isUnderWay, OPEN_STATES, type ProcessState } from '../model/process-state.js';
import type { PendingInput, ProcessView, StepView } from '../model/process-view.js';
import type { ProcessRow, ProcessTables, StepRow } from '../tables/process-tables.js';
import { fromJson, refusalFromJson } from '../tables/stored-json.js';

/** Processes in one list; the newest are given. */
const MOST = 100;
const SOONEST_POLL_SECONDS = 2;
/** A person has to do something first. */
const SLOW_POLL_SECONDS = 60;

/** Reads processes as customers see them. A process of another customer is as good as none. */
export class ProcessReader {
  constructor(
    private readonly store: Store,
    private readonly registry: CommandRegistry,
    private readonly clock: Clock,
  ) {}

  async find(id: string, customerId: string): Promise<ProcessView | undefined> {
    return (await this.findAll([id], customerId))[0];
  }

  /** Those of the ids that are the customer's, at most 100, in the order of acceptance. */
  async findAll(ids: readonly string[], customerId: string): Promise<readonly ProcessView[]> {
    if (ids.length === 0) return [];
    const rows = await this.store.read<ProcessTables, ProcessRow[]>((reader) =>
      reader
        .selectFrom('process')
        .selectAll()
        .where('id', 'in', [...ids])
        .where('customer_id', '=', customerId)
        .orderBy('seq')
        .limit(MOST)
        .execute(),
    );
    return this.complete(rows);
  }

  /**
   * Whether one of them may have come to an outcome so lately that some instance still trusts what was before. By the
   * database's clock; a commit comes a while after what it commits was written.
   */
  async haveJustSettled(views: readonly ProcessView[]): Promise<boolean> {
    const ids = views.filter(({ state }) => !isUnderWay(state)).map(({ id }) => id);
    if (ids.length === 0) return false;
    const found = await this.store.read<ProcessTables, object | undefined>((reader) =>
      reader
        .selectFrom('process')
        .select('id')
        .where('id', 'in', ids)
        .where('settled_at', '>', sql<Instant>`clock_timestamp() - interval '5 seconds'`)
        .executeTakeFirst(),
    );
    return found !== undefined;
  }

  /** The newest 100, newest first. @param open true: only those that are not over; false: only those that are */
  async list(customerId: string, open?: boolean): Promise<readonly ProcessView[]> {
    const rows = await this.store.read<ProcessTables, ProcessRow[]>((reader) => {
      const own = reader.selectFrom('process').selectAll().where('customer_id', '=', customerId);
      const states = [...OPEN_STATES];
      const wanted =
        open === undefined ? own : open ? own.where('state', 'in', states) : own.where('state', 'not in', states);
      return wanted.orderBy('seq', 'desc').limit(MOST).execute();
    });
    return this.complete(rows);
  }

  /** Inputs of the customer's steps in a subsidiary that are not over, in the order in which they will take effect. */
  async pendingOf(customerId: string, subsidiary: string): Promise<readonly PendingInput[]> {
    const open: readonly ProcessState[] = OPEN_STATES;
    const rows = await this.store.read<ProcessTables, (StepRow & PendingFacts)[]>((reader) =>
      reader
        .selectFrom('process_step as s')
        .innerJoin('process as p', 'p.id', 's.process_id')
        .selectAll('s')
        .select(['p.state as process_state', 'p.current', 'p.created_at'])
        .where('p.customer_id', '=', customerId)
        .where('p.state', 'in', open)
        .where('s.subsidiary', '=', subsidiary)
        .where('s.state', 'in', open)
        .orderBy('p.seq')
        .orderBy('s.position')
        .limit(MOST)
        .execute(),
    );
    return rows.map((row) => ({
      processId: row.process_id,
      kind: row.kind,
      state: stateOf(row, { state: row.process_state, current: row.current }),
      account: row.account,
      input: fromJson(row.input_json),
      createdAt: row.created_at,
    }));
  }

  private async complete(rows: readonly ProcessRow[]): Promise<readonly ProcessView[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const steps = await this.store.read<ProcessTables, StepRow[]>((reader) =>
      reader.selectFrom('process_step').selectAll().where('process_id', 'in', ids).orderBy('position').execute(),
    );
    return rows.map((row) =>
      this.toView(
        row,
        steps.filter(({ process_id: id }) => id === row.id),
      ),
    );
  }

  private toView(row: ProcessRow, steps: readonly StepRow[]): ProcessView {
    const { id, kind, state, result_json: result, receipt_number: number, receipt: signed, created_at: at } = row;
    return {
      id,
      kind,
      title: this.registry.titleOf(kind),
      state,
      steps: steps.map((step) => this.toStep(step, row)),
      deadline: isUnderWay(state) || state === 'NEEDS_CUSTOMER' ? row.deadline : null,
      refusal: refusalFromJson(row.refusal_json),
      result: result === null ? null : fromJson(result),
      receipt: { number, at, signed },
      createdAt: at,
      cancellable: isCancellable(row),
      pollAfterSeconds: this.pollAfter(row),
    };
  }

  private toStep(step: StepRow, row: ProcessRow): StepView {
    const { key, kind, subsidiary, refusal_json: refusal, result_json: result, at } = step;
    return {
      key,
      kind,
      subsidiary,
      title: this.registry.titleOf(kind),
      state: stateOf(step, row),
      refusal: refusalFromJson(refusal),
      result: result === null ? null : fromJson(result),
      at,
    };
  }

  private pollAfter({ state, due_at: due }: ProcessRow): number | null {
    if (isOver(state)) return null;
    if (!isUnderWay(state)) return SLOW_POLL_SECONDS;
    const seconds = Math.ceil((epochOf(due) - this.clock.now()) / 1_000);
    return Math.min(SLOW_POLL_SECONDS, Math.max(SOONEST_POLL_SECONDS, seconds));
  }
}

interface PendingFacts {
  readonly process_state: ProcessState;
  readonly current: number;
  readonly created_at: ProcessRow['created_at'];
}

/** While it is under way, the current step's state is the process's. */
function stateOf(step: Pick<StepRow, 'position' | 'state'>, row: Pick<ProcessRow, 'state' | 'current'>): ProcessState {
  return step.position === row.current && isUnderWay(row.state) ? row.state : step.state;
}

/** Nothing was sent that could have an effect, and nothing waits for a person of ours. */
export function isCancellable({ state, intended_at: intendedAt, touched }: ProcessRow): boolean {
  return (isUnderWay(state) || state === 'NEEDS_CUSTOMER') && intendedAt === null && !touched;
}
