import type { Control } from '../client/control.js';
import type { GraphClient } from '../client/graph.js';

/** What a household can wish something about, as the graph shows it to the household itself. */
export interface Household {
  readonly key: string;
  /** Its number in each subsidiary. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly contracts: readonly Contract[];
  /** What of energy can be paid; null where nothing can. */
  readonly debt: Debt | null;
  readonly leases: readonly { readonly id: string }[];
  readonly subscriptions: readonly { readonly id: string; readonly state: string }[];
  /** The first one is the one that deposits land on. */
  readonly cards: readonly { readonly id: string }[];
}

/** An open invoice, and by what it can be paid. */
export interface Debt {
  readonly contractAccountId: string;
  readonly bankAccountId: string;
  readonly invoice: Invoice;
  readonly textVersion: string;
}

interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly open: { readonly amount: string };
}

export interface Contract {
  readonly id: string;
  readonly number: string;
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
        number
        commodity
        instalment { amount { amount } minimum { amount } maximum { amount } }
        meters { id registers { id integerDigits decimals lastValue lastDate } }
      }
      contractAccounts { id }
      bankAccounts { nodes { id } }
      invoices(states: [OPEN]) { nodes { id number open { amount } } }
    }
    housing { leases { id } }
    transit { fareSubscriptions { id state } }
    pools { cards { id } }
  }
  directDebitText { version }
}`;

interface Energy {
  readonly contracts: readonly Contract[];
  readonly contractAccounts: readonly { readonly id: string }[];
  readonly bankAccounts: { readonly nodes: readonly { readonly id: string }[] };
  readonly invoices: { readonly nodes: readonly Invoice[] };
}

interface Answer {
  readonly me: {
    readonly energy: Energy | null;
    readonly housing: { readonly leases: Household['leases'] } | null;
    readonly transit: { readonly fareSubscriptions: Household['subscriptions'] } | null;
    readonly pools: { readonly cards: Household['cards'] } | null;
  };
  readonly directDebitText: { readonly version: string } | null;
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
    debt: energy && debtOf(energy, answer.directDebitText?.version),
    leases: housing?.leases ?? [],
    subscriptions: transit?.fareSubscriptions ?? [],
    cards: pools?.cards ?? [],
  };
}

function debtOf({ contractAccounts, bankAccounts, invoices }: Energy, textVersion: string | undefined): Debt | null {
  const [[account], [bankAccount], [invoice]] = [contractAccounts, bankAccounts.nodes, invoices.nodes];
  if (!account || !bankAccount || !invoice || textVersion === undefined) return null;
  return { contractAccountId: account.id, bankAccountId: bankAccount.id, invoice, textVersion };
}
