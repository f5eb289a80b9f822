import type { Socket } from 'node:net';
import type { LegacySystem } from './legacy-system.js';

/** A system that speaks something else than HTTP on its port: its `handle` is never called. */
export interface SocketSystem extends LegacySystem {
  /** Of its URL, e.g. `smtp`. */
  readonly scheme: string;
  /** Speaks with one client until one of both leaves. Errors of the socket are already taken care of. */
  accept(socket: Socket): void;
}

export function isSocketSystem(system: LegacySystem): system is SocketSystem {
  return 'accept' in system;
}
