import { AppError } from '#lib/kernel';
import { WireObject } from './wire-object.js';

/**
 * Reads what a client sent by the same strict means as a legacy answer.
 * @throws AppError INVALID_INPUT, with path and reason, for whatever `read` finds malformed
 */
export function readInput<T>(input: unknown, read: (wire: WireObject) => T): T {
  try {
    return read(new WireObject(input, ''));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UPSTREAM_MALFORMED') throw error;
    throw new AppError('INVALID_INPUT', error.message, error.details);
  }
}
