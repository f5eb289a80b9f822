import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ANONYMOUS, AppError, CLOCK, RequestScope, type Clock, type Refusal } from '#lib/kernel';
import { Coherence, CustomerAccess, type Customer } from '#lib/customer';
import { Store } from '#lib/store';
import { Upstream } from '#lib/upstream';
import { CommandRegistry } from '../engine/command-registry.js';
import { isUnderWay } from '../model/process-state.js';
import type { PendingInput, ProcessView } from '../model/process-view.js';
import { ReceiptSigner } from '../receipts/receipt-signer.js';
import type { ProcessTables } from '../tables/process-tables.js';
import { Acceptance, type Wish } from './accept.js';
import { wishKeyOf } from './client-key.js';
import { CustomerChanges, type CustomersProcess } from './customer-changes.js';
import { requireMayCommand } from './may-command.js';
import { OutcomeBell } from './outcome-bell.js';
import { ProcessReader } from './process-reader.js';
import { publicOwner } from './public-owner.js';
import { understandPublic } from './public-submission.js';
import { receiptAddress } from './receipt-address.js';
import { Sight, type SeenProcess } from './sight.js';
import { check, understand, type Submission } from './submission.js';

/** What somebody wants to have done for a customer. */
export interface CommandOrder {
  /** Kind of a command or flow. */
  readonly kind: string;
  /** Made by the client before its first try; may be missing only where a natural key exists. */
  readonly key?: string | null;
  /** As the client sent it; the command's `parse` reads it. */
  readonly input: unknown;
  readonly customer: Customer;
  /** E-mail address for the receipt and news of it; it does not belong to the wish that a key stands for. */
  readonly receiptTo?: string | null;
  /** Who asks, and how long the answer may wait for the outcome. */
  readonly scope: RequestScope;
}

/** A declaration of someone who did not sign in. */
export interface PublicOrder {
  /** Kind of a public command. */
  readonly kind: string;
  readonly key: string;
  readonly input: unknown;
  readonly receiptTo: string;
  readonly scope: RequestScope;
}

/** The way in for everything durable: accepts, waits a moment for the outcome, shows, takes answers and cancels. */
@Injectable()
export class CommandService implements BeforeApplicationShutdown {
  private readonly acceptance: Acceptance;
  private readonly reader: ProcessReader;
  private readonly changes: CustomerChanges;
  private readonly bell: OutcomeBell;
  private readonly sight: Sight;

  constructor(
    private readonly store: Store,
    private readonly registry: CommandRegistry,
    private readonly access: CustomerAccess,
    private readonly upstream: Upstream,
    private readonly coherence: Coherence,
    signer: ReceiptSigner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.acceptance = new Acceptance(store, clock, signer);
    this.reader = new ProcessReader(store, registry, clock);
    this.changes = new CustomerChanges(store, registry, clock);
    this.bell = new OutcomeBell(store, clock);
    this.sight = new Sight(access, registry);
  }

  beforeApplicationShutdown(): void {
    this.bell.close();
  }

  /**
   * Accepts a wish durably: what is answered with a process survives any crash. The same wish again, by its key, gives
   * the same process as it stands now. Waits for the outcome as long as the scope says, unless none can come soon.
   * @returns the process; or the refusal of what can be checked at once, of which nothing is kept
   * @throws AppError INVALID_INPUT with path and reason, also for a missing key; CONFLICT when the key stands for
   *   another wish (key and principal mean one wish for 30 days); NOT_FOUND, CONSENT_REQUIRED or FORBIDDEN when this
   *   caller may not; UPSTREAM_* when the store is out of reach: submit again with the same key to find out
   */
  async submit({ kind, key, input, customer, receiptTo, scope }: CommandOrder): Promise<ProcessView | Refusal> {
    const submission = understand(this.registry, kind, input, customer);
    for (const step of submission.steps) requireMayCommand(this.access, scope, customer, step);
    const wish: Wish = {
      submission,
      customer,
      scope,
      key: wishKeyOf(key, submission.naturalKey),
      receiptTo: receiptAddress(receiptTo),
    };
    const known = await this.acceptance.findKnown(wish);
    if (known !== undefined) return this.awaitOutcome(known, wish, false);
    const refusal = await check(submission, scope);
    return refusal ?? this.awaitOutcome(await this.acceptance.accept(wish), wish, true);
  }

  /**
   * Accepts a declaration of someone who did not sign in. Nothing is asked of anybody, and no outcome is waited for.
   * @throws AppError INVALID_INPUT, CONFLICT and UPSTREAM_* as {@link submit}
   */
  async declare(order: PublicOrder): Promise<ProcessView> {
    const wish = this.publicWish(order);
    return this.get(await this.acceptance.accept(wish), wish.customer.id);
  }

  /** What the same declaration has become before. @throws AppError as {@link declare} */
  async findDeclared(order: PublicOrder): Promise<ProcessView | undefined> {
    const wish = this.publicWish(order);
    const known = await this.acceptance.findKnown(wish);
    return known === undefined ? undefined : this.get(known, wish.customer.id);
  }

  private publicWish({ kind, key, input, receiptTo, scope }: PublicOrder): Wish {
    return {
      submission: understandPublic(this.registry, kind, input),
      customer: publicOwner(kind, key),
      // Who is signed in does not matter: it is a declaration of whoever is named in it.
      scope: new RequestScope(ANONYMOUS, scope.language, scope.waitUntil, scope.signal),
      key: wishKeyOf(key, null),
      receiptTo: receiptAddress(receiptTo),
    };
  }

  /** A process of that customer; undefined for anybody else's. For edges: {@link look}. */
  find(id: string, customerId: string): Promise<ProcessView | undefined> {
    return this.reader.find(id, customerId);
  }

  /** The customer's newest 100, newest first. @param open true: only those not over; false: only those over */
  list(customerId: string, open?: boolean): Promise<readonly ProcessView[]> {
    return this.reader.list(customerId, open);
  }

  /**
   * A process of that customer as far as this caller may see it; undefined where there is nothing to see. A look by
   * someone else than the customer is recorded.
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async look(scope: RequestScope, customer: Customer, id: string): Promise<SeenProcess | undefined> {
    return (await this.lookAt(scope, customer, [id]))[0];
  }

  /** As {@link look}, of several at once: those that this caller sees, in the order of acceptance. */
  async lookAt(scope: RequestScope, customer: Customer, ids: readonly string[]): Promise<readonly SeenProcess[]> {
    return this.see(scope, customer, await this.reader.findAll(ids, customer.id), 'processes.look');
  }

  /** As {@link look}, of the customer's newest 100, newest first. @param open as for {@link list} */
  async lookAll(scope: RequestScope, customer: Customer, open?: boolean): Promise<readonly SeenProcess[]> {
    return this.see(scope, customer, await this.reader.list(customer.id, open), 'processes.list');
  }

  /**
   * What is under way for the customer in a subsidiary, for pending values beside confirmed ones; at most 100, in the
   * order of acceptance.
   */
  pendingOf(customerId: string, subsidiary: string): Promise<readonly PendingInput[]> {
    return this.reader.pendingOf(customerId, subsidiary);
  }

  /**
   * The customer's answer to a question: the process goes on with the changed input.
   * @param choice a `value` of the offered choices
   * @throws AppError NOT_FOUND, CONFLICT when no question is open, INVALID_INPUT when it was not offered
   */
  async answer(target: CustomersProcess, choice: string): Promise<ProcessView> {
    await this.requireMay(target);
    await this.changes.answer(target, choice);
    return this.get(target.id, target.customer.id);
  }

  /**
   * Takes a wish back of which nothing was sent yet; once more is no error.
   * @throws AppError NOT_FOUND, CONFLICT when it is too late
   */
  async cancel(target: CustomersProcess): Promise<ProcessView> {
    await this.requireMay(target);
    await this.changes.cancel(target);
    return this.get(target.id, target.customer.id);
  }

  private async see(
    scope: RequestScope,
    customer: Customer,
    views: readonly ProcessView[],
    operation: string,
  ): Promise<readonly SeenProcess[]> {
    const seen = views.flatMap((view) => this.sight.of(scope, customer, view) ?? []);
    await this.sight.note(scope, customer, seen, operation);
    // As after a submission: whoever reads after this answer must see what it says.
    if (await this.reader.haveJustSettled(seen.map(({ view }) => view))) await this.coherence.afterCommit();
    return seen;
  }

  private async requireMay(target: CustomersProcess): Promise<void> {
    const { steps } = await this.get(target.id, target.customer.id);
    for (const { subsidiary, kind } of steps) {
      const place = { subsidiary, command: this.registry.findCommand(kind)?.command };
      requireMayCommand(this.access, target.scope, target.customer, place);
    }
  }

  private async get(id: string, customerId: string): Promise<ProcessView> {
    const view = await this.reader.find(id, customerId);
    if (view === undefined) throw new AppError('NOT_FOUND', 'no such process of this customer');
    return view;
  }

  /** Between looks no connection is held. */
  private async awaitOutcome(
    id: string,
    { submission, customer, scope: { waitUntil, signal } }: Wish,
    isNew: boolean,
  ): Promise<ProcessView> {
    if (await this.cannotComeSoon(submission)) return this.get(id, customer.id);
    for (let changed = isNew; ; changed = true) {
      const { rung, leave } = this.bell.next(id, waitUntil, signal);
      try {
        const view = await this.get(id, customer.id);
        if (!isUnderWay(view.state)) {
          // Whoever reads after this answer, on any instance, must see what it says.
          if (changed) await this.coherence.afterCommit();
          return view;
        }
        if (this.clock.now() >= waitUntil || signal.aborted || !this.bell.hasRoom) return view;
        await rung;
      } finally {
        leave();
      }
    }
  }

  /** Whether the first step's subsidiary is paused, or its system left alone. */
  private async cannotComeSoon({ steps: [first] }: Submission): Promise<boolean> {
    if (first === undefined) return true;
    const { subsidiary, account, command } = first;
    const { system } = command;
    if (system !== undefined && this.upstream.breakerWait({ subsidiary, system, account }) > 0) return true;
    const pause = await this.store.read<ProcessTables, object | undefined>((reader) =>
      reader.selectFrom('process_pause').select('subsidiary').where('subsidiary', '=', subsidiary).executeTakeFirst(),
    );
    return pause !== undefined;
  }
}
