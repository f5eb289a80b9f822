import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  CLOCK,
  instantOf,
  type Clock,
  type Loaded,
  type Principal,
  type Reading,
  type RequestScope,
} from '#lib/kernel';
import { Upstream, type ReadOperation, type ReadRequest, type UpstreamCall } from '#lib/upstream';
import { AccessRecord } from './record/access-record.js';
import type { AccessEntry } from './record/access-entry.js';
import type { Customer } from './customer.js';
import { CustomerDirectory } from './customer-directory.js';
import { decide, purposeOf, type Decision } from './rights/decision.js';
import type { Label, Labels } from './rights/label.js';
import { prune } from './rights/prune.js';

/** A read of one customer's data in one subsidiary. */
export interface CustomerRead<T> {
  readonly operation: ReadOperation;
  readonly args?: ReadRequest<T>['args'];
  /** Labels of everything the read gives. */
  readonly labels: Labels<T>;
  /** @param account the customer's number in the subsidiary */
  readonly load: (account: string, call: UpstreamCall) => Promise<Loaded<T>>;
}

/** What an answer about the caller themselves was made of: it is as good as new while all of this stands. */
export interface CustomerState {
  /** As loaded: each change of rights makes another object. */
  readonly customer: Customer;
  /** Data epoch of each account that was read, from before its first read. */
  readonly dataEpochs: readonly AccountEpoch[];
}

interface AccountEpoch {
  readonly subsidiary: string;
  readonly account: string;
  readonly epoch: number;
}

/** Decides what a caller may see of a customer, and is the only way to read a customer's data. */
@Injectable()
export class CustomerAccess {
  private readonly callers = new WeakMap<RequestScope, Promise<Customer | undefined>>();
  private readonly noted = new WeakMap<RequestScope, Map<string, Promise<void>>>();
  private readonly consulted = new WeakMap<RequestScope, Map<string, Customer>>();
  private readonly conditions = new WeakMap<RequestScope, (() => Promise<boolean>)[]>();
  private readonly epochs = new WeakMap<RequestScope, AccountEpoch[]>();

  constructor(
    private readonly directory: CustomerDirectory,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly record: AccessRecord,
  ) {}

  /** The customer who calls; undefined for anyone who is no customer. Asked once per request. */
  findCaller(scope: RequestScope): Promise<Customer | undefined> {
    const known = this.callers.get(scope);
    if (known) return known;
    const { principal } = scope;
    const caller =
      principal.kind === 'customer' ? this.directory.findBySubject(principal.subject) : Promise.resolve(undefined);
    this.callers.set(scope, caller);
    return caller;
  }

  /**
   * The customer for whom someone else acts; undefined when there is none. From here on the answer speaks of them.
   * @param holds whether the caller may still act for the customer; asked again right before the answer leaves
   * @throws AppError UPSTREAM_UNAVAILABLE when the directory cannot be asked
   */
  async serve(scope: RequestScope, customerId: string, holds: () => Promise<boolean>): Promise<Customer | undefined> {
    this.conditions.set(scope, [...(this.conditions.get(scope) ?? []), holds]);
    const customer = await this.directory.find(customerId);
    if (customer !== undefined) this.consult(scope, customer);
    return customer;
  }

  /**
   * Whether this caller sees the subsidiary's part of the customer at all, must ask, or must not know of it.
   * @param label of the data in question; null for the part as a whole
   */
  decide(scope: RequestScope, customer: Customer, subsidiary: string, label: Label | null = null): Decision {
    const purpose = purposeOf(scope.principal);
    this.consult(scope, customer);
    if (purpose === null) return 'hide';
    return decide({ principal: scope.principal, customer, subsidiary, label, purpose, now: this.clock.now() });
  }

  /**
   * Records that someone else than the customer looks at something of the house's own about them, such as a process;
   * once per request and operation. Nothing for the customers themselves.
   * @param operation what is looked at, e.g. `processes.list`
   * @throws AppError UPSTREAM_* when it cannot be recorded: then nothing may be shown
   */
  async noteLook(scope: RequestScope, customer: Customer, subsidiary: string, operation: string): Promise<void> {
    await this.noteAccess(scope, customer, { subsidiary, name: operation });
  }

  /**
   * Reads a part of the customer's data; what this caller may not see of it is null in the value.
   * @throws AppError NOT_FOUND when the caller may not see the part, and UPSTREAM_* as the system answers
   */
  async read<T>(read: CustomerRead<T>, scope: RequestScope, customer: Customer): Promise<Reading<T>> {
    const { operation, args = [], labels, load } = read;
    const { subsidiary } = operation;
    const account = customer.links[subsidiary];
    if (account === undefined || this.decide(scope, customer, subsidiary) !== 'show') {
      throw new AppError('NOT_FOUND', 'no such customer for this caller', { subsidiary });
    }
    const note = this.noteAccess(scope, customer, operation);
    if (note !== null) await underWay(scope, `note ${subsidiary} ${operation.name}`, note);
    // Before the read: what is read afterwards may already be newer, never older than its epoch says.
    const known = this.directory.dataEpoch(subsidiary, account);
    const epoch = typeof known === 'number' ? known : await underWay(scope, `epoch ${subsidiary} ${account}`, known);
    this.noteEpoch(scope, { subsidiary, account, epoch });
    const request = { operation, account, args, epoch, load: (call: UpstreamCall) => load(account, call) };
    const reading = await this.upstream.read(request, scope);
    const { principal } = scope;
    const purpose = purposeOf(principal);
    const now = this.clock.now();
    const value = prune(
      reading.value,
      labels,
      (label) => purpose !== null && decide({ principal, customer, subsidiary, label, purpose, now }) === 'show',
    );
    return { ...reading, value };
  }

  /**
   * Whether every right this answer was made under still holds. Asked right before the answer leaves: a withdrawal
   * that has been answered meanwhile must not be followed by the data.
   * @throws AppError UPSTREAM_UNAVAILABLE when nobody can say
   */
  async stillHolds(scope: RequestScope): Promise<boolean> {
    const customers = [...(this.consulted.get(scope)?.values() ?? [])];
    const current = await Promise.all(customers.map(({ id }) => this.directory.find(id)));
    if (!customers.every(({ rightsEpoch }, index) => current[index]?.rightsEpoch === rightsEpoch)) return false;
    // Asked besides the epochs: a caller's own right and the customer's epoch were not seen at the same moment.
    const conditions = await Promise.all((this.conditions.get(scope) ?? []).map((holds) => holds()));
    return conditions.every(Boolean);
  }

  /** What this request's answer about the caller was made of; undefined for anyone who is no customer. */
  async stateBehind(scope: RequestScope): Promise<CustomerState | undefined> {
    const customer = await this.callers.get(scope);
    return customer && { customer, dataEpochs: this.epochs.get(scope) ?? [] };
  }

  /** Whether nothing has changed since then for this caller, as far as memory may be trusted right now. */
  stillStands(caller: Principal, { customer, dataEpochs }: CustomerState): boolean {
    return (
      caller.kind === 'customer' &&
      this.directory.recallBySubject(caller.subject) === customer &&
      dataEpochs.every(
        ({ subsidiary, account, epoch }) => this.directory.recallDataEpoch(subsidiary, account) === epoch,
      )
    );
  }

  /** A change made by this very request: from here on its answer speaks of the customer as changed. */
  adopt(scope: RequestScope, customer: Customer): void {
    this.callers.set(scope, Promise.resolve(customer));
    this.consulted.get(scope)?.delete(customer.id);
  }

  /** As {@link adopt}, where someone else acts for the customer. */
  adoptServed(scope: RequestScope, customer: Customer): void {
    this.consulted.get(scope)?.set(customer.id, customer);
  }

  /**
   * Each look by someone else than the customer, once per request and operation; it fails where it cannot be kept.
   * Null where there is nothing to note, so that a customer's own reads do not lose their tick.
   */
  private noteAccess(
    scope: RequestScope,
    customer: Customer,
    operation: Pick<ReadOperation, 'subsidiary' | 'name'>,
  ): Promise<void> | null {
    const actor = actorOf(scope.principal);
    if (actor === null) return null;
    const noted = this.noted.get(scope) ?? new Map<string, Promise<void>>();
    this.noted.set(scope, noted);
    const { subsidiary, name } = operation;
    const key = `${customer.id} ${subsidiary} ${name}`;
    const at = instantOf(this.clock.now());
    const purpose = purposeOf(scope.principal) ?? 'none';
    const note =
      noted.get(key) ??
      this.record.note([{ ...actor, customerId: customer.id, at, subsidiary, operation: name, purpose }]);
    noted.set(key, note);
    return note;
  }

  /** An account that is read under two epochs is noted twice, so that its answer never stands. */
  private noteEpoch(scope: RequestScope, { subsidiary, account, epoch }: AccountEpoch): void {
    const noted = this.epochs.get(scope) ?? [];
    this.epochs.set(scope, noted);
    const isKnown = noted.some(
      (each) => each.subsidiary === subsidiary && each.account === account && each.epoch === epoch,
    );
    if (!isKnown) noted.push({ subsidiary, account, epoch });
  }

  private consult(scope: RequestScope, customer: Customer): void {
    const seen = this.consulted.get(scope) ?? new Map<string, Customer>();
    // The first epoch counts: everything shown later rests on it too.
    if (!seen.has(customer.id)) seen.set(customer.id, customer);
    this.consulted.set(scope, seen);
  }
}

/** Lets whoever waits for the request's reads wait for what comes before one, too: nobody may think that all is read. */
function underWay<T>(scope: RequestScope, name: string, step: Promise<T>): Promise<T> {
  scope.steps.set(name, step);
  return step;
}

/** Who looks, if it is not the customer. Systems of subsidiaries ask by entitlements, which keep their own entries. */
function actorOf(principal: Principal): Pick<AccessEntry, 'actorKind' | 'actor' | 'reason'> | null {
  switch (principal.kind) {
    case 'agent':
      return { actorKind: 'agent', actor: principal.subject, reason: principal.mandate?.reason ?? '' };
    case 'delegate':
      return { actorKind: 'partner', actor: principal.clientId, reason: 'the customer has granted it' };
    default:
      return null;
  }
}
