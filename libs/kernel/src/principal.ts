/**
 * Who calls. Subjects are the stable names that identity providers give; they are shown to no one.
 * - customer: a person about their own data.
 * - agent: someone at the counter of one subsidiary, allowed to act for one customer while a mandate lasts.
 * - partner: another company's system, known by a contract, about nobody in particular.
 * - delegate: a partner whom a customer has let in, for that customer and within what was granted.
 * - subsidiary: a company's own system that asks about a customer, e.g. a till about an entitlement.
 */
export type Principal =
  | { readonly kind: 'anonymous' }
  | CustomerPrincipal
  | AgentPrincipal
  | PartnerPrincipal
  | DelegatePrincipal
  | { readonly kind: 'subsidiary'; readonly subsidiary: string };

export type PrincipalKind = Principal['kind'];

/** Times are clock times in milliseconds. */
interface SignedIn {
  readonly subject: string;
  /** When the token or session ends. */
  readonly expiresAt: number;
  /** Until when a fresh second factor counts; absent or past: a step-up is needed where a rule asks for one. */
  readonly stepUpUntil?: number | null;
  /** The browser session that calls; absent for bearer tokens. */
  readonly sessionId?: string;
}

export interface CustomerPrincipal extends SignedIn {
  readonly kind: 'customer';
}

export interface AgentPrincipal extends SignedIn {
  readonly kind: 'agent';
  /** Key of the subsidiary the agent works for. */
  readonly subsidiary: string;
  /** Sales must never see data of the grid (§ 6a EnWG). */
  readonly role: AgentRole;
  /** The customer the agent acts for; null while nobody is served. */
  readonly mandate: Mandate | null;
}

export const AGENT_ROLES = ['service', 'sales'] as const;

export type AgentRole = (typeof AGENT_ROLES)[number];

/** An agent's right to act for one customer (RFC 8693: the agent is the `act`). */
export interface Mandate {
  readonly id: string;
  readonly customerId: string;
  /** Why, in the agent's words; goes into the record of access. */
  readonly reason: string;
  readonly expiresAt: number;
}

export interface PartnerPrincipal {
  readonly kind: 'partner';
  readonly clientId: string;
  /** Key of the subsidiary for which the partner works; null for one that works for none. */
  readonly subsidiary: string | null;
  /** What the contract allows and the token carries, e.g. `entitlements:check`. */
  readonly scopes: readonly string[];
}

export interface DelegatePrincipal {
  readonly kind: 'delegate';
  readonly clientId: string;
  /** By the contract. Sales never gets data of the grid, whatever customers grant (§ 6a EnWG). */
  readonly role: AgentRole;
  readonly customerId: string;
  /** What the customer has granted, `<subsidiary in lower case>.<thing>:<right>`, e.g. `transit.tickets:read`. */
  readonly scopes: readonly string[];
}

export const ANONYMOUS: Principal = { kind: 'anonymous' };
