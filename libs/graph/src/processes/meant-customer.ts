import type { Counter } from '#lib/access';
import type { Customer, CustomerAccess } from '#lib/customer';
import { AppError, toGlobalId, type RequestScope } from '#lib/kernel';
import { serve } from '../agents/serve.js';
import { getCaller } from '../rights/caller.js';

/**
 * For whom something is to be done: the caller, or the customer whom an agent serves.
 * @param customerId global id of the customer; null and undefined mean the caller, or the customer of the open mandate
 * @throws AppError UNAUTHENTICATED for nobody, NOT_FOUND for another customer than the caller, FORBIDDEN for an agent
 *   without a mandate for that customer
 */
export async function meantCustomer(
  access: CustomerAccess,
  counter: Counter,
  scope: RequestScope,
  customerId?: string | null,
): Promise<Customer> {
  const { principal } = scope;
  if (principal.kind !== 'agent') return getCaller(access, scope, customerId);
  if (customerId !== null && customerId !== undefined) return serve(counter, scope, customerId);
  const reason = 'no customer is being served';
  if (principal.mandate === null) throw new AppError('FORBIDDEN', reason, { reason });
  return serve(counter, scope, toGlobalId('Customer', principal.mandate.customerId));
}
