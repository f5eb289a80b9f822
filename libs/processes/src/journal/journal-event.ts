/**
 * What the journal of a process tells, in order:
 * - accepted: written down; leased: an instance took it, `takeover` when another one had not finished;
 * - intent: right before the call that has the effect; result: what the legacy system made of it;
 * - readback: whether an unanswered intent had its effect; retry: another try later, and why;
 * - question, answered, cancelled: to and from the customer; uncertain, with-agent: given up by the house;
 * - undo: earlier steps are being undone; retried, resolved: by an operator.
 */
export const JOURNAL_EVENTS = [
  'accepted',
  'leased',
  'intent',
  'result',
  'readback',
  'retry',
  'question',
  'answered',
  'cancelled',
  'uncertain',
  'with-agent',
  'undo',
  'retried',
  'resolved',
] as const;

export type JournalEvent = (typeof JOURNAL_EVENTS)[number];

/** Facts beside an event: codes, counts and times. Never inputs, results or names. */
export type JournalData = Readonly<Record<string, string | number | boolean | null | undefined>>;
