import { createHash } from 'node:crypto';
import type { Instant } from '#lib/kernel';

/** One look at a customer's data by someone else than the customer (Art. 5 (2) GDPR: accountability). */
export interface AccessEntry {
  readonly customerId: string;
  readonly at: Instant;
  readonly actorKind: 'agent' | 'subsidiary' | 'partner';
  /** Who looked: an agent's subject, a subsidiary's key or a partner's client id. */
  readonly actor: string;
  /** Whose data were read. */
  readonly subsidiary: string;
  readonly operation: string;
  readonly purpose: string;
  /** Why, in the actor's own words or as the contract says. */
  readonly reason: string;
}

/** An entry at its place in the customer's chain. */
export interface SealedEntry extends AccessEntry {
  readonly seq: number;
  readonly previous: string;
  readonly digest: string;
}

/** Where a customer's chain begins; differs by customer, so that no entry can be moved to another chain. */
export function chainStart(customerId: string): string {
  return sha256(['saaltor record of access', customerId]);
}

/** Puts an entry behind the one before it. Every fact of it, its place and its predecessor go into the digest. */
export function seal(entry: AccessEntry, seq: number, previous: string): SealedEntry {
  const { customerId, at, actorKind, actor, subsidiary, operation, purpose, reason } = entry;
  const facts = [customerId, at, actorKind, actor, subsidiary, operation, purpose, reason];
  return { ...entry, seq, previous, digest: sha256([previous, seq, ...facts]) };
}

/** JSON keeps the facts apart, whatever characters they hold. */
function sha256(facts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
