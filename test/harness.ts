import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadSettings } from '#lib/config';
import { systemClock, type Clock } from '#lib/kernel';
import { openTestDatabase, type TestDatabase } from '#lib/testing';
import { createGateway } from '../apps/gateway/src/create-gateway.js';
import { SETTINGS } from '../apps/gateway/src/gateway.module.js';
import { startSandbox, type Sandbox } from '../apps/sandbox/src/start-sandbox.js';

/** Both clocks of the end-to-end tests stand at this time, so that expected answers can be files. */
export const NOW = '2026-11-18T12:00:10Z';

/** The gateway's clock: stands still, while its timers run in real time. Tokens issued today are still valid then. */
const standingClock: Clock = { ...systemClock, now: () => Date.parse(NOW) };

export interface House {
  /** Of the first gateway. */
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly database: TestDatabase;
  /** A bearer token of a persona. */
  token(persona: string): Promise<string>;
  graphql(body: object, wishes?: Wishes): Promise<GraphAnswer>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Calls the sandbox's control endpoint. */
  control(method: string, path: string, body?: object): Promise<void>;
  /** Stops one of the gateways and starts it anew, with an empty memory. */
  restart(instance: number): Promise<void>;
  close(): Promise<void>;
}

export interface Wishes {
  readonly persona?: string;
  readonly headers?: Record<string, string>;
  /** Which of the gateways to ask; the first unless given. */
  readonly instance?: number;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  readonly sources: readonly {
    subsidiary: string;
    system: string;
    operation: string;
    state: string;
    omissions?: unknown[];
  }[];
}

export interface HouseOptions {
  /** The gateway's clock; unless given it stands still at {@link NOW}. */
  readonly clock?: Clock;
  /** Gateways on the same database and sandbox; 1 unless given. */
  readonly instances?: number;
  /** Settings that differ from the sandbox's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Puts a part of each gateway in another state before it listens. */
  readonly arrange?: (gateway: NestFastifyApplication) => void;
}

/** Sandbox and gateways in this process, on free ports, with a database of their own. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { clock = standingClock, instances = 1, environment, arrange } = options;
  const [sandbox, database] = await Promise.all([startSandbox({ ports: 0 }), openTestDatabase()]);
  const variables = { ...sandbox.environment, ...environment, DATABASE_URL: database.url };
  const house = new OpenHouse(sandbox, database, async () => {
    const gateway = await createGateway(loadSettings(SETTINGS, variables), { clock });
    arrange?.(gateway);
    return gateway;
  });
  try {
    // Before the first gateway: it fetches listings, timetables and the like as soon as it starts.
    await house.control('PUT', '/clock', { now: NOW });
    for (let instance = 0; instance < instances; instance += 1) await house.open(instance);
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
}

class OpenHouse implements House {
  private readonly tokens = new Map<string, string>();

  private readonly urls: string[] = [];
  private readonly gateways: NestFastifyApplication[] = [];

  constructor(
    readonly sandbox: Sandbox,
    readonly database: TestDatabase,
    private readonly build: () => Promise<NestFastifyApplication>,
  ) {}

  async open(instance: number): Promise<void> {
    const gateway = await this.build();
    this.gateways[instance] = gateway;
    await gateway.listen(0, '127.0.0.1');
    this.urls[instance] = await gateway.getUrl();
  }

  async restart(instance: number): Promise<void> {
    await this.gateways[instance]!.close();
    await this.open(instance);
  }

  get url(): string {
    return this.urls[0]!;
  }

  async token(persona: string): Promise<string> {
    const known = this.tokens.get(persona);
    if (known !== undefined) return known;
    const answer = await this.askControl('POST', '/tokens', { persona });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    this.tokens.set(persona, token);
    return token;
  }

  async graphql(body: object, { persona, headers = {}, instance = 0 }: Wishes = {}): Promise<GraphAnswer> {
    const authorization: Record<string, string> =
      persona === undefined ? {} : { authorization: `Bearer ${await this.token(persona)}` };
    const response = await fetch(`${this.urls[instance]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as {
      data?: GraphAnswer['data'];
      errors?: GraphAnswer['errors'];
      extensions?: { sources?: GraphAnswer['sources'] };
    };
    const { data, errors = [], extensions } = answer;
    return { status: response.status, headers: response.headers, data, errors, sources: extensions?.sources ?? [] };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, { headers });
  }

  async control(method: string, path: string, body?: object): Promise<void> {
    const answer = await this.askControl(method, path, body);
    if (!answer.ok) throw new Error(`the sandbox refuses ${method} ${path}: ${await answer.text()}`);
  }

  async close(): Promise<void> {
    await Promise.all(this.gateways.map((gateway) => gateway.close()));
    await Promise.all([this.sandbox.close(), this.database.close()]);
  }

  private askControl(method: string, path: string, body?: object): Promise<Response> {
    return fetch(this.sandbox.controlUrl + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
  }
}
