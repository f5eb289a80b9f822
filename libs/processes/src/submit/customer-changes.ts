import { randomUUID } from 'node:crypto';
import { AppError, instantOf, type Clock, type RequestScope } from '#lib/kernel';
import type { Customer } from '#lib/customer';
import type { Store, Transaction } from '#lib/store';
import type { CommandRegistry } from '../engine/command-registry.js';
import { currentStep } from '../engine/settle.js';
import { changeProcess, changeStep, lockProcess, type LockedProcess } from '../tables/change-process.js';
import type { ProcessTables } from '../tables/process-tables.js';
import { fromJson, refusalFromJson } from '../tables/stored-json.js';
import { noteAccess } from './access-note.js';
import { canonicalJson } from './canonical-json.js';
import { isCancellable } from './process-reader.js';

/** A process, by its customer or by someone who acts for them. */
export interface CustomersProcess {
  readonly id: string;
  readonly customer: Customer;
  readonly scope: RequestScope;
}

/** What customers do with a process after its acceptance: answer a question, take the wish back. */
export class CustomerChanges {
  constructor(
    private readonly store: Store,
    private readonly registry: CommandRegistry,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError as `CommandService.answer` says */
  async answer(target: CustomersProcess, choice: string): Promise<void> {
    await this.change(target, 'answer', async (transaction, locked) => {
      const { row } = locked;
      const step = currentStep(locked);
      if (row.state !== 'NEEDS_CUSTOMER') throw new AppError('CONFLICT', 'no question is open', { reason: row.state });
      const known = this.registry.findCommand(step.kind)?.command;
      const offered = refusalFromJson(row.refusal_json)?.problems.flatMap(({ choices = [] }) => choices) ?? [];
      if (known?.answer === undefined || !offered.some(({ value }) => value === choice)) {
        const details = { path: 'choice', reason: 'not one of the offered choices' };
        throw new AppError('INVALID_INPUT', 'no such choice', details);
      }
      const now = this.clock.now();
      const input_json = canonicalJson(known.answer(known.parse(fromJson(step.input_json)), choice));
      // The question was the system's answer to the old key; what is sent now is something else.
      const effect_key = randomUUID();
      const set = { input_json, effect_key, state: 'ACCEPTED' as const, refusal_json: null };
      await changeStep(transaction, row.id, step.position, set, this.clock);
      const deadline = instantOf(now + known.deadlineMs);
      const change = { state: 'ACCEPTED' as const, refusal_json: null, due_at: instantOf(now), deadline };
      await changeProcess(
        transaction,
        locked,
        { set: change, event: 'answered', data: { step: step.key } },
        this.clock,
      );
    });
  }

  /** @throws AppError as `CommandService.cancel` says */
  async cancel(target: CustomersProcess): Promise<void> {
    await this.change(target, 'cancel', async (transaction, locked) => {
      const { row, steps } = locked;
      if (row.state === 'CANCELLED') return;
      if (!isCancellable(row)) {
        throw new AppError('CONFLICT', 'too late to cancel', { reason: 'it may have taken effect, or is over' });
      }
      for (const { position } of steps) {
        await changeStep(transaction, row.id, position, { state: 'CANCELLED' }, this.clock);
      }
      // An instance that is about to send finds that it is no longer RUNNING, and sends nothing.
      const set = { state: 'CANCELLED' as const };
      await changeProcess(transaction, locked, { set, event: 'cancelled', mail: 'cancelled' }, this.clock);
    });
  }

  private async change(
    { id, customer, scope }: CustomersProcess,
    deed: string,
    work: (transaction: Transaction<ProcessTables>, locked: LockedProcess) => Promise<void>,
  ): Promise<void> {
    await this.store.transaction<ProcessTables, void>(async (transaction) => {
      const locked = await lockProcess(transaction, id);
      if (locked === undefined || locked.row.customer_id !== customer.id) {
        throw new AppError('NOT_FOUND', 'no such process of this customer');
      }
      await work(transaction, locked);
      const { kind, subsidiary } = locked.row;
      const at = instantOf(this.clock.now());
      const operation = `${kind}.${deed}`;
      const { principal } = scope;
      await noteAccess(transaction, { principal, customerId: customer.id, subsidiaries: [subsidiary], operation, at });
    });
  }
}
