import type { Instant, Language, Refusal } from '#lib/kernel';
import type { PlainData } from '#lib/subsidiary-kit';
import type { ProcessState } from './process-state.js';

/** A title in every language. */
export type Title = Readonly<Record<Language, string>>;

/** A process as customers and those who act for them see it. */
export interface ProcessView {
  readonly id: string;
  /** The command's or flow's kind, e.g. `energy.submit-readings`. */
  readonly kind: string;
  readonly title: Title;
  readonly state: ProcessState;
  /** In the order in which they are carried out; a single command has one. What a flow undoes comes as further steps. */
  readonly steps: readonly StepView[];
  /** Until when there will be an outcome, or an agent takes over; null when it is over or with an agent already. */
  readonly deadline: Instant | null;
  /** Why it was refused, or what the customer is asked: then `problems[].choices` are the possible answers. */
  readonly refusal: Refusal | null;
  /** What the last step gave, as its command declares it; null until DONE. */
  readonly result: PlainData | null;
  readonly receipt: ReceiptView;
  readonly createdAt: Instant;
  /** Nothing was sent yet: the customer can still take it back. */
  readonly cancellable: boolean;
  /** After so many seconds it makes sense to look again; null when it is over. */
  readonly pollAfterSeconds: number | null;
}

export interface StepView {
  /** Unique within the process; the kind for a single command. */
  readonly key: string;
  readonly kind: string;
  /** Key of the subsidiary that it takes place in. */
  readonly subsidiary: string;
  readonly title: Title;
  /** ACCEPTED also for steps whose turn has not come; CANCELLED for those that were undone or never begun. */
  readonly state: ProcessState;
  readonly refusal: Refusal | null;
  readonly result: PlainData | null;
  /** When its state changed last. */
  readonly at: Instant;
}

/** Proof that the wish was accepted. */
export interface ReceiptView {
  readonly number: string;
  readonly at: Instant;
  /** Compact JWS (RFC 7515) with EdDSA; `verifyReceipt` checks it offline. */
  readonly signed: string;
}

/** The input of a step that is not over yet, for pending values beside confirmed ones. */
export interface PendingInput {
  readonly processId: string;
  /** The command's kind. */
  readonly kind: string;
  readonly state: ProcessState;
  /** The customer's number in the subsidiary. */
  readonly account: string;
  /** As the command's `parse` gave it. */
  readonly input: PlainData;
  readonly createdAt: Instant;
}
