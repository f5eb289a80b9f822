import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Coherence, raiseRightsEpoch } from '#lib/customer';
import { CLOCK, epochOf, instantOf, type Clock, type Instant } from '#lib/kernel';
import { sql, Store, type Transaction } from '#lib/store';
import type { PartnerTables } from '../partner.tables.js';
import { grantKey } from '../tokens/token-hash.js';

/** How long a grant lasts at most; then the customer is asked anew. */
export const GRANT_DAYS = 180;
/** That a grant is used is written down at most once in this time per instance. */
const USE_NOTED_EVERY_MS = 60_000;
const GRANTS_WATCHED = 10_000;

/** What a customer lets one partner do. */
export interface PartnerGrant {
  readonly id: string;
  readonly customerId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly grantedAt: Instant;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | null;
}

/** A grant that a customer has just made. */
export interface NewGrant extends Pick<PartnerGrant, 'id' | 'customerId' | 'clientId' | 'scopes'> {
  /** Version of the consent page that the customer saw. */
  readonly textVersion: string;
}

/** What customers have granted to partners: one grant per customer and partner, ended by either side. */
@Injectable()
export class PartnerGrants {
  private readonly noted = new LRUCache<string, number>({ max: GRANTS_WATCHED });

  constructor(
    private readonly store: Store,
    private readonly coherence: Coherence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The grant, if it stands now.
   * @throws AppError UPSTREAM_UNAVAILABLE when nobody can say
   */
  async find(id: string): Promise<PartnerGrant | undefined> {
    const grant = await this.coherence.get(grantKey(id), () => this.load(id));
    return grant !== undefined && this.clock.now() < epochOf(grant.expiresAt) ? grant : undefined;
  }

  /** The customer's grants that stand now, the latest first. */
  async list(customerId: string): Promise<readonly PartnerGrant[]> {
    const rows = await this.store.read<PartnerTables, PartnerTables['partner_grant'][]>((reader) =>
      reader
        .selectFrom('partner_grant')
        .selectAll()
        .where('customer_id', '=', customerId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', instantOf(this.clock.now()))
        .orderBy('granted_at', 'desc')
        .execute(),
    );
    return rows.map(toGrant);
  }

  /** Begins a grant in place of the one that the partner had; what rested on that one ends with it. */
  async begin({ id, customerId, clientId, scopes, textVersion }: NewGrant): Promise<void> {
    const now = this.clock.now();
    await this.change(customerId, async (transaction) => {
      await endWhere(transaction, instantOf(now), { customer_id: customerId, client_id: clientId });
      const row = {
        id,
        customer_id: customerId,
        client_id: clientId,
        scopes,
        text_version: textVersion,
        granted_at: instantOf(now),
        expires_at: instantOf(now + GRANT_DAYS * 86_400_000),
        last_used_at: null,
        ended_at: null,
      };
      await transaction.insertInto('partner_grant').values(row).execute();
    });
  }

  /**
   * Ends a grant and everything that rests on it. Answers when no instance lets the partner in any more and when answers
   * that were under way can no longer leave.
   * @returns false when the customer has no such grant that stands
   */
  async end(id: string, customerId: string): Promise<boolean> {
    return this.change(customerId, (transaction) =>
      endWhere(transaction, instantOf(this.clock.now()), { id, customer_id: customerId }),
    );
  }

  /** As {@link end}, where the partner itself gives the grant back or a copied token was used. */
  async endFor(id: string): Promise<void> {
    const grant = await this.load(id);
    if (grant !== undefined) await this.end(id, grant.customerId);
  }

  /** Writes down that the partner has used the grant; that it cannot be written stops nobody. */
  noteUse(id: string): void {
    const now = this.clock.now();
    if (now - (this.noted.get(id) ?? -Infinity) < USE_NOTED_EVERY_MS) return;
    this.noted.set(id, now);
    void this.store
      .tables<PartnerTables>()
      .updateTable('partner_grant')
      .set({ last_used_at: instantOf(now) })
      .where('id', '=', id)
      .execute()
      .catch(() => this.noted.delete(id));
  }

  private async load(id: string): Promise<PartnerGrant | undefined> {
    const row = await this.store.read<PartnerTables, PartnerTables['partner_grant'] | undefined>((reader) =>
      reader
        .selectFrom('partner_grant')
        .selectAll()
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    );
    return row && toGrant(row);
  }

  private async change<T>(
    customerId: string,
    work: (transaction: Transaction<PartnerTables>) => Promise<T>,
  ): Promise<T> {
    const result = await this.store.transaction<PartnerTables, T>(async (transaction) => {
      // Locks the customer's row, too: changes of one customer come one after the other.
      await raiseRightsEpoch(transaction, customerId);
      return work(transaction);
    });
    await this.coherence.afterCommit();
    return result;
  }
}

interface Which {
  readonly id?: string;
  readonly client_id?: string;
  readonly customer_id: string;
}

/** Ends those grants that stand, and forgets what the authorization server keeps for them. */
async function endWhere(transaction: Transaction<PartnerTables>, at: Instant, which: Which): Promise<boolean> {
  const ended = await transaction
    .updateTable('partner_grant')
    .set({ ended_at: at })
    .where(({ and }) => and(which))
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  for (const { id } of ended) {
    await transaction
      .insertInto('epoch_change')
      .values({ key: grantKey(id) })
      .execute();
    await sql`delete from partner_state where grant_id = ${id}`.execute(transaction);
  }
  return ended.length > 0;
}

function toGrant(row: PartnerTables['partner_grant']): PartnerGrant {
  return {
    id: row.id,
    customerId: row.customer_id,
    clientId: row.client_id,
    scopes: row.scopes,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
