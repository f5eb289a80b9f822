import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { openHouse, type GraphAnswer, type House } from './harness.js';

const QUERY = `{ me {
  subsidiaries { subsidiary access }
  energy { contracts { number } } housing { leases { number } } transit { fareSubscriptions { number } } pools { cards { number } }
} }`;

/** Reads one customer's four parts; which are there, and what is said of the missing ones. */
function summary({ data, errors }: GraphAnswer): {
  there: string[];
  access: Record<string, string>;
  errors: unknown[];
} {
  const me = data?.['me'] as Record<string, unknown> & { subsidiaries: { subsidiary: string; access: string }[] };
  return {
    there: ['energy', 'housing', 'transit', 'pools'].filter((part) => me[part] !== null),
    access: Object.fromEntries(me.subsidiaries.map(({ subsidiary, access }) => [subsidiary, access])),
    errors: errors.map(({ path, extensions }) => [path?.slice(0, 2).join('.'), extensions['code']]),
  };
}

const WHOLE = { ENERGY: 'AVAILABLE', HOUSING: 'AVAILABLE', TRANSIT: 'AVAILABLE', POOLS: 'AVAILABLE' };
const OTHERS = ['housing', 'transit', 'pools'];

describe('a fault', () => {
  let house: House;
  /** Households known to all four subsidiaries; each test takes its own, since a read that hangs goes on for a while. */
  let households: string[];

  beforeAll(async () => {
    house = await openHouse({ clock: systemClock });
    households = await findWholeHouseholds(house, 9);
  }, 30_000);
  afterEach(() => house.control('DELETE', '/faults'));
  afterAll(() => house.close());

  const ask = async (persona: string): Promise<{ answer: ReturnType<typeof summary>; seconds: number }> => {
    const begun = Date.now();
    const answer = summary(await house.graphql({ query: QUERY }, { persona }));
    return { answer, seconds: (Date.now() - begun) / 1000 };
  };

  it.each([
    [0, 'hang', 'TIMED_OUT', 'UPSTREAM_TIMEOUT'],
    [1, 'reset', 'UNAVAILABLE', 'UPSTREAM_UNAVAILABLE'],
    [2, '500', 'UNAVAILABLE', 'UPSTREAM_UNAVAILABLE'],
    [3, 'garbage', 'MALFORMED', 'UPSTREAM_MALFORMED'],
  ])(
    'on household %i of kind %s leaves its other three parts and all other households whole',
    async (index, kind, access, code) => {
      const household = households[index]!;
      await house.control('POST', '/faults', { kind, system: 'sap-umc', household });
      const [broken, whole] = await Promise.all([ask(household), ask(households[4]!)]);
      expect(broken.answer).toEqual({
        there: OTHERS,
        access: { ...WHOLE, ENERGY: access },
        errors: [['me.energy', code]],
      });
      expect(broken.seconds).toBeLessThan(2.5);
      expect(whole.answer).toEqual({ there: ['energy', ...OTHERS], access: WHOLE, errors: [] });
    },
  );

  it.each([
    [5, 'sap-umc', 'energy', 'ENERGY'],
    [6, 'tenancy', 'housing', 'HOUSING'],
    [7, 'fare-shop', 'transit', 'TRANSIT'],
    [8, 'till', 'pools', 'POOLS'],
  ])('for household %i of garbage from %s costs that part only', async (index, system, part, subsidiary) => {
    await house.control('POST', '/faults', { kind: 'garbage', system });
    const { answer } = await ask(households[index]!);
    expect(answer.there).toEqual(['energy', ...OTHERS].filter((other) => other !== part));
    expect(answer.access).toEqual({ ...WHOLE, [subsidiary]: 'MALFORMED' });
  });
});

/** Computed households who sign in and are known to all four subsidiaries. */
async function findWholeHouseholds(house: House, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let number = 13; found.length < count; number += 1) {
    const key = `h-${String(number).padStart(6, '0')}`;
    const answer = await fetch(`${house.sandbox.controlUrl}/households/${key}`);
    const { hasSignIn, links } = (await answer.json()) as { hasSignIn: boolean; links: object };
    if (hasSignIn && Object.keys(links).length === 4) found.push(key);
  }
  return found;
}
