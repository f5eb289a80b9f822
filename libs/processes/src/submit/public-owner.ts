import type { Customer } from '#lib/customer';
import { digestOf } from './canonical-json.js';

/** How the owners of public declarations begin; ids of customers are random and never do. */
const PUBLIC = 'public:';

/**
 * Whose a public declaration is: nobody's yet. Each has an owner of its own, made from its key, so that the same
 * declaration sent twice is one process and no two wait for each other.
 */
export function publicOwner(kind: string, key: string): Pick<Customer, 'id'> {
  return { id: PUBLIC + digestOf(JSON.stringify([kind, key])).slice(0, 40) };
}

export function isPublicOwner(customerId: string): boolean {
  return customerId.startsWith(PUBLIC);
}

/** In place of an account, which the attempt finds out. */
export const UNKNOWN_ACCOUNT = '-';
