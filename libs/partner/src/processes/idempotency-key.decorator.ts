import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AppError } from '#lib/kernel';

/** Name of the header (draft-ietf-httpapi-idempotency-key-header). */
export const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** A structured header's string (RFC 9651, section 3.3.3); many clients send the bare text instead. */
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

interface Request {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Hands the key that the client made for its wish to a route. @throws AppError INVALID_INPUT when there is none */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { headers } = context.switchToHttp().getRequest<Request>();
  return readKey([headers[IDEMPOTENCY_KEY.toLowerCase()]].flat());
});

/** @param values of the header, as often as it was sent */
export function readKey([value, ...more]: readonly (string | undefined)[]): string {
  if (value === undefined || value.trim() === '' || more.length > 0) {
    throw invalid('must be sent once, made by the client before its first try');
  }
  const quoted = QUOTED.exec(value.trim())?.[1];
  return quoted === undefined ? value.trim() : quoted.replaceAll(/\\(["\\])/g, '$1');
}

function invalid(reason: string): AppError {
  return new AppError('INVALID_INPUT', 'no usable key', { path: IDEMPOTENCY_KEY, reason });
}
