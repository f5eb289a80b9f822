import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, instantOf, Refusal, type Clock } from '#lib/kernel';
import { AccessRecord } from '#lib/customer';
import { Store, type Transaction } from '#lib/store';
import { CommandRegistry } from '../engine/command-registry.js';
import { currentStep, Settling } from '../engine/settle.js';
import {
  changeProcess,
  changeStep,
  DUE_CHANNEL,
  lockProcess,
  notify,
  type LockedProcess,
} from '../tables/change-process.js';
import type { ProcessTables } from '../tables/process-tables.js';
import {
  countProcesses,
  listPauses,
  listProcesses,
  type Count,
  type DeskEntry,
  type DeskFilter,
  type Pause,
} from './desk-lists.js';
import { findByName, showPersonal, showProcess, type DeskDetail, type PersonalDetail } from './desk-detail.js';

/** An operator, and why they do it; goes into the journal. */
export interface Operator {
  /** Stable name of the person. */
  readonly actor: string;
  readonly reason: string;
}

/** What operators do about processes that the house cannot finish by itself. */
@Injectable()
export class OperatorDesk {
  private readonly settling: Settling;

  constructor(
    private readonly store: Store,
    private readonly registry: CommandRegistry,
    private readonly record: AccessRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.settling = new Settling(registry, clock);
  }

  /** Those that are not over, the nearest deadline first; at most 200, without personal data. */
  list(filter: DeskFilter = {}): Promise<readonly DeskEntry[]> {
    return listProcesses(this.store, this.clock, filter);
  }

  /** By kind, state and subsidiary, with the age of the oldest; for metrics. */
  counts(): Promise<readonly Count[]> {
    return countProcesses(this.store, this.clock);
  }

  /**
   * The process that an operator names, by its id or by the number of its receipt as customers read it out.
   * @returns its id
   * @throws AppError NOT_FOUND
   */
  idOf(name: string): Promise<string> {
    return findByName(this.store, name);
  }

  /** One process with its journal, without personal data. @throws AppError NOT_FOUND */
  show(id: string): Promise<DeskDetail> {
    return showProcess(this.store, id);
  }

  /**
   * One process with everything, customer and inputs included. The look is recorded first, for the customer to see.
   * @throws AppError NOT_FOUND
   */
  async showPersonal(id: string, { actor, reason }: Operator): Promise<PersonalDetail> {
    const detail = await showPersonal(this.store, id);
    const { customerId, subsidiary, kind } = detail;
    const at = instantOf(this.clock.now());
    const deed = { operation: `${kind}.show`, purpose: 'COUNTER_ADVICE', reason };
    await this.record.note([{ customerId, at, actorKind: 'agent', actor, subsidiary, ...deed }]);
    return detail;
  }

  /**
   * Lets the house try again, with a new deadline.
   * @param surelyWithoutEffect the operator has looked into the legacy system: the unanswered attempt had no effect.
   *   Without it, what can be read back is read back first
   * @throws AppError NOT_FOUND; CONFLICT when it is not with an agent, or UNCERTAIN without that assurance
   */
  retry(id: string, operator: Operator, surelyWithoutEffect = false): Promise<void> {
    return this.change(id, async (transaction, locked) => {
      const { row } = locked;
      const step = currentStep(locked);
      if (row.state === 'UNCERTAIN' && !surelyWithoutEffect) {
        throw new AppError('CONFLICT', 'a second effect is possible', { reason: 'say that it surely had no effect' });
      }
      const now = this.clock.now();
      const deadlineMs = this.registry.getCommand(step.kind).command.deadlineMs;
      const set = {
        state: 'ACCEPTED' as const,
        reason: null,
        spent: 0,
        failures: 0,
        due_at: instantOf(now),
        deadline: instantOf(now + deadlineMs),
        ...(surelyWithoutEffect && { intended_at: null }),
      };
      await changeStep(transaction, id, step.position, { state: 'ACCEPTED' }, this.clock);
      const data = { ...operator, surelyWithoutEffect };
      await changeProcess(transaction, locked, { set, event: 'retried', data }, this.clock);
    });
  }

  /**
   * Says what became of the current step, as found out by a person; a flow goes on, or is undone, from there.
   * @throws AppError NOT_FOUND; CONFLICT when it is not with an agent or UNCERTAIN
   */
  resolve(id: string, as: 'done' | 'refused', operator: Operator): Promise<void> {
    const outcome =
      as === 'done'
        ? ({ kind: 'done', result: {} } as const)
        : ({ kind: 'refused', refusal: new Refusal('NOT_POSSIBLE') } as const);
    return this.change(id, (transaction, locked) =>
      this.settling.settle(transaction, locked, outcome, { event: 'resolved', data: { ...operator, as } }),
    );
  }

  /** Nothing new is begun in the subsidiary, on any instance; what is under way ends. Wishes are still accepted. */
  async pause(subsidiary: string, reason: string): Promise<void> {
    this.requireSubsidiary(subsidiary);
    const row = { subsidiary, reason, since: instantOf(this.clock.now()) };
    await this.store
      .tables<ProcessTables>()
      .insertInto('process_pause')
      .values(row)
      .onConflict((conflict) => conflict.column('subsidiary').doNothing())
      .execute();
  }

  async resume(subsidiary: string): Promise<void> {
    await this.store.transaction<ProcessTables, void>(async (transaction) => {
      await transaction.deleteFrom('process_pause').where('subsidiary', '=', subsidiary).execute();
      await notify(transaction, DUE_CHANNEL);
    });
  }

  /** Which subsidiaries are paused, since when and why. */
  pauses(): Promise<readonly Pause[]> {
    return listPauses(this.store);
  }

  private requireSubsidiary(key: string): void {
    if (this.registry.subsidiaries.includes(key)) return;
    throw new AppError('INVALID_INPUT', 'no such subsidiary', { path: 'subsidiary', reason: 'not installed' });
  }

  private async change(
    id: string,
    work: (transaction: Transaction<ProcessTables>, locked: LockedProcess) => Promise<void>,
  ): Promise<void> {
    await this.store.transaction<ProcessTables, void>(async (transaction) => {
      const locked = await lockProcess(transaction, id);
      if (locked === undefined) throw new AppError('NOT_FOUND', 'no such process');
      const { state } = locked.row;
      if (state !== 'WITH_AGENT' && state !== 'UNCERTAIN') {
        throw new AppError('CONFLICT', "not in an agent's hands", { reason: state });
      }
      await work(transaction, locked);
    });
  }
}
