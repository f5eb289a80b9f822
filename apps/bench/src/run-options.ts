import { parseArgs } from 'node:util';

/** What a run of the bench is asked for. */
export interface RunOptions {
  readonly help: boolean;
  /** Names of scenarios; empty: all. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** How long one contender is measured in one round. */
  readonly seconds: number;
  /** Customers added to the database in the scenario of growth. */
  readonly population: number;
  /** Folder for the results; null: they are only printed. */
  readonly out: string | null;
  /** Whether the logs stay also of a good run. */
  readonly keep: boolean;
}

/** @throws TypeError for an option that does not exist; RangeError for a value out of bounds or an unknown scenario */
export function parseRunOptions(args: readonly string[], scenarios: readonly string[]): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      only: { type: 'string', default: '' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      population: { type: 'string', default: '100000' },
      out: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',').filter((name) => name !== '');
  const unknown = only.find((name) => !scenarios.includes(name));
  if (unknown !== undefined) throw new RangeError(`--only knows ${scenarios.join(', ')}`);
  return {
    help: values.help,
    only,
    rounds: wholeBetween('rounds', values.rounds, 1, 50),
    seconds: numberBetween('seconds', values.seconds, 0.2, 60),
    population: wholeBetween('population', values.population, 100, 1_000_000),
    out: values.out ?? null,
    keep: values.keep,
  };
}

function numberBetween(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= low && value <= high) return value;
  throw new RangeError(`--${name} must be a number from ${low} to ${high}`);
}

function wholeBetween(name: string, text: string, low: number, high: number): number {
  const value = numberBetween(name, text, low, high);
  if (Number.isInteger(value)) return value;
  throw new RangeError(`--${name} must be a whole number`);
}
