import { ConsentState, pairsAmong, PURPOSES } from '#lib/customer';
import { ANONYMOUS, type AgentPrincipal, type DelegatePrincipal, type Principal } from '#lib/kernel';
import { KEYS } from './labelled-models.js';

/** The moment of every question; mandates end before or after it. */
export const NOW = 1_000;

const EVERYTHING = PURPOSES.flatMap((purpose) => pairsAmong(purpose, KEYS));

/** States of consent by name: nothing, everything, one purpose only, or all but what concerns one pair. */
export const CONSENTS: Readonly<Record<string, ConsentState>> = {
  none: new ConsentState([]),
  all: new ConsentState(EVERYTHING),
  ...Object.fromEntries(
    PURPOSES.map((purpose) => [`only ${purpose}`, new ConsentState(pairsAmong(purpose, KEYS))] as const),
  ),
  ...Object.fromEntries(
    pairsAmong('JOINT_PORTAL', KEYS).map(({ one, other }) => [
      one === other ? `all but ${one} itself` : `all but ${one} with ${other}`,
      new ConsentState(EVERYTHING.filter((pair) => pair.one !== one || pair.other !== other)),
    ]),
  ),
};

/** The customer whom all questions are about. */
interface Asked {
  readonly id: string;
  readonly subject: string;
  readonly now: number;
}

/** Callers of every kind by name, as they stand to one customer. */
export function callers(
  { id, subject, now }: Asked = { id: 'c-1', subject: 'kim', now: NOW },
): Record<string, Principal> {
  const expiresAt = Number.MAX_SAFE_INTEGER;
  return {
    'the customer': { kind: 'customer', subject, expiresAt },
    'another customer': { kind: 'customer', subject: `not ${subject}`, expiresAt },
    'nobody signed in': ANONYMOUS,
    ...Object.fromEntries(KEYS.flatMap((key) => agents(key, { id, now }))),
    ...Object.fromEntries(KEYS.map((key) => [`system of ${key}`, { kind: 'subsidiary', subsidiary: key } as const])),
  };
}

function agents(subsidiary: string, { id, now }: Omit<Asked, 'subject'>): [string, AgentPrincipal][] {
  const mandates: [string, AgentPrincipal['mandate']][] = [
    ['', { id: 'm', customerId: id, reason: 'asked', expiresAt: now + 1 }],
    [', no mandate', null],
    [', mandate expired', { id: 'm', customerId: id, reason: 'asked', expiresAt: now }],
    [', mandate for another customer', { id: 'm', customerId: `not ${id}`, reason: 'asked', expiresAt: now + 1 }],
  ];
  return (['service', 'sales'] as const).flatMap((role) =>
    mandates.map(([name, mandate]): [string, AgentPrincipal] => [
      `agent of ${subsidiary} in ${role}${name}`,
      { kind: 'agent', subject: 'a-1', subsidiary, role, mandate, expiresAt: Number.MAX_SAFE_INTEGER },
    ]),
  );
}

/**
 * Partners whom the customer has let in, by what their contract and the grant say.
 * @param handing scopes by which data of the grid are handed on
 */
export function partners(handing: readonly string[]): Record<string, DelegatePrincipal> {
  const things = KEYS.map((key) => `${key.toLowerCase()}.things:read`);
  const all = [...things, ...handing];
  const partner = (scopes: readonly string[], more: Partial<DelegatePrincipal> = {}): DelegatePrincipal => {
    return { kind: 'delegate', clientId: 'p-1', role: 'service', customerId: 'c-1', scopes, ...more };
  };
  return {
    'adviser, granted everything': partner(all),
    'adviser, granted things everywhere': partner(things),
    ...Object.fromEntries(handing.map((scope) => [`adviser, granted ${scope}`, partner([scope])])),
    'adviser, granted everything by another customer': partner(all, { customerId: 'not c-1' }),
    'adviser, granted nothing': partner([]),
    'partner in sales, granted everything': partner(all, { role: 'sales' }),
  };
}
