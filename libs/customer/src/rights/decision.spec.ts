import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { AgentPrincipal, DelegatePrincipal, Principal } from '#lib/kernel';
import { ConsentState, pairsAmong, type ConsentPair } from '../consent/consent-state.js';
import { PURPOSES } from '../consent/purpose.js';
import type { Customer } from '../customer.js';
import { decide, purposeOf, type Question } from './decision.js';
import type { Label } from './label.js';

const KEYS = ['BREWERY', 'HARBOUR', 'LIBRARY', 'MUSEUM', 'ORCHARD'];
const NOW = 1_000;

const key = fc.constantFrom(...KEYS);
const ALL = PURPOSES.flatMap((purpose) => pairsAmong(purpose, KEYS));
const pair = fc.constantFrom(...ALL);
const pairs = fc.oneof(
  fc.array(pair, { maxLength: 40 }),
  // Random pairs seldom let several subsidiaries stand side by side.
  fc.subarray(ALL, { minLength: 40 }),
);
const label = fc.record<Label>({
  category: fc.constant('CONTRACT'),
  purposes: fc.subarray(['COUNTER_ADVICE', 'MARKETING'] as const),
  grid: fc.boolean(),
});
/** Labels of the grid's data that customers may hand on. */
const handedOn = fc
  .tuple(label, fc.constantFrom(...KEYS))
  .map(([each, name]): Label => ({ ...each, grid: true, grantedBy: `${name.toLowerCase()}.things:read` }));
const mandate = fc.option(
  fc.record({
    id: fc.constant('m-1'),
    reason: fc.constant('asked'),
    customerId: fc.constantFrom('c-1', 'c-2'),
    expiresAt: fc.constantFrom(NOW - 1, NOW, NOW + 1),
  }),
);
const agent: fc.Arbitrary<AgentPrincipal> = fc.record({
  kind: fc.constant('agent' as const),
  expiresAt: fc.constant(9),
  subject: fc.constant('a-1'),
  subsidiary: key,
  role: fc.constantFrom('service' as const, 'sales' as const),
  mandate,
});
const delegate: fc.Arbitrary<DelegatePrincipal> = fc.record({
  kind: fc.constant('delegate' as const),
  clientId: fc.constant('p-1'),
  role: fc.constantFrom('service' as const, 'sales' as const),
  customerId: fc.constantFrom('c-1', 'c-2'),
  scopes: fc.subarray(KEYS.map((name) => `${name.toLowerCase()}.things:read`)),
});
const principal: fc.Arbitrary<Principal> = fc.oneof(
  fc.constant({ kind: 'anonymous' } as const),
  fc.record({
    kind: fc.constant('customer' as const),
    subject: fc.constantFrom('s-1', 's-2'),
    expiresAt: fc.constant(9),
  }),
  agent,
  delegate,
  fc.constant({ kind: 'partner', clientId: 'p-1', subsidiary: 'HARBOUR', scopes: ['harbour.things:read'] } as const),
  fc.record({ kind: fc.constant('subsidiary' as const), subsidiary: key }),
);
const SELF: Principal = { kind: 'customer', subject: 's-1', expiresAt: 9 };
const JOINT = pairsAmong('JOINT_PORTAL', KEYS);
const TAKES_PART = JOINT.filter(({ one, other }) => one === other);

const anyone = fc.record({
  principal,
  pairs,
  links: fc.shuffledSubarray(KEYS),
  subsidiary: key,
  label: fc.option(fc.oneof(label, handedOn)),
  purpose: fc.constantFrom(...PURPOSES, 'PARTNER_ACCESS' as const),
});
type Case = typeof anyone extends fc.Arbitrary<infer T> ? T : never;

/** Customers about themselves, with every company in the portal but only some of them allowed beside each other. */
const oneself = fc.record<Case>({
  principal: fc.constant(SELF),
  pairs: fc.subarray(JOINT.filter(({ one, other }) => one !== other)).map((some) => some.concat(TAKES_PART)),
  links: fc.shuffledSubarray(KEYS, { minLength: KEYS.length }),
  subsidiary: key,
  label: fc.constant(null),
  purpose: fc.constant('JOINT_PORTAL'),
});
const question = fc.oneof(anyone, oneself);

function customerOf({ links, pairs: given }: Pick<Case, 'links' | 'pairs'>): Customer {
  const numbers = Object.fromEntries(links.map((link) => [link, '1']));
  return { id: 'c-1', subject: 's-1', name: 'N', links: numbers, consents: new ConsentState(given), rightsEpoch: 1 };
}

function ask({ links, pairs: given, ...rest }: Case): ReturnType<typeof decide> {
  return decide({ ...rest, customer: customerOf({ links, pairs: given }), now: NOW } satisfies Question);
}

function without(each: Case, gone: ConsentPair): Case {
  const same = ({ purpose, one, other }: ConsentPair): boolean =>
    purpose === gone.purpose && one === gone.one && other === gone.other;
  return { ...each, pairs: each.pairs.filter((given) => !same(given)) };
}

function showsMore(before: Case, after: Case): boolean {
  return ask(before) !== 'show' && ask(after) === 'show';
}

/** The companies that customers see of themselves. */
function shown(each: Pick<Case, 'links' | 'pairs'>): string[] {
  const asked = { ...each, principal: SELF, purpose: 'JOINT_PORTAL', label: null } as const;
  return each.links.filter((subsidiary) => ask({ ...asked, subsidiary }) === 'show');
}

/** Rare cases are what these rules are about, so more of them than usual are tried. */
const RUNS = { numRuns: 2_000 };

function holds(rule: (each: Case) => boolean): void {
  fc.assert(fc.property(question, rule), RUNS);
}

describe('nobody sees anything', () => {
  it('where the customer is not linked', () => {
    holds((each) => each.links.includes(each.subsidiary) || ask(each) === 'hide');
  });

  it('without signing in', () => {
    holds((each) => ask({ ...each, principal: { kind: 'anonymous' } }) === 'hide');
  });

  it('of another customer', () => {
    const stranger: Principal = { kind: 'customer', subject: 's-2', expiresAt: 9 };
    holds((each) => ask({ ...each, principal: stranger }) === 'hide');
    holds(({ principal: _principal, ...each }) => {
      const asked: Question = {
        ...each,
        principal: stranger,
        customer: { ...customerOf(each), subject: null },
        now: NOW,
      };
      return decide(asked) === 'hide';
    });
  });

  it('of another company without consent', () => {
    holds((each) => {
      const { principal: caller } = each;
      const own = 'subsidiary' in caller && caller.subsidiary === each.subsidiary;
      // A delegate's grant is the consent.
      return own || caller.kind === 'delegate' || ask({ ...each, pairs: [] }) !== 'show';
    });
  });

  it('as an agent without a mandate for this customer that still runs', () => {
    fc.assert(
      fc.property(question, agent, (each, caller) => {
        const served = caller.mandate?.customerId === 'c-1' && caller.mandate.expiresAt > NOW;
        return served || ask({ ...each, principal: caller }) === 'hide';
      }),
      RUNS,
    );
  });

  it('as a partner, and as a delegate beyond what this customer has granted', () => {
    fc.assert(
      fc.property(question, delegate, (each, caller) => {
        const granted =
          caller.customerId === 'c-1' && caller.scopes.includes(`${each.subsidiary.toLowerCase()}.things:read`);
        return granted || ask({ ...each, principal: caller }) === 'hide';
      }),
      RUNS,
    );
    holds((each) => each.principal.kind !== 'partner' || ask(each) === 'hide');
  });

  it('for a purpose the caller does not come for', () => {
    holds((each) => {
      const marketing = each.principal.kind === 'subsidiary' && each.purpose === 'MARKETING';
      const own = each.principal.kind === 'subsidiary' && each.principal.subsidiary === each.subsidiary;
      return own || marketing || each.purpose === purposeOf(each.principal) || ask(each) === 'hide';
    });
  });
});

describe('of the grid', () => {
  const grid = (each: Case): Case => ({ ...each, label: { ...(each.label ?? NO_LABEL), grid: true } });
  const NO_LABEL: Label = { category: 'CONTRACT', purposes: ['COUNTER_ADVICE', 'MARKETING'], grid: true };

  it('sales never sees anything, its own company included', () => {
    fc.assert(
      fc.property(
        question,
        agent,
        (each, caller) => ask(grid({ ...each, principal: { ...caller, role: 'sales' } })) === 'hide',
      ),
      RUNS,
    );
  });

  it('a delegate sees nothing that the customer cannot hand on', () => {
    fc.assert(
      fc.property(question, delegate, (each, caller) => {
        const { grantedBy: _scope, ...closed } = each.label ?? NO_LABEL;
        return ask(grid({ ...each, label: closed, principal: caller })) === 'hide';
      }),
      RUNS,
    );
  });

  it('a delegate sees what the customer has handed on by exactly its scope, and in sales not even that', () => {
    let seenAtAll = 0;
    fc.assert(
      fc.property(question, delegate, handedOn, fc.boolean(), (each, caller, given, isGranted) => {
        const [own, other] = [
          `${each.subsidiary.toLowerCase()}.things:read`,
          `${each.subsidiary.toLowerCase()}.x:read`,
        ];
        const asked = { ...each, purpose: 'PARTNER_ACCESS', label: { ...given, grantedBy: own } } as const;
        const scopes = isGranted ? [own, other] : [other];
        const seen = ask({ ...asked, principal: { ...caller, customerId: 'c-1', scopes } }) === 'show';
        seenAtAll += Number(seen);
        return seen === (isGranted && caller.role !== 'sales' && each.links.includes(each.subsidiary));
      }),
      RUNS,
    );
    if (seenAtAll === 0) throw new Error('nothing was tried');
  });

  it('nothing is used for marketing', () => {
    holds((each) => ask(grid({ ...each, purpose: 'MARKETING' })) === 'hide');
  });
});

describe('of another company', () => {
  it('an entitlement check discloses no property, only that there is one', () => {
    holds((each) => {
      if (each.principal.kind !== 'subsidiary' || each.principal.subsidiary === each.subsidiary) return true;
      return each.label === null || ask({ ...each, purpose: 'ENTITLEMENT_CHECK' }) === 'hide';
    });
  });

  it('a property is seen only for purposes of its label', () => {
    holds((each) => {
      const { principal: caller, label: given } = each;
      if (!('subsidiary' in caller) || caller.subsidiary === each.subsidiary || given === null) return true;
      return ask({ ...each, label: { ...given, purposes: [] } }) === 'hide';
    });
  });
});

describe('taking a consent away', () => {
  it('between two companies never shows more to anyone', () => {
    fc.assert(
      fc.property(question, pair, (each, gone) => gone.one === gone.other || !showsMore(each, without(each, gone))),
      RUNS,
    );
  });

  it('of any kind never shows more to an agent or a company', () => {
    fc.assert(
      fc.property(
        question,
        pair,
        (each, gone) => each.principal.kind === 'customer' || !showsMore(each, without(each, gone)),
      ),
      RUNS,
    );
  });

  it('that lets a company take part at all shows nothing more of it; only those that stood aside for it come forward', () => {
    fc.assert(
      fc.property(question, key, (each, company) => {
        const after = without(each, { purpose: 'JOINT_PORTAL', one: company, other: company });
        const stoodAside = !new ConsentState(each.pairs).covers('JOINT_PORTAL', company, each.subsidiary);
        return !showsMore(each, after) || (each.subsidiary !== company && stoodAside);
      }),
      RUNS,
    );
  });
});

describe('customers', () => {
  it('never see two companies together that they did not allow', () => {
    holds((each) => {
      const consents = new ConsentState(each.pairs);
      const together = shown(each);
      return together.every((one) => together.every((other) => consents.covers('JOINT_PORTAL', one, other)));
    });
  });

  it('see everything of all they are linked to when they allow it, and each company alone', () => {
    holds(({ links }) => {
      const whole = shown({ links, pairs: pairsAmong('JOINT_PORTAL', links) }).length === links.length;
      return (
        whole && links.every((link) => shown({ links, pairs: pairsAmong('JOINT_PORTAL', [link]) }).join() === link)
      );
    });
  });

  it('see their own data whatever its label says', () => {
    holds((each) => {
      const own: Case = { ...each, principal: SELF };
      return ask(own) === ask({ ...own, label: null });
    });
  });
});
