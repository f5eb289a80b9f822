import type { Subsidiary } from '#lib/subsidiary-kit';
import type { Flow } from './model/flow.js';

/** Injection token of the ProcessesPlan. */
export const PROCESSES_PLAN = Symbol('ProcessesPlan');

/** What the program wants of its processes. */
export interface ProcessesPlan {
  /** The installed subsidiaries, whose `commands` can be submitted. */
  readonly subsidiaries: readonly Pick<Subsidiary, 'key' | 'commands'>[];
  readonly flows?: readonly Flow[];
  /** False for tools that build the program but never run it: then nothing is carried out and no key is looked for. */
  readonly open: boolean;
  /** With a sandbox a receipt key is made where none is set; without one the start is refused. */
  readonly sandbox: boolean;
}
