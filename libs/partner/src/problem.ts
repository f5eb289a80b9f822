import { messageOf, type AppError, type ErrorCode, type Language } from '#lib/kernel';

export const PROBLEM_TYPE = 'application/problem+json';
export const PROBLEM_MEDIA_TYPE = `${PROBLEM_TYPE}; charset=utf-8`;

/** What was understood and cannot be carried out. */
export const UNPROCESSABLE = 422;

/** HTTP status of each code on the partner side. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  STEP_UP_REQUIRED: 403,
  CONSENT_REQUIRED: 403,
  RATE_LIMITED: 429,
  UPSTREAM_TIMEOUT: 504,
  UPSTREAM_UNAVAILABLE: 503,
  UPSTREAM_REJECTED: 502,
  UPSTREAM_MALFORMED: 502,
  INTERNAL: 500,
};

/** Problem details after RFC 9457; `code` and the facts beside it are our extension members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly [fact: string]: unknown;
}

/** The one translation of errors for partners. */
export function problemOf({ code, details }: AppError, language: Language): Problem {
  return {
    type: `urn:saaltor:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: messageOf(code, language),
    status: isReusedKey(code, details) ? UNPROCESSABLE : STATUS[code],
    code,
    ...details,
  };
}

/** The key of a command that stands for another input (draft-ietf-httpapi-idempotency-key-header, section 2.7). */
function isReusedKey(code: ErrorCode, { path }: AppError['details']): boolean {
  return code === 'CONFLICT' && path === 'key';
}
