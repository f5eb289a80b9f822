import { AppError } from '#lib/kernel';

/**
 * The error without the mark that nothing was sent: of several calls of one attempt an earlier one has had its effect, so
 * the whole is in doubt, whatever is known of the last call.
 */
export function sentBefore(error: unknown): unknown {
  if (!(error instanceof AppError) || error.details.unsent !== true) return error;
  const { unsent: _, ...details } = error.details;
  return new AppError(error.code, error.message, details, error);
}
