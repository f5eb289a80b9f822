import { errors } from 'jose';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { AppError } from '#lib/kernel';
import { PROVIDER_SYSTEM } from './provider-transport.js';

/** The person said no at the identity provider. */
export class SignInDeclined extends Error {
  override readonly name = 'SignInDeclined';
}

/** The provider itself failed, not the person's sign-in. */
const NO_ANSWER = new Set(['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR']);
const GAVE_UP = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

/**
 * What went wrong with the identity provider, as one of ours: UNAUTHENTICATED where it or we refuse this sign-in,
 * UPSTREAM_* where nobody can say, UPSTREAM_REJECTED where it refuses us as a client. No texts of tokens go along.
 */
export function translateProviderError(error: unknown): AppError | SignInDeclined {
  const own = findAppError(error);
  if (own !== undefined) return own;
  if (error instanceof AuthorizationResponseError) {
    return error.error === 'access_denied' ? new SignInDeclined() : refused(`the provider says ${word(error.error)}`);
  }
  if (error instanceof ResponseBodyError) return ofBody(error);
  if (error instanceof errors.JOSEError) return refused(`the ID token is refused (${error.code})`);
  if (error instanceof ClientError) {
    if (NO_ANSWER.has(error.code ?? '')) return failed('UPSTREAM_UNAVAILABLE', 'gives no proper answer');
    if (GAVE_UP.has(error.code ?? '')) return failed('UPSTREAM_TIMEOUT', 'does not answer');
    return refused(`the sign-in is refused (${error.code ?? 'unknown'})`);
  }
  return failed('UPSTREAM_REJECTED', 'refuses this client');
}

function ofBody({ error, status }: ResponseBodyError): AppError {
  if (status >= 500) return failed('UPSTREAM_UNAVAILABLE', 'fails');
  if (error === 'invalid_grant') return refused('the code or token is not valid any more');
  return failed('UPSTREAM_REJECTED', `answers ${word(error)}`);
}

/** openid-client wraps what the transport throws. */
function findAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  return error instanceof Error && error.cause !== undefined ? findAppError(error.cause) : undefined;
}

/** Error codes are short words; anything else is not repeated. */
function word(text: string): string {
  return /^[a-z_]{1,40}$/.test(text) ? text : 'something unreadable';
}

function refused(reason: string): AppError {
  return new AppError('UNAUTHENTICATED', reason, { reason });
}

function failed(code: 'UPSTREAM_UNAVAILABLE' | 'UPSTREAM_TIMEOUT' | 'UPSTREAM_REJECTED', what: string): AppError {
  return new AppError(code, `the identity provider ${what}`, { system: PROVIDER_SYSTEM, retryAfterSeconds: 5 });
}
