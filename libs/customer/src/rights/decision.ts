import type { AgentPrincipal, DelegatePrincipal, Principal } from '#lib/kernel';
import type { Purpose } from '../consent/purpose.js';
import type { Customer } from '../customer.js';
import type { Label } from './label.js';

/** show: the caller sees it; ask: the customer's consent is missing; hide: the caller may not know that it exists. */
export type Decision = 'show' | 'ask' | 'hide';

/** What data are used for: a purpose of consents, or a partner's access that the customer granted to that partner. */
export type Use = Purpose | 'PARTNER_ACCESS';

/** Who wants to see what of whom, what for, and when. */
export interface Question {
  readonly principal: Principal;
  readonly customer: Customer;
  /** Key of the subsidiary that holds the data. */
  readonly subsidiary: string;
  /** Label of the property; null for the part of the subsidiary as a whole, or a mere yes or no. */
  readonly label: Label | null;
  readonly purpose: Use;
  /** Clock time in milliseconds. */
  readonly now: number;
}

/**
 * The one decision of the house. Deny unless a rule allows; the rules are purpose limitation and consent between
 * subsidiaries (Art. 5, 6 and 26 GDPR), unbundling of grid and sales (§ 6a EnWG) and the mandate of agents.
 */
export function decide(question: Question): Decision {
  const { principal, customer, subsidiary } = question;
  if (!Object.hasOwn(customer.links, subsidiary)) return 'hide';
  switch (principal.kind) {
    case 'anonymous':
    case 'partner':
      return 'hide';
    case 'delegate':
      return decideForDelegate(question, principal);
    case 'customer':
      return decideForCustomer(question, principal.subject);
    case 'agent':
      return decideForAgent(question, principal);
    case 'subsidiary':
      return decideForSubsidiary(question, principal.subsidiary);
  }
}

/** People see all of their own data; showing several companies' data side by side is what the consent is for. */
function decideForCustomer({ customer, subsidiary, purpose }: Question, subject: string): Decision {
  if (customer.subject !== subject || purpose !== 'JOINT_PORTAL') return 'hide';
  return standsBesideOthers(customer, subsidiary) ? 'show' : 'ask';
}

/**
 * Whether the subsidiary takes part in the portal and may stand beside each one linked before it that takes part too:
 * of two that may not be seen together, the one linked first is seen.
 */
function standsBesideOthers(customer: Customer, subsidiary: string): boolean {
  const known = standing.get(customer) ?? new Map<string, boolean>();
  standing.set(customer, known);
  const stands = known.get(subsidiary) ?? compareWithOthers(customer, subsidiary);
  known.set(subsidiary, stands);
  return stands;
}

/** Asked for each label of each read, and the same as long as the customer is: any change makes another object. */
const standing = new WeakMap<Customer, Map<string, boolean>>();

function compareWithOthers({ links, consents }: Customer, subsidiary: string): boolean {
  const keys = Object.keys(links);
  const takesPart = (key: string): boolean => consents.covers('JOINT_PORTAL', key, key);
  const before = keys.slice(0, keys.indexOf(subsidiary)).filter(takesPart);
  return takesPart(subsidiary) && before.every((other) => consents.covers('JOINT_PORTAL', subsidiary, other));
}

function decideForAgent({ customer, subsidiary, label, purpose, now }: Question, agent: AgentPrincipal): Decision {
  const served = agent.mandate?.customerId === customer.id && now < agent.mandate.expiresAt;
  if (!served || purpose !== 'COUNTER_ADVICE') return 'hide';
  if (label?.grid === true && agent.role === 'sales') return 'hide';
  if (subsidiary === agent.subsidiary) return 'show';
  if (label !== null && !label.purposes.includes(purpose)) return 'hide';
  return customer.consents.covers(purpose, subsidiary, agent.subsidiary) ? 'show' : 'ask';
}

/**
 * The grant is the consent: it names the subsidiary and ends when the customer revokes it. Data of the grid it covers
 * only where the customer has granted the scope that names exactly these (Art. 20 GDPR: people hand on what is theirs)
 * and the partner's contract is not one of sales: § 6a EnWG keeps grid data from sales, not from an energy adviser.
 */
function decideForDelegate({ customer, subsidiary, label, purpose }: Question, delegate: DelegatePrincipal): Decision {
  const granted = delegate.scopes.some((scope) => scope.startsWith(`${subsidiary.toLowerCase()}.`));
  if (purpose !== 'PARTNER_ACCESS' || delegate.customerId !== customer.id || !granted) return 'hide';
  return label?.grid === true && !isHandedOn(label, delegate) ? 'hide' : 'show';
}

function isHandedOn({ grantedBy }: Label, { role, scopes }: DelegatePrincipal): boolean {
  return role !== 'sales' && grantedBy !== undefined && scopes.includes(grantedBy);
}

/** A company's system sees its own customer; of another company a yes or no, or what the customer gave for marketing. */
function decideForSubsidiary({ customer, subsidiary, label, purpose }: Question, asking: string): Decision {
  if (purpose === 'PARTNER_ACCESS') return 'hide';
  if (subsidiary === asking) return label?.grid === true && purpose === 'MARKETING' ? 'hide' : 'show';
  const allowed =
    purpose === 'ENTITLEMENT_CHECK'
      ? label === null
      : purpose === 'MARKETING' && label?.purposes.includes(purpose) === true;
  if (!allowed || label?.grid === true) return 'hide';
  return customer.consents.covers(purpose, subsidiary, asking) ? 'show' : 'ask';
}

/** The purpose for which a caller is here; null for callers who may see nobody's data. */
export function purposeOf(principal: Principal): Use | null {
  switch (principal.kind) {
    case 'anonymous':
    case 'partner':
      return null;
    case 'delegate':
      return 'PARTNER_ACCESS';
    case 'customer':
      return 'JOINT_PORTAL';
    case 'agent':
      return 'COUNTER_ADVICE';
    case 'subsidiary':
      return 'ENTITLEMENT_CHECK';
  }
}
