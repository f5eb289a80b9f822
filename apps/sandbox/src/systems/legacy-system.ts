import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world/world.js';

/** One imitated legacy system behind one port. */
export interface LegacySystem {
  /** Name in the control endpoint and in faults, e.g. `sap-umc`; no other system has it. */
  readonly name: string;
  /** Environment the gateway needs to reach it, given the base URL it listens on (no trailing slash). */
  environment(baseUrl: string): Readonly<Record<string, string>>;
  /** Answers one request. A thrown error becomes a bare 500. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Back to the seed: forget sessions and written data. */
  reset(): void;
  /** Forgets what was written for one household; a system without it keeps such data until `reset`. */
  resetHousehold?(householdNumber: number): void;
}

export type CreateSystem = (world: World) => LegacySystem;
