import { AppError, type Principal, type RequestScope } from '#lib/kernel';
import type { Customer, CustomerAccess, Decision, Label } from '#lib/customer';
import type { Command } from '#lib/subsidiary-kit';

/** What input and outcome of such a command may hold: readings and what the network operator knows of a meter. */
const GRID: Label = { category: 'CONSUMPTION', purposes: [], grid: true };

/** Where a step takes place, and what it is. */
export interface Place {
  readonly subsidiary: string;
  /** Undefined where an old journal names one that exists no more. */
  readonly command: Pick<Command, 'grid' | 'granted'> | undefined;
}

/**
 * Whether this caller may have something done for the customer in a subsidiary: whoever may see the customer's part
 * there, of the grid's data only those who may see these. A partner whom the customer let in needs the right to write
 * exactly this besides.
 * @throws AppError NOT_FOUND when the caller may not know of that part, CONSENT_REQUIRED when consent is missing,
 *   FORBIDDEN when a partner was not granted it
 */
export function requireMayCommand(
  access: CustomerAccess,
  scope: RequestScope,
  customer: Customer,
  { subsidiary, command }: Place,
): void {
  const decision = decideOn(access, scope, customer, { subsidiary, command });
  if (decision === 'hide') throw new AppError('NOT_FOUND', 'no such customer for this caller', { subsidiary });
  if (decision === 'ask') throw new AppError('CONSENT_REQUIRED', 'the customer has not agreed', { subsidiary });
  if (!isGranted(scope.principal, command, 'write')) throw new AppError('FORBIDDEN', 'not granted', { subsidiary });
}

/** Whether this caller may see what becomes of it. */
export function maySee(access: CustomerAccess, scope: RequestScope, customer: Customer, place: Place): boolean {
  return decideOn(access, scope, customer, place) === 'show' && isGranted(scope.principal, place.command, 'read');
}

function decideOn(
  access: CustomerAccess,
  scope: RequestScope,
  customer: Customer,
  { subsidiary, command }: Place,
): Decision {
  // Nobody knows any more what it disclosed: then it is treated as the most delicate.
  const label = command === undefined || command.grid === true ? gridLabel(command) : null;
  return access.decide(scope, customer, subsidiary, label);
}

/** A partner gets what such a command tells only with the right to see exactly this: refusals name the last reading. */
function gridLabel(command: Place['command']): Label {
  return command?.granted === undefined ? GRID : { ...GRID, grantedBy: `${command.granted}:read` };
}

/** Partners are granted single things; systems of subsidiaries command and follow nothing. */
function isGranted(principal: Principal, command: Place['command'], right: 'read' | 'write'): boolean {
  if (principal.kind !== 'delegate') return principal.kind !== 'subsidiary';
  return command?.granted !== undefined && principal.scopes.includes(`${command.granted}:${right}`);
}
