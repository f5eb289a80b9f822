import { PROCESS_STEPS, type ProcessStep } from '#lib/processes';

/** The moment at which an instance is to die or to stand still, e.g. `intended:2@pools.top-up-card`; several kinds are
 * separated by commas. */
export interface Moment {
  readonly step: ProcessStep;
  /** The how manieth time, from 1. */
  readonly nth: number;
  /** Only steps of these kinds of commands count; empty: all do. */
  readonly kinds: readonly string[];
}

export function writeMoment({ step, nth, kinds }: Moment): string {
  return `${step}:${nth}${kinds.length === 0 ? '' : `@${kinds.join(',')}`}`;
}

/** Whether a step of a process is one of those that count. */
export function counts(
  { step, kinds }: Pick<Moment, 'step' | 'kinds'>,
  passed: { step: string; kind: string },
): boolean {
  return passed.step === step && (kinds.length === 0 || kinds.includes(passed.kind));
}

/** @throws RangeError when it is no moment */
export function readMoment(text: string): Moment {
  const [, name, nth, kinds] = /^([a-z-]+):([1-9]\d{0,3})(?:@([a-z.-]+(?:,[a-z.-]+)*))?$/.exec(text) ?? [];
  const step = PROCESS_STEPS.find((each) => each === name);
  if (step === undefined) throw new RangeError(`not a moment: ${text}; steps are ${PROCESS_STEPS.join(', ')}`);
  return { step, nth: Number(nth), kinds: kinds?.split(',') ?? [] };
}
