import { AppError } from '#lib/kernel';
import type { CommandRegistry } from '../engine/command-registry.js';
import { UNKNOWN_ACCOUNT } from './public-owner.js';
import { written, type Submission } from './submission.js';

/**
 * Understands a public declaration.
 * @throws AppError INVALID_INPUT with path and reason; FORBIDDEN for a command that is not public
 */
export function understandPublic(registry: CommandRegistry, kind: string, input: unknown): Submission {
  const { command, subsidiary } = registry.getCommand(kind);
  if (command.isPublic !== true) throw new AppError('FORBIDDEN', `${kind} needs a customer`);
  const parsed = command.parse(input);
  return {
    kind,
    title: command.title,
    ...written(parsed),
    naturalKey: null,
    steps: [{ key: kind, command, subsidiary, account: UNKNOWN_ACCOUNT, input: parsed, prefix: '' }],
    check: () => Promise.resolve(null),
  };
}
