import type { Chance } from '../chance.js';
import type { Control } from '../house/control.js';
import type { GraphClient } from './graph-client.js';

/** The sandbox's computed households: `h-000013` to `h-100012`. */
const [FIRST, LAST] = [13, 100_012];
/** Households asked at once. */
const AT_ONCE = 4;

/** A customer who can sign in, and what they can wish something about. */
export interface Household {
  readonly key: string;
  readonly cardId: string | null;
  readonly leaseId: string | null;
}

interface Me {
  readonly pools: { readonly cards: readonly { readonly id: string }[] } | null;
  readonly housing: { readonly leases: readonly { readonly id: string }[] } | null;
}

const QUERY = `{ me { pools { cards { id } } housing { leases { id } } } }`;

/** So many households in a row, from a place that chance decides. @throws Error when the gateway does not know one */
export async function findHouseholds(
  count: number,
  gateway: string,
  { control, graph, chance }: { control: Control; graph: GraphClient; chance: Chance },
): Promise<readonly Household[]> {
  const found: Household[] = [];
  let next = chance.between(FIRST, LAST - count * 2);
  const look = async (): Promise<void> => {
    while (found.length < count) {
      const key = `h-${String(next++).padStart(6, '0')}`;
      const { hasSignIn } = await control.ask<{ hasSignIn: boolean }>('GET', `/households/${key}`);
      if (!hasSignIn) continue;
      const { data, outcomes } = await graph.ask(gateway, key, QUERY);
      const me = data?.['me'] as Me | null | undefined;
      if (!me) throw new Error(`the gateway does not know ${key}: ${outcomes.join(', ')}`);
      found.push({ key, cardId: me.pools?.cards[0]?.id ?? null, leaseId: me.housing?.leases[0]?.id ?? null });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return found;
}
