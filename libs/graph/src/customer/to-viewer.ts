import { instantOf, type Principal, type RequestScope } from '#lib/kernel';
import { ViewerKind, type ViewerType } from './viewer.type.js';
import { AgentRole } from '../agents/mandate.types.js';

const KINDS: Partial<Record<Principal['kind'], ViewerKind>> = {
  customer: ViewerKind.CUSTOMER,
  agent: ViewerKind.AGENT,
};
const ROLES = { service: AgentRole.SERVICE, sales: AgentRole.SALES };

/** Who calls, as the graph shows it. */
export function toViewer({ principal, language }: RequestScope): ViewerType {
  const agent = principal.kind === 'agent' ? principal : null;
  const until = 'stepUpUntil' in principal ? (principal.stepUpUntil ?? null) : null;
  return {
    kind: KINDS[principal.kind] ?? ViewerKind.ANONYMOUS,
    language,
    subsidiary: agent?.subsidiary ?? null,
    role: agent === null ? null : ROLES[agent.role],
    stepUpUntil: until === null ? null : instantOf(until),
  };
}
