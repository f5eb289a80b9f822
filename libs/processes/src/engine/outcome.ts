import type { Effect } from '#lib/subsidiary-kit';

/** Why a process left the house's hands, for operators; never shown to customers. */
export type Reason = 'DEADLINE' | 'TRIES_SPENT' | 'ERROR' | 'INPUT_UNREADABLE' | 'NO_ANSWER' | 'UNDO_REFUSED';

/** How a try at a step ended, or what an operator says of it. */
export type Outcome =
  | Effect
  | {
      readonly kind: 'retry';
      /** Clock time in milliseconds. */
      readonly dueAt: number;
      readonly inDoubt: boolean;
      readonly counted: boolean;
    }
  | { readonly kind: 'with-agent'; readonly reason: Reason; readonly inDoubt: boolean }
  | { readonly kind: 'uncertain'; readonly reason: Reason };
