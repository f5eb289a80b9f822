import { Logger } from '@nestjs/common';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, incidentOf, messageOf, type ErrorCode, type Language } from '#lib/kernel';

const logger = new Logger('graphql');

/** Apollo's own refusals are all mistakes in what the client sent. */
const CODE_OF_APOLLO: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'INVALID_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'INVALID_INPUT',
  BAD_USER_INPUT: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'INVALID_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'INVALID_INPUT',
};

/** HTTP status of failures before execution; 503 for what the identity provider cannot do. */
const STATUS_BEFORE_EXECUTION: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  INTERNAL: 500,
};

/** Reasons may quote the document; this much of one is enough to find the place. */
const LONGEST_REASON = 300;

/**
 * The one shape of GraphQL errors: a code of the closed list, facts beside it, and no stack.
 * The sentence is German here; {@link speak} puts in the caller's language once it is known.
 */
export function shapeError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const extensions = extensionsOf(unwrapResolverError(error), formatted);
  const message = messageOf(extensions.code, error instanceof RequestError ? error.language : 'de');
  return { message, ...(locations && { locations }), ...(path && { path }), extensions };
}

/** As {@link shapeError}, without what graphql-js suggests: where the schema may not be asked for, it is not told either. */
export function shapeErrorWithoutSuggestions(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  return shapeError({ ...formatted, message: formatted.message.replace(/ ?Did you mean .*$/s, '') }, error);
}

/** The same error with its sentence in the caller's language. */
export function speak(error: GraphQLFormattedError, language: Language): GraphQLFormattedError {
  const code = error.extensions?.['code'] as ErrorCode;
  return { ...error, message: messageOf(code, language) };
}

/** A failure before execution, such as a refused token: sets the HTTP status and speaks the caller's language. */
export class RequestError extends GraphQLError {
  constructor(
    error: unknown,
    readonly language: Language,
  ) {
    const cause = error instanceof AppError ? error : new AppError('INTERNAL', 'unexpected', {}, error);
    super(cause.message, {
      originalError: cause,
      extensions: { code: cause.code, http: { status: STATUS_BEFORE_EXECUTION[cause.code] ?? 503 } },
    });
  }
}

function extensionsOf(cause: unknown, formatted: GraphQLFormattedError): { code: ErrorCode; [fact: string]: unknown } {
  const known = findAppError(cause);
  if (known?.code === 'INTERNAL') return reported(known);
  if (known) return { code: known.code, ...known.details };
  const code = CODE_OF_APOLLO[String(formatted.extensions?.['code'])];
  return code === undefined ? reported(cause) : { code, reason: formatted.message.slice(0, LONGEST_REASON) };
}

/** Our own fault: the log tells the place, and the answer the number by which it is found there. */
function reported(cause: unknown): { code: ErrorCode; incident: string } {
  const { number, line } = incidentOf(cause);
  logger.error(line);
  return { code: 'INTERNAL', incident: number };
}

/** graphql-js wraps what a scalar throws once more. */
function findAppError(cause: unknown): AppError | undefined {
  if (cause instanceof AppError) return cause;
  return cause instanceof GraphQLError && cause.originalError ? findAppError(cause.originalError) : undefined;
}

/** Body for failures before GraphQL saw the request: no JSON, too large. */
export function requestErrors(error: AppError, language: Language): { errors: GraphQLFormattedError[] } {
  const { code, details } = error;
  const extensions = code === 'INTERNAL' ? reported(error) : { code, ...details };
  return { errors: [{ message: messageOf(code, language), extensions }] };
}
