import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world/world.js';
import { send, sendBare500 } from './http.js';

/** Bytes that are neither text nor any format a reader knows. */
const GARBAGE = Buffer.from('00ff01fe02fd8081c0c1f5f6fffe0b1b7f00', 'hex');

/**
 * Lets the fault that applies to this call happen. Call it as soon as the household is known, before any work.
 * @param householdNumber null for public data
 * @returns true when the answer is already spoilt and the system must not answer any more
 */
export async function applyFault(
  world: World,
  systemName: string,
  householdNumber: number | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const fault = world.faults.find(systemName, householdNumber);
  if (fault === undefined) return false;
  switch (fault.kind) {
    case 'latency':
      return await delay(fault.milliseconds ?? 0, response);
    case 'hang':
      await untilClosed(response);
      return true;
    case 'reset':
      request.socket.resetAndDestroy();
      return true;
    case 'garbage':
      send(response, 200, 'application/octet-stream', GARBAGE);
      return true;
    case '500':
      sendBare500(response);
      return true;
  }
}

/** Waits; true when the client did not wait as long. */
async function delay(milliseconds: number, response: ServerResponse): Promise<boolean> {
  const left = new AbortController();
  await Promise.race([
    sleep(milliseconds, undefined, { signal: left.signal }).catch(() => undefined),
    untilClosed(response),
  ]);
  left.abort();
  return response.destroyed;
}

/** Ends when the client leaves or the server closes. */
function untilClosed(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => response.once('close', () => resolve()));
}
