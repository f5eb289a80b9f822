import type { Customer, CustomerAccess } from '#lib/customer';
import { AppError, toGlobalId, type RequestScope } from '#lib/kernel';

/**
 * The customer who calls, about themselves.
 * @param customerId global id of the customer meant; null or undefined means the caller
 * @throws AppError UNAUTHENTICATED for nobody, NOT_FOUND for anyone but the caller
 */
export async function getCaller(
  access: CustomerAccess,
  scope: RequestScope,
  customerId?: string | null,
): Promise<Customer> {
  if (scope.principal.kind === 'anonymous') {
    throw new AppError('UNAUTHENTICATED', 'sign-in needed', { reason: 'no bearer token was sent' });
  }
  const caller = await access.findCaller(scope);
  const isMeant = customerId === undefined || customerId === null;
  if (caller === undefined || !(isMeant || customerId === toGlobalId('Customer', caller.id))) {
    throw new AppError('NOT_FOUND', 'no such customer for this caller');
  }
  return caller;
}
