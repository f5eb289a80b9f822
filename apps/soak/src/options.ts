import { parseArgs } from 'node:util';

export interface SoakOptions {
  readonly help: boolean;
  readonly minutes: number;
  /** Requests a second to all gateways together. */
  readonly rate: number;
  /** Gateways that share the database and Redis. */
  readonly instances: number;
  readonly seed: number;
  /** File for the report as JSON; null: none is written. */
  readonly json: string | null;
}

/** @throws TypeError for an option that does not exist; RangeError for a number out of bounds */
export function parseOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      minutes: { type: 'string', default: '10' },
      rate: { type: 'string', default: '20' },
      instances: { type: 'string', default: '2' },
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      json: { type: 'string' },
    },
  });
  return {
    help: values.help,
    minutes: whole('minutes', values.minutes, 1, 10_080),
    rate: whole('rate', values.rate, 1, 1_000),
    instances: whole('instances', values.instances, 1, 8),
    seed: whole('seed', values.seed, 0, 4_294_967_295),
    json: values.json ?? null,
  };
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new RangeError(`--${name} must be a whole number from ${low} to ${high}`);
}
