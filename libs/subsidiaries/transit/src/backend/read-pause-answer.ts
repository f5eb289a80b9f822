import { malformed, type WireObject } from '#lib/formats';
import { AppError, parseCalendarDate, type CalendarDate } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';
import { isSamePause, type Pause } from '../model/pause.js';
import { statusError } from './http-status.js';
import { parseJson } from './parse-json.js';
import { readPausable } from './read-pausable.js';

/** Why the shop did not pause. */
export interface PauseRefusal {
  readonly kind: 'refused';
  readonly reason: 'UNKNOWN_SUBSCRIPTION' | 'TOO_EARLY' | 'TOO_LATE' | 'TOO_LONG' | 'OTHER';
  /** The shop's sentence for the customer. */
  readonly message: string | null;
  /** First day that would do, where the shop says. */
  readonly earliest: CalendarDate | null;
  /** Months of that year that may still rest, where the shop says. */
  readonly remainingMonths: number | null;
}

export type PauseOutcome = { readonly kind: 'paused' } | PauseRefusal;

const REASONS: Readonly<Record<string, PauseRefusal['reason']>> = {
  SUBSCRIPTION_NOT_FOUND: 'UNKNOWN_SUBSCRIPTION',
  PAUSE_ANNOUNCED_TOO_LATE: 'TOO_EARLY',
  PAUSE_TOO_FAR_AHEAD: 'TOO_LATE',
  PAUSE_LIMIT_EXCEEDED: 'TOO_LONG',
};
/** The shop's rules spoke: these statuses carry a code and a sentence. */
const REFUSING = new Set([404, 409, 422]);
/** Our own mistakes, which no customer can correct. */
const OUR_MISTAKES = new Set(['NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED', 'PAUSE_NOT_WHOLE_MONTHS']);
/** Turned away before the request was looked at: no right to it, no such address, too many at once. */
const NOT_LOOKED_AT = new Set([401, 403, 404, 405, 429]);
const LONGEST_MESSAGE = 300;

/**
 * Reads the answer to a pause of `number`. It is paused when the shop shows it so, and not by status alone.
 * @throws AppError UPSTREAM_UNAVAILABLE, with `unsent` where the shop surely did nothing and an operator or time can
 *   help; UPSTREAM_REJECTED for a request that is wrong by itself; UPSTREAM_MALFORMED for success that does not show
 *   the pause, which leaves it in doubt
 */
export function readPauseAnswer(response: HttpResponse, number: string, pause: Pause): PauseOutcome {
  const { status } = response;
  if (status === 200) return readPaused(parseJson(response.body).object('data'), number, pause);
  if (status > 200 && status < 300) throw malformed('$', `is success ${status} without the subscription`);
  const error = findError(response);
  const code = error === null ? undefined : codeOf(error);
  if (error !== null && code !== undefined && REFUSING.has(status) && !OUR_MISTAKES.has(code)) {
    return readRefusal(error, code);
  }
  const failure = statusError(response, code);
  if (!NOT_LOOKED_AT.has(status)) throw failure;
  throw new AppError('UPSTREAM_UNAVAILABLE', failure.message, { ...failure.details, unsent: true });
}

function readPaused(data: WireObject, number: string, pause: Pause): PauseOutcome {
  const subscription = readPausable(data);
  if (subscription.number !== number) throw malformed(data.at('id'), 'is another subscription');
  if (!isSamePause(subscription.pause, pause)) throw malformed(data.at('pause'), 'is not the pause that was asked for');
  return { kind: 'paused' };
}

function readRefusal(error: WireObject, code: string): PauseRefusal {
  const message = error.value('message');
  const earliest = error.value('earliest');
  const months = error.value('remainingMonths');
  return {
    kind: 'refused',
    reason: Object.hasOwn(REASONS, code) ? REASONS[code]! : 'OTHER',
    message: typeof message === 'string' ? oneLine(message) : null,
    earliest: typeof earliest === 'string' ? (parseCalendarDate(earliest) ?? null) : null,
    remainingMonths: Number.isInteger(months) ? (months as number) : null,
  };
}

/** `{"error":{"code","message"}}` of the API; null for pages and for OAuth's `{"error":"…"}`. */
function findError({ body }: HttpResponse): WireObject | null {
  try {
    return parseJson(body).optionalObject('error');
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function codeOf(error: WireObject): string | undefined {
  const code = error.value('code');
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined;
}

/** People read it, so whatever is no plain text of one line goes. */
function oneLine(text: string): string | null {
  const line = text
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_MESSAGE);
  return line === '' ? null : line;
}
