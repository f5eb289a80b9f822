import { AppError } from '#lib/kernel';

/** The failure as one after which the legacy system surely has not received the request. */
export function asUnsent(error: unknown): AppError {
  if (!(error instanceof AppError)) return new AppError('UPSTREAM_TIMEOUT', 'given up', { unsent: true }, error);
  return new AppError(error.code, error.message, { ...error.details, unsent: true }, error.cause);
}
