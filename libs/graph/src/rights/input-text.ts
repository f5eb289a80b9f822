import { AppError } from '#lib/kernel';

/**
 * Text that a person typed, without blanks around it.
 * @throws AppError INVALID_INPUT with `path` when nothing is left or it is longer than `most`
 */
export function inputText(path: string, text: string, most: number): string {
  const trimmed = text.trim();
  if (trimmed !== '' && text.length <= most) return trimmed;
  const reason = `must have 1 to ${most} characters`;
  throw new AppError('INVALID_INPUT', reason, { path, reason });
}
