import type { Chance } from '../chance.js';
import type { Instance } from '../house/instance.js';
import { waitFor } from '../house/wait.js';
import type { Control } from './control.js';

/** A stopped instance never answers; the client goes on with another one. */
const PATIENCE_MS = 12_000;
const PAUSE_MS = 200;

/** Codes after which the same request may go well: something behind the gateway is away. */
const PASSING = new Set(['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL']);

/** The gateway understood the request and will not have it, whenever it is sent. */
export class GraphRefused extends Error {
  override readonly name = 'GraphRefused';
}

interface GraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Asks the gateways as front ends do: any of them, and another one when it does not answer. */
export class GraphClient {
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(
    private readonly control: Control,
    private readonly instances: readonly Instance[],
    private readonly chance: Chance,
    /** Ends all asking. */
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Asks until there is an answer, for at most that long.
   * @returns the data; undefined when nobody answered in time
   * @throws GraphRefused when asking again makes no sense
   */
  ask<T>(household: string, query: string, variables: object, milliseconds: number): Promise<T | undefined> {
    return waitFor(
      async () => {
        const open = this.instances.filter((each) => each.open);
        if (open.length === 0) return undefined;
        return this.askOne<T>(this.chance.pick(open), household, query, variables);
      },
      { milliseconds, everyMs: PAUSE_MS, signal: this.signal },
    );
  }

  /** @returns undefined when another try may go well */
  private async askOne<T>(
    instance: Instance,
    household: string,
    query: string,
    variables: object,
  ): Promise<T | undefined> {
    const authorization = `Bearer ${await this.token(household)}`;
    let answer: GraphAnswer;
    try {
      const response = await fetch(instance.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      answer = (await response.json()) as GraphAnswer;
    } catch {
      return undefined;
    }
    const [error] = answer.errors ?? [];
    if (error === undefined) return answer.data as T;
    const code = error.extensions?.code ?? '';
    if (PASSING.has(code)) return undefined;
    throw new GraphRefused(`${error.message} ${JSON.stringify(error.extensions ?? {})}`);
  }

  private token(household: string): Promise<string> {
    const known = this.tokens.get(household);
    if (known !== undefined) return known;
    const token = this.control
      .ask<{ access_token: string }>('POST', '/tokens', { persona: household })
      .then(({ access_token: text }) => text);
    this.tokens.set(household, token);
    return token;
  }
}
