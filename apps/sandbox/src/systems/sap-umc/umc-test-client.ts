import { City } from '../../world/city.js';
import type { Household } from '../../world/household.js';
import { listen } from '../../listen.js';
import type { LegacySystem } from '../legacy-system.js';
import type { ServicePack } from './model/service-model.js';
import { createSapUmc } from './sap-umc.js';

/** An answer with its body as text. */
interface Reply {
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
  close(): Promise<void>;
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
