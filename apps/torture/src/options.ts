import { parseArgs } from 'node:util';

export interface TortureOptions {
  readonly help: boolean;
  readonly commands: number;
  readonly seed: number;
  /** The run ends after so long, and what is not finished then counts as a violation. */
  readonly minutes: number;
  /** Gateways that work at once. */
  readonly workers: number;
  /** Few disturbances, and only such that cost no time. */
  readonly short: boolean;
  /** File for the report as JSON; null: none is written. */
  readonly json: string | null;
  /** Whether the logs stay also of a good run. */
  readonly keep: boolean;
}

/** @throws TypeError for an option that does not exist; RangeError for a number out of bounds */
export function parseOptions(args: readonly string[]): TortureOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      commands: { type: 'string', default: '500' },
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      minutes: { type: 'string', default: '15' },
      workers: { type: 'string', default: '3' },
      short: { type: 'boolean', default: false },
      json: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    commands: whole('commands', values.commands, 5, 4_000),
    seed: whole('seed', values.seed, 0, 4_294_967_295),
    minutes: whole('minutes', values.minutes, 1, 240),
    workers: whole('workers', values.workers, 2, 8),
    short: values.short,
    json: values.json ?? null,
    keep: values.keep,
  };
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new RangeError(`--${name} must be a whole number from ${low} to ${high}`);
}
