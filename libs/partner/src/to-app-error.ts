import { AppError } from '#lib/kernel';

/**
 * Anything thrown on the way of an HTTP request as one of ours. Nest and Fastify put the status of what the client
 * did wrong on their errors; all else is our own fault.
 */
export function toAppError(exception: unknown): AppError {
  if (exception instanceof AppError) return exception;
  const { status, statusCode, message } = (exception ?? {}) as {
    status?: unknown;
    statusCode?: unknown;
    message?: unknown;
  };
  const code = [status, statusCode].find((candidate): candidate is number => typeof candidate === 'number') ?? 500;
  if (code === 404) return new AppError('NOT_FOUND', 'no such path', {}, exception);
  if (code >= 400 && code < 500) {
    return new AppError(
      'INVALID_INPUT',
      'the request is refused',
      { reason: String(message).slice(0, 200) },
      exception,
    );
  }
  return new AppError('INTERNAL', 'unexpected failure', {}, exception);
}
