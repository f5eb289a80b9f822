import { AppError, type AgentPrincipal, type RequestScope } from '#lib/kernel';
import { ENERGY_KEY } from './operations.js';

/**
 * The agent of this company who calls: some things are its counter's own business, whatever a customer has consented to.
 * @throws AppError FORBIDDEN for anyone else
 */
export function ownAgent({ principal }: RequestScope): AgentPrincipal {
  if (principal.kind === 'agent' && principal.subsidiary === ENERGY_KEY) return principal;
  const reason = 'for agents of this company only';
  throw new AppError('FORBIDDEN', reason, { reason });
}

/** Whether {@link ownAgent} finds one. */
export function isOwnAgent({ principal }: RequestScope): boolean {
  return principal.kind === 'agent' && principal.subsidiary === ENERGY_KEY;
}

/** As {@link ownAgent}, not for sales: what grid data are about never reaches it (§ 6a EnWG). @throws AppError FORBIDDEN */
export function ownServiceAgent(scope: RequestScope): AgentPrincipal {
  const agent = ownAgent(scope);
  if (agent.role === 'service') return agent;
  const reason = 'not for sales (§ 6a EnWG)';
  throw new AppError('FORBIDDEN', reason, { reason });
}
