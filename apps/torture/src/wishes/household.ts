import type { Control } from '../client/control.js';
import type { GraphClient } from '../client/graph.js';

/** What a household can wish something about, as the graph shows it to the household itself. */
export interface Household {
  readonly key: string;
  /** Its number in each subsidiary. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly contracts: readonly Contract[];
  readonly leases: readonly { readonly id: string }[];
  readonly subscriptions: readonly { readonly id: string; readonly state: string }[];
  /** The first one is the one that deposits land on. */
  readonly cards: readonly { readonly id: string }[];
}

export interface Contract {
  readonly id: string;
  readonly commodity: string;
  readonly instalment: Instalment | null;
  readonly meters: readonly Meter[] | null;
}

export interface Instalment {
  readonly amount: { readonly amount: string };
  readonly minimum: { readonly amount: string };
  readonly maximum: { readonly amount: string };
}

export interface Meter {
  readonly id: string;
  readonly registers: readonly Register[];
}

export interface Register {
  readonly id: string;
  readonly integerDigits: number;
  readonly decimals: number;
  readonly lastValue: string | null;
  readonly lastDate: string | null;
}

const QUERY = `query {
  me {
    energy {
      contracts {
        id
        commodity
        instalment { amount { amount } minimum { amount } maximum { amount } }
        meters { id registers { id integerDigits decimals lastValue lastDate } }
      }
    }
    housing { leases { id } }
    transit { fareSubscriptions { id state } }
    pools { cards { id } }
  }
}`;

interface Answer {
  readonly me: {
    readonly energy: { readonly contracts: readonly Contract[] } | null;
    readonly housing: { readonly leases: Household['leases'] } | null;
    readonly transit: { readonly fareSubscriptions: Household['subscriptions'] } | null;
    readonly pools: { readonly cards: Household['cards'] } | null;
  };
}

const PATIENCE_MS = 30_000;

/** @returns null when the household cannot sign in */
export async function readHousehold(key: string, control: Control, graph: GraphClient): Promise<Household | null> {
  const { hasSignIn, links } = await control.ask<{ hasSignIn: boolean; links: Record<string, string> }>(
    'GET',
    `/households/${key}`,
  );
  if (!hasSignIn) return null;
  const answer = await graph.ask<Answer>(key, QUERY, {}, PATIENCE_MS);
  if (answer === undefined) throw new Error(`no gateway answers for ${key}`);
  const { energy, housing, transit, pools } = answer.me;
  return {
    key,
    accounts: links,
    contracts: energy?.contracts ?? [],
    leases: housing?.leases ?? [],
    subscriptions: transit?.fareSubscriptions ?? [],
    cards: pools?.cards ?? [],
  };
}
