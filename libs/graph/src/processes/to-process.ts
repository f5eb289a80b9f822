import type { Customer } from '#lib/customer';
import { toGlobalId, type Language, type Refusal } from '#lib/kernel';
import type { ProcessView, SeenProcess, StepView } from '#lib/processes';
import { toRefusal, type RefusalType } from '../rights/refusal.type.js';
import { ProcessType, type StepType } from './process.types.js';

/** Type inside the global ids of processes. */
export const PROCESS = 'Process';

/** A process as the graph shows it. */
export function toProcess({ view, isWhole }: SeenProcess, customer: Customer, language: Language): ProcessType {
  const { id, kind, title, state, deadline, pollAfterSeconds, steps, refusal, receipt, createdAt, cancellable } = view;
  return Object.assign(new ProcessType(), {
    id: toGlobalId(PROCESS, id),
    kind,
    title: title[language],
    state,
    deadline,
    pollAfterSeconds,
    steps: steps.map((step) => toStep(step, language)),
    refusal: spoken(refusal, language),
    receipt: {
      number: receipt.number,
      at: receipt.at,
      signedJson: isWhole ? flattenedReceipt(receipt) : null,
    },
    createdAt,
    cancellable,
    view,
    customer,
  });
}

function toStep({ key, subsidiary, title, state, refusal, at }: StepView, language: Language): StepType {
  return { key, subsidiary, title: title[language], state, refusal: spoken(refusal, language), at };
}

function spoken(refusal: Refusal | null, language: Language): RefusalType | null {
  return refusal && toRefusal(refusal, language);
}

/** The flattened JSON serialization of the compact JWS (RFC 7515, section 7.2.2). */
export function flattenedReceipt({ signed }: Pick<ProcessView['receipt'], 'signed'>): string {
  const [header, payload, signature] = signed.split('.');
  return JSON.stringify({ payload, protected: header, signature });
}
