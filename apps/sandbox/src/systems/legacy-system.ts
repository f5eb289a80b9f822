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
  /** Every effect ever booked and not reset, oldest first; a system without it takes nothing. */
  books?(): readonly Booking[];
}

/**
 * One effect that a request had, as JSON: `kind`, ISO instant `at`, the customer's number in the system, and whatever
 * else of it was promised. For tests that compare what was booked with what was promised.
 */
export interface Booking {
  readonly kind: string;
  /** ISO instant on the sandbox's clock. */
  readonly at: string;
  readonly account: string;
  readonly [fact: string]: unknown;
}

export type CreateSystem = (world: World) => LegacySystem;
