import { Inject, Injectable } from '@nestjs/common';
import { sql, type Transaction } from '#lib/store';
import { AppError, CLOCK, instantOf, type Clock, type Instant } from '#lib/kernel';
import { Store } from '#lib/store';
import { Coherence } from '../coherence/coherence.js';
import { pairsAmong } from '../consent/consent-state.js';
import type { Purpose } from '../consent/purpose.js';
import type { Customer } from '../customer.js';
import { loadCustomer } from '../persistence/load-customer.js';
import { raiseRightsEpoch } from '../persistence/rights-epoch.js';
import type { CustomerTables, LinkProofKind } from '../persistence/tables.js';

type Work = (transaction: Transaction<CustomerTables>, at: Instant) => Promise<unknown>;

/** Where and under which text a consent was declared. */
export interface Declaration {
  readonly purpose: Purpose;
  readonly subsidiaries: readonly string[];
  /** Version of the text the customer saw; null for a withdrawal, which needs none (Art. 7 (3) GDPR). */
  readonly textVersion: string | null;
  /** Channel of the declaration, e.g. `portal` or `counter`. */
  readonly channel: string;
  /** Only consents in which this subsidiary takes part change, and others' own part in the purpose. */
  readonly within?: string;
}

/**
 * Every change of what may be seen of a customer. Each raises the rights epoch in its own transaction and answers only
 * when no instance can still act on the state before.
 */
@Injectable()
export class CustomerRights {
  constructor(
    private readonly store: Store,
    private readonly coherence: Coherence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The customer lets the subsidiaries use each other's data for the purpose. */
  giveConsent(customerId: string, declaration: Declaration): Promise<Customer> {
    const { within } = declaration;
    const pairs = pairsAmong(declaration.purpose, declaration.subsidiaries).filter(
      ({ one, other }) => one === other || within === undefined || [one, other].includes(within),
    );
    return this.change(customerId, (transaction, at) =>
      insertEvents(transaction, customerId, pairs, true, declaration, at),
    );
  }

  /** Ends every consent for the purpose in which one of the subsidiaries takes part. */
  withdrawConsent(customerId: string, declaration: Declaration): Promise<Customer> {
    return this.change(customerId, async (transaction, at) => {
      const { purpose, subsidiaries, within } = declaration;
      const given = await sql<{ one: string; other: string }>`
        select one, other from (
          select distinct on (one, other) one, other, given from consent_event
          where customer_id = ${customerId} and purpose = ${purpose} order by one, other, id desc) latest
        where given`.execute(transaction);
      const ended = given.rows.filter(
        ({ one, other }) =>
          (subsidiaries.includes(one) || subsidiaries.includes(other)) &&
          (within === undefined || [one, other].includes(within)),
      );
      const pairs = ended.map(({ one, other }) => ({ purpose, one, other }));
      await insertEvents(transaction, customerId, pairs, false, declaration, at);
    });
  }

  /** Connects the customer with their number in a subsidiary, in place of any earlier number there. */
  link(customerId: string, subsidiary: string, account: string, proof: LinkProofKind): Promise<Customer> {
    return this.change(customerId, async (transaction, at) => {
      await removeLink(transaction, customerId, subsidiary);
      const link = { customer_id: customerId, subsidiary, account, proof, linked_at: at };
      await transaction.insertInto('customer_link').values(link).execute();
    });
  }

  unlink(customerId: string, subsidiary: string): Promise<Customer> {
    return this.change(customerId, (transaction) => removeLink(transaction, customerId, subsidiary));
  }

  /** @throws AppError NOT_FOUND when there is no such customer, UPSTREAM_UNAVAILABLE when the store is out of reach */
  private async change(customerId: string, work: Work): Promise<Customer> {
    const at = instantOf(this.clock.now());
    await this.store.transaction<CustomerTables, void>(async (transaction) => {
      // First, for it locks the customer's row.
      await raiseRightsEpoch(transaction, customerId);
      await work(transaction, at);
    });
    await this.coherence.afterCommit();
    const changed = await loadCustomer(this.store, 'id', customerId);
    if (changed === undefined) throw new AppError('NOT_FOUND', 'no such customer');
    return changed;
  }
}

async function insertEvents(
  transaction: Transaction<CustomerTables>,
  customerId: string,
  pairs: readonly { purpose: Purpose; one: string; other: string }[],
  given: boolean,
  { textVersion, channel }: Declaration,
  at: Instant,
): Promise<void> {
  if (pairs.length === 0) return;
  const common = { customer_id: customerId, given, text_version: textVersion, channel, at };
  await transaction
    .insertInto('consent_event')
    .values(pairs.map((pair) => ({ ...pair, ...common })))
    .execute();
}

function removeLink(
  transaction: Transaction<CustomerTables>,
  customerId: string,
  subsidiary: string,
): Promise<unknown> {
  return transaction
    .deleteFrom('customer_link')
    .where('customer_id', '=', customerId)
    .where('subsidiary', '=', subsidiary)
    .execute();
}
