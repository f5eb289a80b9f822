import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, World } from '../world/world.js';
import { send, sendBare500, spoilAnswer, type WireAnswer } from './http.js';

/** Bytes that are neither text nor any format a reader knows. */
const GARBAGE = Buffer.from('00ff01fe02fd8081c0c1f5f6fffe0b1b7f00', 'hex');

/**
 * Lets the fault that applies to this call happen. Call it as soon as the household is known, before any work. A fault
 * that strikes after the effect waits until the system sends its answer.
 * @param householdNumber null for public data
 * @param modifies whether the request changes something; by its method unless given, which SOAP's POST cannot tell
 * @returns true when the answer is already spoilt and the system must do nothing any more
 */
export async function applyFault(
  world: World,
  systemName: string,
  householdNumber: number | null,
  request: IncomingMessage,
  response: ServerResponse,
  modifies: boolean = isModifying(request.method),
): Promise<boolean> {
  const fault = world.faults.find(systemName, householdNumber, modifies);
  if (fault === undefined) return false;
  world.faults.spend?.(fault);
  if (fault.after === undefined || fault.after === 'nothing') return await strike(fault, request, response);
  spoilAnswer(response, (answer) => void strikeLate(fault, answer, request, response));
  return false;
}

/** By the meaning of the method (RFC 9110, section 9.2.1). */
function isModifying(method = ''): boolean {
  return !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
}

/** The work is done and its answer stands ready. */
async function strikeLate(
  fault: Fault,
  answer: WireAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (fault.after === 'half-answer' && answer.bytes.length > 0) return cutInHalf(answer, request, response);
  if (await strike(fault, request, response)) return;
  response.writeHead(answer.status, answer.headers);
  response.end(answer.bytes);
}

/** Announces the whole answer, sends the first half of it and cuts the connection. */
function cutInHalf({ status, headers, bytes }: WireAnswer, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(status, headers);
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => request.socket.destroy());
}

async function strike(fault: Fault, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'latency':
      return await delay(fault.milliseconds ?? 0, response);
    case 'hang':
      await untilClosed(response);
      return true;
    case 'reset':
      request.socket.resetAndDestroy();
      return true;
    case 'cut':
      request.socket.destroy();
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
