import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OperatorDesk } from '#lib/processes';
import { MovingClock } from '../auth/moving-clock.js';
import { NOW, openHouse, type GraphAnswer, type House, type HouseOptions, type Wishes } from '../harness.js';

/** Longest time that anything of these tests may take; nothing waits for it but what fails. */
const PATIENCE_MS = 20_000;

/** What the sandbox keeps of an effect. */
export type Booking = Readonly<Record<string, unknown>>;

/** A process as {@link OUTCOME} asks for it, or a refusal. */
export interface Outcome {
  readonly __typename: 'Process' | 'Refusal';
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: string;
  readonly cancellable: boolean;
  readonly deadline: string | null;
  readonly pollAfterSeconds: number | null;
  readonly steps: readonly { readonly key: string; readonly subsidiary: string; readonly state: string }[];
  readonly refusal: Refused | null;
  readonly receipt: { readonly number: string; readonly at: string; readonly signedJson: string | null };
  readonly result: { readonly __typename: string; readonly id: string } | null;
  /** Of a refusal. */
  readonly code: string;
  readonly problems: Refused['problems'];
}

interface Refused {
  readonly code: string;
  readonly problems: readonly {
    readonly path: string;
    readonly code: string;
    readonly choices: readonly { readonly value: string; readonly label: string }[];
  }[];
}

const REFUSAL = 'code message problems { path code message choices { value label } minimum maximum earliest }';
export const PROCESS = `__typename id kind title state cancellable deadline pollAfterSeconds
  steps { key subsidiary title state refusal { ${REFUSAL} } at } refusal { ${REFUSAL} }
  receipt { number at signedJson } result { __typename id }`;
export const OUTCOME = `__typename ... on Process { ${PROCESS} } ... on Refusal { ${REFUSAL} }`;

/** Text in quotes, as GraphQL writes it. */
export const quoted = (text: string): string => JSON.stringify(text);

export interface Asked {
  readonly persona?: string;
  readonly instance?: number;
  readonly headers?: Record<string, string>;
}

/** Gateways with their workers over one sandbox, both clocks going on from the same moment. */
export class WishHouse {
  readonly clock = new MovingClock();
  desk: OperatorDesk;
  house: House;

  /** @param options.isToday the clocks show today's time, as those of other programs do; else that of all tests */
  static async open({ isToday = false, ...options }: HouseOptions & { isToday?: boolean } = {}): Promise<WishHouse> {
    const wishes = new WishHouse();
    if (!isToday) wishes.clock.pass(Date.parse(NOW) - Date.now());
    wishes.house = await openHouse({
      ...options,
      clock: wishes.clock,
      arrange: (gateway: NestFastifyApplication) => {
        wishes.desk ??= gateway.get(OperatorDesk, { strict: false });
        options.arrange?.(gateway);
      },
    });
    await wishes.pass(0);
    // One report in sixteen is answered ambiguously and takes longer; `outage.spec.ts` meets these.
    await wishes.control('POST', '/ambiguous-reports', { on: false });
    return wishes;
  }

  close(): Promise<void> {
    return this.house.close();
  }

  /** Both clocks go on; their timers do not notice. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.pass(milliseconds);
    await this.house.control('PUT', '/clock', { now: new Date(this.clock.now()).toISOString() });
  }

  ask(query: string, asked: Asked = { persona: 'aylin' }, variables: object = {}): Promise<GraphAnswer> {
    return this.house.graphql({ query, variables }, asked satisfies Wishes);
  }

  /** The part `me` of an answer without errors. */
  async me<T>(selection: string, asked?: Asked): Promise<T> {
    const { data, errors } = await this.ask(`{ me { ${selection} } }`, asked);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data!['me'] as T;
  }

  /** @param mutation with its arguments, `$key` for the key */
  submit(mutation: string, { key = randomUUID(), ...asked }: Asked & { key?: string } = {}): Promise<GraphAnswer> {
    const query = `mutation ($key: String!) { outcome: ${mutation} { ${OUTCOME} } }`;
    return this.ask(query, { persona: 'aylin', ...asked }, { key });
  }

  /** As {@link submit}, where no error may come. */
  async outcome(mutation: string, asked?: Asked & { key?: string }): Promise<Outcome> {
    const { data, errors } = await this.submit(mutation, asked);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data!['outcome'] as Outcome;
  }

  async process(id: string, asked?: Asked): Promise<Outcome | null> {
    const { data, errors } = await this.ask(`{ process(id: ${quoted(id)}) { ${PROCESS} } }`, asked);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data!['process'] as Outcome | null;
  }

  /** Looks until the process is in one of the states. */
  async reaches(id: string, states: readonly string[], asked?: Asked): Promise<Outcome> {
    for (const end = performance.now() + PATIENCE_MS; ; await sleep(50)) {
      const found = await this.process(id, asked);
      if (found !== null && states.includes(found.state)) return found;
      if (performance.now() > end) throw new Error(`it stays ${found?.state}, not ${states.join(' or ')}`);
    }
  }

  async books(system: string): Promise<readonly Booking[]> {
    return (await this.control('GET', `/books/${system}`)) as readonly Booking[];
  }

  fault(fault: object): Promise<unknown> {
    return this.control('POST', '/faults', fault);
  }

  async control(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.house.sandbox.controlUrl + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the sandbox refuses ${method} ${path}: ${await answer.text()}`);
    return answer.status === 204 ? undefined : ((await answer.json()) as unknown);
  }
}
