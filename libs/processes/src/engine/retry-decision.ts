import { AppError, type ErrorCode } from '#lib/kernel';
import type { Command } from '#lib/subsidiary-kit';

/**
 * What an error of an attempt means for the process.
 * - retry: another try later; `inDoubt`: it begins with reading back; `counted`: it costs one of the bounded tries
 * - with-agent: no further try can help; nothing is in doubt
 * - uncertain: sent, and nobody can tell whether it took effect
 */
export type RetryDecision =
  | { readonly kind: 'retry'; readonly inDoubt: boolean; readonly counted: boolean }
  | { readonly kind: 'with-agent' }
  | { readonly kind: 'uncertain' };

/** Outages end by themselves; the deadline bounds how long they are waited for, not the number of tries. */
const OUTAGES: ReadonlySet<ErrorCode> = new Set(['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'RATE_LIMITED']);
/** May be different at the next try, but not for ever: a bug of ours, or an answer that cannot be read. */
const PERHAPS_PASSING: ReadonlySet<ErrorCode> = new Set(['UPSTREAM_MALFORMED', 'INTERNAL', 'CONFLICT']);

/**
 * The process retry decision: the one translation of errors at the edge to the workers.
 *
 * Nothing was sent (no intent, or the error says `unsent`):
 * - outages are tried again until the deadline, uncounted;
 * - UPSTREAM_MALFORMED, INTERNAL, CONFLICT are tried again, counted;
 * - all others (UPSTREAM_REJECTED, INVALID_INPUT, NOT_FOUND, FORBIDDEN, …) will be the same tomorrow: an agent looks.
 *
 * After the intent:
 * - UPSTREAM_REJECTED and RATE_LIMITED are answers: the system has read the request and not carried it out. Being
 *   limited passes. A rejection that the command did not read as a refusal is none that the customer can correct
 *   (wrong credentials of ours, an unknown code), so it must not cost the customer the wish: an agent looks.
 * - everything else leaves the effect in doubt, also INTERNAL and UPSTREAM_MALFORMED: the answer may have been a yes that
 *   we could not read. With `key` the system refuses doubles and with `readBack` the effect can be found; without
 *   either nobody can tell: UNCERTAIN.
 */
export function decideRetry(
  error: unknown,
  intended: boolean,
  command: Pick<Command, 'dedupe' | 'readBack'>,
): RetryDecision {
  const { code, details } = error instanceof AppError ? error : new AppError('INTERNAL', 'unexpected');
  const outage = OUTAGES.has(code);
  const answered = code === 'UPSTREAM_REJECTED' || code === 'RATE_LIMITED';
  if (!intended || details.unsent === true || answered) {
    if (!outage && !PERHAPS_PASSING.has(code)) return { kind: 'with-agent' };
    return { kind: 'retry', inDoubt: false, counted: !outage };
  }
  if (!canBeClarified(command)) return { kind: 'uncertain' };
  return { kind: 'retry', inDoubt: true, counted: !outage };
}

/** Whether the system could not be asked, so that waiting helps. */
export function isOutage(error: unknown): boolean {
  return error instanceof AppError && OUTAGES.has(error.code);
}

/** Whether an unanswered intent can be dealt with without a second effect. */
export function canBeClarified({ dedupe, readBack }: Pick<Command, 'dedupe' | 'readBack'>): boolean {
  return dedupe === 'key' || (dedupe === 'naturalKey' && readBack !== undefined);
}
