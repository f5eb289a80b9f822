import { Inject, Injectable } from '@nestjs/common';
import { AccessRecord, Attempts, CustomerAccess, CustomerNumbers, type Customer } from '#lib/customer';
import {
  AppError,
  CLOCK,
  Refusal,
  type AgentPrincipal,
  type Clock,
  type Mandate,
  type RequestScope,
} from '#lib/kernel';
import { Store } from '#lib/store';
import type { HandoverCode } from './handover-codes.js';
import { proofAttempt } from './proof-attempt.js';
import { MandateProofs, type MandateProof, type Verdict } from './mandate-proofs.js';
import type { MandateProofKind } from './mandate.tables.js';
import { entryOf, Mandates } from './mandates.js';

/** Proofs that fail are answered after this time at the earliest, whatever was looked up. */
const REFUSAL_MS = 1_000;

/** Someone at the counter who has no sign-in, or none that the agent knows of. */
interface WalkIn {
  readonly name: string;
  /** Their number in the agent's own subsidiary. */
  readonly number: string;
  readonly idDocumentSeen: boolean;
}

/** Agents serve customers: who is proven to be there, under which mandate, and who is refused. */
@Injectable()
export class Counter {
  private readonly attempts: Attempts;

  constructor(
    store: Store,
    private readonly mandates: Mandates,
    private readonly proofs: MandateProofs,
    private readonly numbers: CustomerNumbers,
    private readonly customers: CustomerAccess,
    private readonly record: AccessRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.attempts = new Attempts('mandate', store, clock);
  }

  /**
   * Opens a mandate for the customer whom the proof shows, in place of any other of this agent. From here on the request
   * acts under it.
   * @param reason why, in the agent's words
   * @returns the mandate, or the refusal MANDATE_NOT_PROVEN, the same for every cause, or TOO_MANY_ATTEMPTS
   * @throws AppError FORBIDDEN for anyone but an agent, UPSTREAM_* when the store or a system is out of reach
   */
  openMandate(scope: RequestScope, proof: MandateProof, reason: string): Promise<Mandate | Refusal> {
    const agent = agentOf(scope);
    const prove = (): Promise<Verdict> => this.proofs.prove(proof, agent, scope);
    return this.open(scope, agent, { kind: proof.kind, about: this.proofs.spell(proof), reason, prove });
  }

  /**
   * Opens a mandate for whoever holds the number in the agent's own subsidiary; a customer without a sign-in begins to
   * exist for a number that nobody holds.
   * @returns, @throws as {@link openMandate}
   */
  openWalkIn(
    scope: RequestScope,
    { name, number, idDocumentSeen }: WalkIn,
    reason: string,
  ): Promise<Mandate | Refusal> {
    const agent = agentOf(scope);
    const { subsidiary } = agent;
    const account = this.numbers.normalise(subsidiary, number);
    const prove = async (): Promise<Verdict> => {
      if (account === undefined || !idDocumentSeen) return { customerId: null, meant: [] };
      const meant = await this.numbers.holdersOrNew(name, subsidiary, account);
      return { customerId: meant.length === 1 ? meant[0]! : null, meant };
    };
    const about = ['number', subsidiary, account ?? number];
    return this.open(scope, agent, { kind: 'walk-in', about, reason, prove });
  }

  /** Ends the agent's mandate; answers when no instance serves them under it any more. */
  async endMandate(scope: RequestScope): Promise<void> {
    const agent = agentOf(scope);
    await this.mandates.end(agent.subject);
    scope.become({ ...agent, mandate: null });
  }

  /**
   * The customer for whom the agent has an open mandate. Every other attempt goes into the record of access of the
   * customer asked for, and its answer does not tell whether there is one.
   * @throws AppError FORBIDDEN without a mandate for exactly that customer
   */
  async serve(scope: RequestScope, customerId: string): Promise<Customer> {
    const agent = agentOf(scope);
    const { mandate } = agent;
    const now = this.clock.now();
    if (mandate?.customerId === customerId && now < mandate.expiresAt) {
      const customer = await this.customers.serve(scope, customerId, () => this.mandates.isOpen(agent));
      if (customer !== undefined) return customer;
    }
    const reason = 'refused: the agent had no open mandate';
    await this.record.noteRefusal(entryOf(agent, customerId, 'mandate.refused', reason, now));
    throw new AppError('FORBIDDEN', 'no open mandate for this customer', {
      reason: 'no open mandate for this customer',
    });
  }

  /** Keeps that an agent has written down a consent for the customer they serve, before it counts. */
  async noteConsent(scope: RequestScope, customer: Customer, given: boolean): Promise<void> {
    const agent = agentOf(scope);
    const operation = given ? 'consent.give' : 'consent.withdraw';
    const reason = agent.mandate?.reason ?? '';
    await this.record.note([entryOf(agent, customer.id, operation, reason, this.clock.now())]);
  }

  /** A code that shows an agent who the customer is. @returns it, or the refusal TOO_MANY_ATTEMPTS */
  async createHandoverCode(customer: Customer): Promise<HandoverCode | Refusal> {
    const attempt = await this.attempts.count(
      proofAttempt(`customer ${customer.id}`, ['handover-code of', customer.id]),
    );
    return attempt instanceof Refusal ? attempt : this.proofs.codes.issue(customer.id);
  }

  /** What the customer will say on the telephone. @throws AppError INVALID_INPUT when it is too short or too long */
  setPhoneSecret(customer: Customer, secret: string): Promise<void> {
    return this.proofs.secrets.set(customer.id, secret);
  }

  private async open(
    scope: RequestScope,
    agent: AgentPrincipal,
    { kind, about, reason, prove }: Opening,
  ): Promise<Mandate | Refusal> {
    const attempt = await this.attempts.count(proofAttempt(agent.subject, about));
    if (attempt instanceof Refusal) return attempt;
    const earliest = new Promise<void>((resolve) => this.clock.after(REFUSAL_MS, resolve));
    const { customerId, meant } = await prove();
    if (customerId === null) {
      await this.noteFailure(agent, meant);
      await earliest;
      return new Refusal('MANDATE_NOT_PROVEN');
    }
    await this.attempts.forgive(attempt);
    const mandate = await this.mandates.open(agent, { customerId, reason, proof: kind });
    scope.become({ ...agent, mandate });
    return mandate;
  }

  private noteFailure(agent: AgentPrincipal, customerIds: readonly string[]): Promise<void> {
    const reason = 'refused: the proof did not hold';
    const now = this.clock.now();
    return this.record.note(customerIds.map((id) => entryOf(agent, id, 'mandate.refused', reason, now)));
  }
}

interface Opening {
  readonly kind: MandateProofKind;
  /** What is tried, in its one spelling. */
  readonly about: readonly string[];
  readonly reason: string;
  readonly prove: () => Promise<Verdict>;
}

/** @throws AppError FORBIDDEN for anyone else */
function agentOf({ principal }: RequestScope): AgentPrincipal {
  if (principal.kind === 'agent') return principal;
  throw new AppError('FORBIDDEN', 'for agents only', { reason: 'this kind of caller is not allowed here' });
}
