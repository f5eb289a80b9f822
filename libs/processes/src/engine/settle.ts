import { randomUUID } from 'node:crypto';
import { instantOf, type Clock, type Refusal } from '#lib/kernel';
import { raiseDataEpoch } from '#lib/customer';
import type { Transaction } from '#lib/store';
import type { PlainData } from '#lib/subsidiary-kit';
import type { JournalData, JournalEvent } from '../journal/journal-event.js';
import { changeProcess, changeStep, type Change, type LockedProcess } from '../tables/change-process.js';
import type { ProcessTables, StepRow } from '../tables/process-tables.js';
import { fromJson, refusalToJson, resultToJson } from '../tables/stored-json.js';
import type { CommandRegistry } from './command-registry.js';
import type { Outcome } from './outcome.js';

/** How it is written down: by whom it is said, with which facts. */
export interface Telling {
  /** In place of the event of a try, when an operator says it. */
  readonly event?: JournalEvent;
  readonly data?: JournalData;
}

/** Nothing is left of earlier tries when a step begins. */
const FRESH = { intended_at: null, reason: null, spent: 0, failures: 0 } as const;

/** For a command that only newer instances know, while a new version is rolled out. */
const UNKNOWN_DEADLINE_MS = 86_400_000;

/**
 * Writes down what became of the current step of a locked process, and what follows from it: the next step, undoing,
 * an end, a question. The one place where a process changes after its acceptance, except by its customer.
 */
export class Settling {
  constructor(
    private readonly registry: CommandRegistry,
    private readonly clock: Clock,
  ) {}

  async settle(
    transaction: Transaction<ProcessTables>,
    locked: LockedProcess,
    outcome: Outcome,
    telling: Telling = {},
  ): Promise<void> {
    const step = currentStep(locked);
    const change = (rest: Omit<Change, 'data'> & { data?: JournalData }): Promise<void> =>
      changeProcess(
        transaction,
        locked,
        { ...rest, event: telling.event ?? rest.event, data: { step: step.key, ...rest.data, ...telling.data } },
        this.clock,
      );
    switch (outcome.kind) {
      case 'done':
        await raise(transaction, step);
        if (outcome.account !== undefined) await raise(transaction, { ...step, account: outcome.account });
        return this.finishStep(transaction, locked, step, outcome.result, change);
      case 'refused':
        return this.refuse(transaction, locked, step, outcome.refusal, change);
      case 'question': {
        const refusal_json = refusalToJson(outcome.refusal);
        await this.mark(transaction, step, { state: 'NEEDS_CUSTOMER', refusal_json });
        const set = { ...FRESH, state: 'NEEDS_CUSTOMER' as const, refusal_json };
        return change({ set, event: 'question', data: { code: outcome.refusal.code }, mail: 'question' });
      }
      case 'retry': {
        const { inDoubt, counted, dueAt } = outcome;
        const { spent, failures, intended_at: intendedAt } = locked.row;
        const set = {
          state: 'ACCEPTED' as const,
          due_at: instantOf(dueAt),
          spent: spent + (counted ? 1 : 0),
          failures: failures + 1,
          intended_at: inDoubt ? intendedAt : null,
        };
        const data = { inDoubt, counted, afterMs: dueAt - this.clock.now() };
        return change({ set, event: 'retry', data });
      }
      case 'with-agent': {
        const { reason, inDoubt } = outcome;
        if (inDoubt) await raise(transaction, step);
        await this.mark(transaction, step, { state: 'WITH_AGENT' });
        const set = { state: 'WITH_AGENT' as const, reason, ...(!inDoubt && { intended_at: null }) };
        return change({ set, event: 'with-agent', data: { reason, inDoubt } });
      }
      case 'uncertain': {
        const { reason } = outcome;
        // It may have taken effect: what was read before may be wrong now.
        await raise(transaction, step);
        await this.mark(transaction, step, { state: 'UNCERTAIN' });
        return change({ set: { state: 'UNCERTAIN', reason }, event: 'uncertain', data: { reason } });
      }
    }
  }

  private async finishStep(
    transaction: Transaction<ProcessTables>,
    locked: LockedProcess,
    step: StepRow,
    result: PlainData,
    change: (change: Change) => Promise<void>,
  ): Promise<void> {
    const result_json = resultToJson(result);
    await this.mark(transaction, step, { state: 'DONE', result_json, refusal_json: null });
    if (step.undoes !== null) {
      await changeStep(transaction, step.process_id, step.undoes, { state: 'CANCELLED' }, this.clock);
    }
    const next = locked.steps.find(({ position }) => position === step.position + 1);
    const data = { effect: 'done' };
    if (next !== undefined) return change({ set: { ...this.beginning(next), touched: true }, event: 'result', data });
    if (locked.row.undoing) {
      return change({ set: { ...FRESH, state: 'REFUSED' }, event: 'result', data, mail: 'refused' });
    }
    const set = { ...FRESH, state: 'DONE' as const, touched: true, result_json, refusal_json: null };
    return change({ set, event: 'result', data, mail: 'done' });
  }

  private async refuse(
    transaction: Transaction<ProcessTables>,
    locked: LockedProcess,
    step: StepRow,
    refusal: Refusal,
    change: (change: Change) => Promise<void>,
  ): Promise<void> {
    const refusal_json = refusalToJson(refusal);
    const data = { effect: 'refused', code: refusal.code };
    if (locked.row.undoing) {
      // What was done can be undone by a person only.
      await this.mark(transaction, step, { state: 'WITH_AGENT', refusal_json });
      const set = { state: 'WITH_AGENT' as const, reason: 'UNDO_REFUSED', intended_at: null };
      return change({ set, event: 'with-agent', data: { ...data, reason: 'UNDO_REFUSED' } });
    }
    await this.mark(transaction, step, { state: 'REFUSED', refusal_json });
    await this.dropRest(transaction, locked, step);
    const undoing = await this.planUndo(transaction, locked, step);
    if (undoing === undefined) {
      const set = { ...FRESH, state: 'REFUSED' as const, refusal_json };
      return change({ set, event: 'result', data, mail: 'refused' });
    }
    const set = { ...this.beginning(undoing), undoing: true, refusal_json };
    return change({ set, event: 'undo', data });
  }

  /** Steps that will not be begun any more make room for those that undo. */
  private async dropRest(
    transaction: Transaction<ProcessTables>,
    { steps }: LockedProcess,
    { process_id: id, position }: StepRow,
  ): Promise<void> {
    for (const later of steps.filter((each) => each.position > position)) {
      await changeStep(transaction, id, later.position, { state: 'CANCELLED' }, this.clock);
    }
  }

  /** Appends what undoes the finished steps, last one first; undefined when nothing has to be undone. */
  private async planUndo(
    transaction: Transaction<ProcessTables>,
    { row, steps }: LockedProcess,
    { position: refused }: StepRow,
  ): Promise<StepRow | undefined> {
    const flow = this.registry.findFlow(row.kind);
    const at = instantOf(this.clock.now());
    const finished = steps.filter(({ position, state }) => position < refused && state === 'DONE').toReversed();
    const undoing: StepRow[] = [];
    for (const done of finished) {
      const { key, kind, input_json: input, result_json: result } = done;
      const step = { key, command: kind, input: fromJson(input), result: fromJson(result ?? '{}') };
      const planned = flow?.undo?.(step);
      if (!planned) continue;
      const { command, subsidiary } = this.registry.getCommand(planned.command);
      undoing.push({
        process_id: row.id,
        position: steps.length + undoing.length + 1,
        key: `${key}.undo`,
        kind: command.kind,
        subsidiary,
        account: accountIn(steps, subsidiary),
        effect_key: randomUUID(),
        input_json: JSON.stringify(command.parse(planned.input)),
        state: 'ACCEPTED',
        result_json: null,
        refusal_json: null,
        undoes: done.position,
        at,
      });
    }
    if (undoing.length > 0) await transaction.insertInto('process_step').values(undoing).execute();
    return undoing[0];
  }

  /** The process as it is when that step's turn comes. */
  private beginning({ position, subsidiary, kind }: StepRow) {
    const now = this.clock.now();
    const deadlineMs = this.registry.findCommand(kind)?.command.deadlineMs ?? UNKNOWN_DEADLINE_MS;
    const due_at = instantOf(now);
    const deadline = instantOf(now + deadlineMs);
    return { ...FRESH, state: 'ACCEPTED' as const, current: position, attempts: 0, subsidiary, due_at, deadline };
  }

  private mark(
    transaction: Transaction<ProcessTables>,
    { process_id: id, position }: StepRow,
    set: Parameters<typeof changeStep>[3],
  ): Promise<void> {
    return changeStep(transaction, id, position, set, this.clock);
  }
}

/** The step that the process is at. */
export function currentStep({ row, steps }: LockedProcess): StepRow {
  const step = steps.find(({ position }) => position === row.current);
  if (step === undefined) throw new RangeError('a process without its current step');
  return step;
}

/** Undoing takes place where the steps did. */
function accountIn(steps: readonly StepRow[], subsidiary: string): string {
  const step = steps.find((each) => each.subsidiary === subsidiary);
  if (step === undefined) throw new RangeError('nothing was done in the subsidiary of what is to be undone');
  return step.account;
}

/** The tables of the customer lib lie in the same database. */
function raise(
  transaction: Transaction<ProcessTables>,
  { subsidiary, account }: Pick<StepRow, 'subsidiary' | 'account'>,
): Promise<void> {
  return raiseDataEpoch(transaction as never, subsidiary, account);
}
