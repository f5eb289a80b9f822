import { AGENT_ROLES, AppError } from '#lib/kernel';
import type { AgentFacts } from './sessions/session.js';

/** The claim by which the identity provider says that someone is an agent; customers have none. */
export const AGENT_CLAIM = 'saaltor_agent';

/** How the identity provider says that a second factor was shown (`acr`), and how we ask for it (`acr_values`). */
export const SECOND_FACTOR_ACR = 'urn:saaltor:mfa';

const SUBSIDIARY = /^[A-Z][A-Z0-9_]{0,39}$/;

/**
 * The agent of a token; null for a customer.
 * @throws AppError UNAUTHENTICATED when the claim is there but not as agreed: then nobody knows who it is
 */
export function agentOf(claims: Readonly<Record<string, unknown>>): AgentFacts | null {
  const claim = claims[AGENT_CLAIM];
  if (claim === undefined) return null;
  const { subsidiary, role } = (claim ?? {}) as Record<string, unknown>;
  const known = AGENT_ROLES.find((candidate) => candidate === role);
  if (typeof subsidiary !== 'string' || !SUBSIDIARY.test(subsidiary) || known === undefined) {
    const reason = `the claim ${AGENT_CLAIM} is not as agreed`;
    throw new AppError('UNAUTHENTICATED', reason, { reason });
  }
  return { subsidiary, role: known };
}
