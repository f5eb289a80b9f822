import type { CustomerAccess } from '#lib/customer';
import { AppError } from '#lib/kernel';
import { getCaller } from '../rights/caller.js';
import type { GraphContext } from '../scope.decorator.js';
import type { FindEntity } from './to-subgraph.js';

/**
 * Lets a router enter at the customer who calls, and at nobody else: a router forwards any id that a client has
 * written. Agents are served by the gateway itself.
 */
export function ownCustomer(access: CustomerAccess): FindEntity<GraphContext> {
  return async ({ __typename, id }, { scope }) => {
    // An id of another kind, or none, is nobody's.
    if (__typename !== 'Customer' || typeof id !== 'string') throw new AppError('NOT_FOUND', 'no such entity');
    return getCaller(access, scope, id);
  };
}
