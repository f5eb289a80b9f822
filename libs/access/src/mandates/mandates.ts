import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Coherence, noteWithin, raiseRightsEpoch, type AccessEntry } from '#lib/customer';
import { CLOCK, epochOf, instantOf, type AgentPrincipal, type Clock, type Instant, type Mandate } from '#lib/kernel';
import { sql, Store, type Transaction } from '#lib/store';
import type { MandateProofKind, MandateTables } from './mandate.tables.js';

/** One visit at the counter. */
const LASTS_MS = 30 * 60_000;

/** A mandate to be opened. */
interface MandateOrder {
  readonly customerId: string;
  /** In the agent's words. */
  readonly reason: string;
  readonly proof: MandateProofKind;
}

/** A mandate as it is kept in memory. */
interface Kept extends Mandate {
  readonly sessionId: string | null;
}

/** Agents' rights to act for one customer each: at most one is open per agent, and every instance knows which. */
@Injectable()
export class Mandates {
  constructor(
    private readonly store: Store,
    private readonly coherence: Coherence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The agent's open mandate; null when there is none, when it has expired, or when it was opened in another session.
   * @param sessionId the browser session that calls; absent for a bearer token, which then opened it, too
   * @throws AppError UPSTREAM_UNAVAILABLE when nobody can say
   */
  async find(agentSubject: string, sessionId?: string): Promise<Mandate | null> {
    const entry = await this.coherence.get(mandateKey(agentSubject), async () => ({
      mandate: await this.load(agentSubject),
    }));
    const kept = entry?.mandate ?? null;
    if (kept === null || kept.sessionId !== (sessionId ?? null) || this.clock.now() >= kept.expiresAt) return null;
    const { id, customerId, reason, expiresAt } = kept;
    return { id, customerId, reason, expiresAt };
  }

  /** Whether the mandate under which this agent came is still open. @throws AppError as {@link find} */
  async isOpen({ subject, sessionId, mandate }: AgentPrincipal): Promise<boolean> {
    return mandate !== null && (await this.find(subject, sessionId))?.id === mandate.id;
  }

  /**
   * Opens a mandate in place of any other of this agent. It never outlasts the agent's sign-in. Answers when every
   * instance knows it, and when answers about either customer that were under way before can no longer leave.
   * @throws AppError UPSTREAM_* when the store is out of reach, NOT_FOUND when there is no such customer
   */
  async open(agent: AgentPrincipal, { customerId, reason, proof }: MandateOrder): Promise<Mandate> {
    const id = randomUUID();
    const now = this.clock.now();
    const expiresAt = Math.min(now + LASTS_MS, agent.expiresAt);
    const row = {
      id,
      agent: agent.subject,
      session_id: agent.sessionId ?? null,
      customer_id: customerId,
      reason,
      proof,
      opened_at: instantOf(now),
      expires_at: instantOf(expiresAt),
      ended_at: null,
    };
    const entry = entryOf(agent, customerId, 'mandate.open', reason, now);
    await this.change(agent.subject, now, async (transaction, ended) => {
      await raiseAll(transaction, [...ended, customerId]);
      await transaction.insertInto('mandate').values(row).execute();
      await noteWithin(transaction, [entry]);
    });
    return { id, customerId, reason, expiresAt };
  }

  /**
   * Ends the agent's mandate, if there is one. Answers when no instance serves the agent under it any more.
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async end(agentSubject: string): Promise<void> {
    await this.change(agentSubject, this.clock.now(), raiseAll);
  }

  /** Ends what is open and makes the rest of the change, in one transaction. */
  private async change(
    agent: string,
    now: number,
    work: (transaction: Transaction<MandateTables>, endedCustomers: readonly string[]) => Promise<void>,
  ): Promise<void> {
    await this.store.transaction<MandateTables, void>(async (transaction) => {
      const key = mandateKey(agent);
      // Before any row of it exists, too: two changes of one agent come one after the other.
      await lock(transaction, key);
      const ended = await endOpen(transaction, agent, instantOf(now));
      await work(transaction, ended);
      await transaction.insertInto('epoch_change').values({ key }).execute();
    });
    await this.coherence.afterCommit();
  }

  private async load(agent: string): Promise<Kept | null> {
    const row = await this.store.read<MandateTables, MandateTables['mandate'] | undefined>((reader) =>
      reader
        .selectFrom('mandate')
        .selectAll()
        .where('agent', '=', agent)
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    );
    if (row === undefined) return null;
    const { id, customer_id: customerId, reason, expires_at: expires, session_id: sessionId } = row;
    return { id, customerId, reason, expiresAt: epochOf(expires), sessionId };
  }
}

/** What the record of access keeps of an agent who was given, or refused, a customer. */
export function entryOf(
  { subject, subsidiary }: AgentPrincipal,
  customerId: string,
  operation: 'mandate.open' | 'mandate.refused' | 'consent.give' | 'consent.withdraw',
  reason: string,
  now: number,
): AccessEntry {
  const purpose = 'COUNTER_ADVICE';
  return { customerId, at: instantOf(now), actorKind: 'agent', actor: subject, subsidiary, operation, purpose, reason };
}

function mandateKey(agent: string): string {
  return `mandate ${agent}`;
}

function lock(transaction: Transaction<MandateTables>, name: string): Promise<unknown> {
  return sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}

/** Ends what is open, at its expiry if that is past. @returns whom it was for */
async function endOpen(transaction: Transaction<MandateTables>, agent: string, now: Instant): Promise<string[]> {
  const ended = await transaction
    .updateTable('mandate')
    .set({ ended_at: sql<Instant>`least(expires_at, ${now}::timestamptz)` })
    .where('agent', '=', agent)
    .where('ended_at', 'is', null)
    .returning('customer_id')
    .execute();
  return ended.map(({ customer_id: id }) => id);
}

/** In one order, so that no two agents who change places wait for each other. */
async function raiseAll(transaction: Transaction<MandateTables>, customerIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(customerIds)].toSorted()) await raiseRightsEpoch(transaction, id);
}
