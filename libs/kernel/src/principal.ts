/**
 * Who calls. Subjects are the stable names that identity providers give; they are shown to no one.
 * - customer: a person about their own data.
 * - agent: someone at the counter of one subsidiary, allowed to act for one customer while a mandate lasts.
 * - subsidiary: a company's own system that asks about a customer, e.g. a till about an entitlement.
 */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'customer'; readonly subject: string; readonly expiresAt: number }
  | AgentPrincipal
  | { readonly kind: 'subsidiary'; readonly subsidiary: string };

export interface AgentPrincipal {
  readonly kind: 'agent';
  readonly subject: string;
  /** Key of the subsidiary the agent works for. */
  readonly subsidiary: string;
  /** Sales must never see data of the grid (§ 6a EnWG). */
  readonly role: 'service' | 'sales';
  /** The customer the agent acts for, until a clock time in milliseconds; null while nobody is served. */
  readonly mandate: { readonly customerId: string; readonly expiresAt: number } | null;
}

export const ANONYMOUS: Principal = { kind: 'anonymous' };
