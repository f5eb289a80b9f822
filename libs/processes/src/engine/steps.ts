import { channel } from 'node:diagnostics_channel';

/**
 * Where an instance may die or stand still, in the order of a command's way:
 * - accepting: all is written, nothing committed; accepted: committed, the client knows nothing yet;
 * - leasing, leased: the same for a lease;
 * - reading-back, read-back: around the question what became of an unanswered intent;
 * - executing: before the command begins; intending: before the intent is written; intended: the last moment before the
 *   call that has the effect; answered: the system's answer is in hand, and written nowhere;
 * - settling: the outcome is written and not committed; settled: it is committed.
 */
export const PROCESS_STEPS = [
  'accepting',
  'accepted',
  'leasing',
  'leased',
  'reading-back',
  'read-back',
  'executing',
  'intending',
  'intended',
  'answered',
  'settling',
  'settled',
] as const;

export type ProcessStep = (typeof PROCESS_STEPS)[number];

/** What subscribers of {@link STEP_CHANNEL} get; nothing personal. */
export interface StepNotice {
  readonly step: ProcessStep;
  readonly processId: string;
  /** Kind of the command or flow. */
  readonly kind: string;
}

/**
 * Diagnostics channel (node:diagnostics_channel) of the steps. Nobody subscribes in production; a rehearsal that is
 * loaded beside the program may, and is called in the very middle of the step, before anything else happens.
 */
export const STEP_CHANNEL = 'saaltor:process-step';

const steps = channel(STEP_CHANNEL);

/** Tells observers, if there are any, that a process is at this step. */
export function passStep(step: ProcessStep, processId: string, kind: string): void {
  if (steps.hasSubscribers) steps.publish({ step, processId, kind } satisfies StepNotice);
}
