import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, instantOf, RequestScope, type Clock } from '#lib/kernel';
import type { EntitlementKey } from '#lib/subsidiary-kit';
import { Contributions } from '../contributions.js';
import type { Customer } from '../customer.js';
import type { AccessEntry } from '../record/access-entry.js';
import { AccessRecord } from '../record/access-record.js';
import { decide } from '../rights/decision.js';

/** unknown: nobody may say or nobody can; which of the two is not told. */
export type Entitlement = 'yes' | 'no' | 'unknown';

/** One company asks whether another one's customer is entitled to something. */
export interface EntitlementQuestion {
  /** Key of the subsidiary that wants to know. */
  readonly asking: string;
  readonly entitlement: EntitlementKey;
  readonly customer: Customer;
  /** The request on whose behalf it is asked. */
  readonly scope: RequestScope;
  /** Why, for the record of access. */
  readonly reason?: string;
}

const PURPOSE = 'ENTITLEMENT_CHECK';
const REASON = 'an offer depends on it';

/** Answers entitlements across subsidiaries by yes or no, with the customer's consent, and discloses no contract. */
@Injectable()
export class EntitlementService {
  constructor(
    private readonly contributions: Contributions,
    private readonly record: AccessRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Not linked, no consent and a system out of reach are all `unknown`. A check that may be made is recorded first;
   * what cannot be recorded is not checked.
   */
  async check({ asking, entitlement, customer, scope, reason = REASON }: EntitlementQuestion): Promise<Entitlement> {
    const contribution = this.contributions.findEntitlement(entitlement);
    const account = contribution && customer.links[contribution.subsidiary];
    if (contribution === undefined || account === undefined) return 'unknown';
    const { subsidiary, source } = contribution;
    const principal = { kind: 'subsidiary', subsidiary: asking } as const;
    const now = this.clock.now();
    const decision = decide({ principal, customer, subsidiary, label: null, purpose: PURPOSE, now });
    if (decision !== 'show') return 'unknown';
    // In a scope of its own: the sources of the caller's answer would tell who was asked, and with what success.
    const own = new RequestScope(principal, scope.language, scope.waitUntil, scope.signal);
    try {
      await this.note({
        customerId: customer.id,
        actor: asking,
        subsidiary,
        operation: `entitlement.${entitlement}`,
        reason,
      });
      return (await source.holds(account, own)) ? 'yes' : 'no';
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('UPSTREAM_')) return 'unknown';
      throw error;
    }
  }

  private note(
    facts: Pick<AccessEntry, 'customerId' | 'actor' | 'subsidiary' | 'operation' | 'reason'>,
  ): Promise<void> {
    const at = instantOf(this.clock.now());
    return this.record.note([{ ...facts, at, actorKind: 'subsidiary', purpose: PURPOSE }]);
  }
}
