/** Every failure the house knows, as a closed list. Each has a sentence in all languages (error-messages.ts). */
export const ERROR_CODES = [
  'INVALID_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'STEP_UP_REQUIRED',
  'CONSENT_REQUIRED',
  'RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_REJECTED',
  'UPSTREAM_MALFORMED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts for the client. Never personal data: they go into answers and logs. */
export interface ErrorDetails {
  /** Where the input or the upstream answer is wrong, e.g. `filter.minRooms` or `d.results[1].AmountDue`. */
  readonly path?: string;
  /** What is wrong there, in English, for developers. */
  readonly reason?: string;
  /** Key of the subsidiary concerned. */
  readonly subsidiary?: string;
  /** Name of the legacy system concerned. */
  readonly system?: string;
  /** Seconds after which another try makes sense. */
  readonly retryAfterSeconds?: number;
  /** The legacy system's own code, e.g. `EL/424` or `H9360`. */
  readonly upstreamCode?: string;
  /** Number of the failure in the log of the gateway; only with INTERNAL. */
  readonly incident?: string;
  /** True where the request surely never reached the legacy system, so that sending it again cannot double anything. */
  readonly unsent?: true;
}

/**
 * The one error of the house. Its message is for developers and logs; what people read
 * is the sentence of `code` in their language. Each edge has one translator for it.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
