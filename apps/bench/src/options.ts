import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly help: boolean;
  /** File for the figures as JSON; null: none is written. */
  readonly json: string | null;
  /** Names of the benches to run; empty: all. */
  readonly names: readonly string[];
}

/** @throws TypeError for an option that does not exist */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'string' } },
    allowPositionals: true,
  });
  return { help: values.help, json: values.json ?? null, names: positionals };
}
