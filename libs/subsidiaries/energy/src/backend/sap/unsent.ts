import { AppError } from '#lib/kernel';

/** The error, marked: the request has surely had no effect, so sending it again cannot double anything. */
export function asUnsent(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  return new AppError(error.code, error.message, { ...error.details, unsent: true }, error);
}
