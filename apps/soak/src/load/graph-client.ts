import type { Control } from '../house/control.js';
import type { Outcome } from './tally.js';

const PATIENCE_MS = 15_000;
/** A token is fetched anew before it ends, also in runs of days. */
const TOKEN_MS = 600_000;

interface GraphBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** An answer, and how it has ended. */
export interface Answered {
  readonly data: Readonly<Record<string, unknown>> | null;
  /** `OK`, or the code of each error. */
  readonly outcomes: readonly Outcome[];
}

/** Asks a gateway as front ends do. */
export class GraphClient {
  private readonly tokens = new Map<string, { readonly text: Promise<string>; readonly until: number }>();

  constructor(private readonly control: Control) {}

  /** With a token of that household. */
  async ask(gateway: string, household: string, query: string, variables: object = {}): Promise<Answered> {
    return this.send(gateway, { authorization: `Bearer ${await this.token(household)}` }, query, variables);
  }

  /** With any credentials. */
  async send(gateway: string, headers: object, query: string, variables: object = {}): Promise<Answered> {
    let response: Response;
    let body: GraphBody;
    try {
      response = await fetch(`${gateway}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      body = (await response.json()) as GraphBody;
    } catch {
      return { data: null, outcomes: ['no answer'] };
    }
    const codes = (body.errors ?? []).map(({ extensions }) => extensions?.code ?? 'no code');
    if (codes.length === 0 && response.status !== 200) codes.push(`HTTP ${response.status}`);
    return { data: body.data ?? null, outcomes: codes.length === 0 ? ['OK'] : codes };
  }

  private token(household: string): Promise<string> {
    const now = performance.now();
    const known = this.tokens.get(household);
    if (known !== undefined && now < known.until) return known.text;
    const text = this.control
      .ask<{ access_token: string }>('POST', '/tokens', { persona: household })
      .then(({ access_token: token }) => token);
    this.tokens.set(household, { text, until: now + TOKEN_MS });
    return text;
  }
}
