import { parseArgs } from 'node:util';
import type { Subsidiary } from '#lib/subsidiary-kit';

/** A command line that names no subsidiary, or something unknown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Arguments =
  | { readonly help: true; readonly sdl: false; readonly only: undefined }
  | { readonly help: false; readonly sdl: boolean; readonly only: Subsidiary };

/** @throws UsageError with a sentence on what is wanted */
export function readArguments(args: readonly string[], subsidiaries: readonly Subsidiary[]): Arguments {
  const { help, sdl, names } = parse(args);
  if (help) return { help, sdl: false, only: undefined };
  const only = subsidiaries.find(({ key }) => names.length === 1 && key.toLowerCase() === names[0]);
  if (only === undefined) {
    const known = subsidiaries.map(({ key }) => key.toLowerCase()).join(', ');
    throw new UsageError(`Name one subsidiary: ${known}. --help tells more.`);
  }
  return { help: false, sdl, only };
}

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h', default: false }, sdl: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    return { ...values, names: positionals };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
