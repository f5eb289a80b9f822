/**
 * Where a process stands, as everybody sees it.
 * - ACCEPTED: written down; waits for its turn, or for the next try.
 * - RUNNING: an instance is carrying it out right now.
 * - NEEDS_CUSTOMER: the legacy system asked something that only the customer can answer.
 * - WITH_AGENT: the house cannot finish it; a person looks at it.
 * - UNCERTAIN: sent once without an answer, and nobody can tell whether it took effect; never sent again by itself.
 * - DONE, REFUSED, CANCELLED: over.
 */
export const PROCESS_STATES = [
  'ACCEPTED',
  'RUNNING',
  'NEEDS_CUSTOMER',
  'WITH_AGENT',
  'UNCERTAIN',
  'DONE',
  'REFUSED',
  'CANCELLED',
] as const;

export type ProcessState = (typeof PROCESS_STATES)[number];

/** States that are not over. */
export const OPEN_STATES = [
  'ACCEPTED',
  'RUNNING',
  'NEEDS_CUSTOMER',
  'WITH_AGENT',
  'UNCERTAIN',
] as const satisfies readonly ProcessState[];

/** Whether the house itself is at work on it, so that an outcome may come any moment. */
export function isUnderWay(state: ProcessState): boolean {
  return state === 'ACCEPTED' || state === 'RUNNING';
}

export function isOver(state: ProcessState): boolean {
  return state === 'DONE' || state === 'REFUSED' || state === 'CANCELLED';
}
