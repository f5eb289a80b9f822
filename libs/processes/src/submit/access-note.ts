import type { Instant, Principal } from '#lib/kernel';
import { noteWithin, purposeOf, type AccessEntry } from '#lib/customer';
import type { Transaction } from '#lib/store';
import type { ProcessTables } from '../tables/process-tables.js';

/**
 * Records what somebody else than the customer has done for them, in the transaction of the deed: one row per
 * subsidiary concerned. Nothing for the customers themselves.
 */
export async function noteAccess(
  transaction: Transaction<ProcessTables>,
  deed: {
    readonly principal: Principal;
    readonly customerId: string;
    readonly subsidiaries: readonly string[];
    readonly operation: string;
    readonly at: Instant;
  },
): Promise<void> {
  const { principal, customerId, operation, at } = deed;
  const actor = actorOf(principal);
  if (actor === null) return;
  const purpose = purposeOf(principal) ?? 'none';
  const entries = [...new Set(deed.subsidiaries)].map((subsidiary) => {
    return { ...actor, customerId, at, subsidiary, operation, purpose };
  });
  // The record's table lies in the same database.
  await noteWithin(transaction as never, entries);
}

function actorOf(principal: Principal): Pick<AccessEntry, 'actorKind' | 'actor' | 'reason'> | null {
  switch (principal.kind) {
    case 'agent':
      return { actorKind: 'agent', actor: principal.subject, reason: principal.mandate?.reason ?? '' };
    case 'delegate':
    case 'partner':
      return { actorKind: 'partner', actor: principal.clientId, reason: 'the customer has granted it' };
    case 'subsidiary':
      return { actorKind: 'subsidiary', actor: principal.subsidiary, reason: 'asked by the company itself' };
    default:
      return null;
  }
}
