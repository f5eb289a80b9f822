import { City } from '../../world/city.js';
import type { Household } from '../../world/household.js';
import { listen } from '../../listen.js';
import type { LegacySystem } from '../legacy-system.js';
import type { ServicePack } from './model/service-model.js';
import { createSapUmc } from './sap-umc.js';

/** An answer with its body as text. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A running imitation and somebody who asks it. For tests only. */
export interface Bench {
  readonly city: City;
  readonly system: LegacySystem;
  readonly url: string;
  /** Sends one request as it is: `path` from the root of the host, no sign-on added. */
  ask(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Reply>;
  /** GETs JSON with Basic sign-on: `resource` below `ERP_UTILITIES_UMC/` or, with its name in front, another service. */
  json(resource: string): Promise<{ readonly status: number; readonly body: Answered }>;
  /** Signs on with a new session and returns what the client keeps. */
  signOn(): Promise<Session>;
  /** Sends a write with a session's token; `body` is JSON unless it is text. */
  write(session: Session, method: string, resource: string, body: unknown, type?: string): Promise<Written>;
  close(): Promise<void>;
}

/** Cookie and CSRF token of a session. */
export interface Session {
  readonly cookie: string;
  readonly token: string;
}

/** An answer to a write; `body` is undefined where it is no JSON. */
export interface Written extends Reply {
  readonly body: Answered | undefined;
}

/** Parsed JSON whose properties are looked into freely. */
export type Answered = { readonly [name: string]: Answered } & { readonly length: number } & readonly Answered[];

export const NODE = '/sap/opu/odata/sap/';

export async function startBench(servicePack?: ServicePack): Promise<Bench> {
  const city = new City();
  const system = createSapUmc(city, servicePack && { servicePack });
  const listener = await listen('sap-umc', '127.0.0.1', 0);
  listener.serve((request, response) => system.handle(request, response));
  const ask: Bench['ask'] = async (method, path, headers = {}, body) => {
    const reply = await fetch(`${listener.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  };
  return {
    city,
    system,
    url: listener.url,
    ask,
    json: async (resource) => {
      const path = `${NODE}${/^(ERP|CRM)_UTILITIES_UMC\//.test(resource) ? '' : 'ERP_UTILITIES_UMC/'}${resource}`;
      const reply = await ask('GET', path, { ...basic(system), accept: 'application/json' });
      return { status: reply.status, body: JSON.parse(reply.text) as Answered };
    },
    signOn: async () => {
      const reply = await ask('GET', `${NODE}ERP_UTILITIES_UMC/`, { ...basic(system), 'x-csrf-token': 'Fetch' });
      const cookies = reply.headers.getSetCookie().map((one) => one.split(';')[0]);
      return { cookie: cookies.join('; '), token: reply.headers.get('x-csrf-token') ?? '' };
    },
    write: async ({ cookie, token }, method, resource, body, type = 'application/json') => {
      const reply = await ask(
        method,
        `${NODE}ERP_UTILITIES_UMC/${resource}`,
        { cookie, 'x-csrf-token': token, accept: 'application/json', 'content-type': type },
        typeof body === 'string' ? body : JSON.stringify(body),
      );
      const isJson = reply.headers.get('content-type')?.startsWith('application/json');
      return { ...reply, body: isJson ? (JSON.parse(reply.text) as Answered) : undefined };
    },
    close: () => listener.close(),
  };
}

/** Sign-on as the environment of the gateway has it. */
export function basic(system: LegacySystem): Record<string, string> {
  const { ENERGY_SAP_USER, ENERGY_SAP_PASSWORD } = system.environment('http://unused');
  return { authorization: `Basic ${Buffer.from(`${ENERGY_SAP_USER}:${ENERGY_SAP_PASSWORD}`).toString('base64')}` };
}

/** The household of a persona with its energy books; an error without them. */
export function energyOf(city: City, key: string): { household: Household; energy: NonNullable<Household['energy']> } {
  const household = city.byKey(key);
  if (!household?.energy) throw new Error(`${key} has no energy books`);
  return { household, energy: household.energy };
}
