import { AppError, type Principal, type RequestScope } from '#lib/kernel';
import type { Customer, CustomerAccess } from '#lib/customer';

/**
 * Whether this caller may have something done for the customer in a subsidiary: whoever may see the customer's part
 * there. A partner whom the customer let in needs a granted right to write besides.
 * @throws AppError NOT_FOUND when the caller may not know of that part, CONSENT_REQUIRED when consent is missing,
 *   FORBIDDEN when a partner was only let in to read
 */
export function requireMayCommand(
  access: CustomerAccess,
  scope: RequestScope,
  customer: Customer,
  subsidiary: string,
): void {
  const decision = access.decide(scope, customer, subsidiary);
  if (decision === 'hide') throw new AppError('NOT_FOUND', 'no such customer for this caller', { subsidiary });
  if (decision === 'ask') throw new AppError('CONSENT_REQUIRED', 'the customer has not agreed', { subsidiary });
  if (!mayWrite(scope.principal, subsidiary)) throw new AppError('FORBIDDEN', 'not granted', { subsidiary });
}

function mayWrite(principal: Principal, subsidiary: string): boolean {
  if (principal.kind !== 'delegate') return principal.kind !== 'subsidiary';
  const prefix = `${subsidiary.toLowerCase()}.`;
  return principal.scopes.some((scope) => scope.startsWith(prefix) && scope.endsWith(':write'));
}
