import { AppError } from '#lib/kernel';

/**
 * Text that a person typed, without blanks around it.
 * @throws AppError INVALID_INPUT with `path` when less than `least` is left or it is longer than `most`
 */
export function inputText(path: string, text: string, most: number, least = 1): string {
  const trimmed = text.trim();
  if (trimmed.length >= least && text.length <= most) return trimmed;
  const reason = `must have ${least} to ${most} characters`;
  throw new AppError('INVALID_INPUT', reason, { path, reason });
}
