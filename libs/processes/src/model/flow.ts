import type { CommandRequest, PlainData } from '#lib/subsidiary-kit';
import type { Refusal } from '#lib/kernel';
import type { Title } from './process-view.js';

/** One command within a flow. */
export interface PlannedCommand {
  /** Kind of the command. */
  readonly command: string;
  /** Goes through the command's own `parse`. */
  readonly input: PlainData;
}

export interface FlowStep extends PlannedCommand {
  /** Unique within the flow and never changed, since journals name it; never ends in `.undo`. */
  readonly key: string;
}

/** What became of a step that a later step's refusal makes useless. */
export interface FinishedStep extends FlowStep {
  readonly result: PlainData;
}

/**
 * Several commands as one process, carried out one after the other. When a step is refused, what the steps before it
 * have done is undone in reverse order, and the process is REFUSED for that step's reason.
 */
export interface Flow<I extends PlainData = PlainData> {
  /** Kept in journals for years, e.g. `relocation.move-house`; never changed. */
  readonly kind: string;
  readonly title: Title;
  /** Input from a client or a journal. @throws AppError INVALID_INPUT with path and reason */
  parse(input: unknown): I;
  /** What makes two wishes of one customer the same; without it clients must send a key. */
  naturalKey?(input: I): string;
  /** Rules that no single step knows; the steps' own checks run besides. */
  check?(input: I, request: Omit<CommandRequest, 'account'>): Promise<Refusal | null>;
  /** At least one step, the same for the same input. */
  plan(input: I): readonly FlowStep[];
  /** What undoes a finished step; null when it may stand. */
  undo?(step: FinishedStep): PlannedCommand | null;
}
