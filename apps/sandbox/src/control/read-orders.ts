import type { Household } from '../world/household.js';
import type { Fault, FaultKind, FaultMethods, FaultMoment } from '../world/world.js';
import { Problem } from './problem.js';

const FAULT_KINDS: readonly FaultKind[] = ['latency', 'hang', 'reset', 'garbage', '500', 'cut'];
const FAULT_MOMENTS: readonly FaultMoment[] = ['nothing', 'effect', 'half-answer'];
const FAULT_METHODS: readonly FaultMethods[] = ['modifying', 'reading'];
const LONGEST_LATENCY_MS = 60_000;
const HIGHEST_COUNT = 100_000;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** What an order may name. */
export interface Names {
  readonly systems: readonly string[];
  readonly findHousehold: (key: string) => Household | undefined;
}

/** Which part of the sandbox an order is for. Neither: all of it. */
export interface Scope {
  readonly system?: string;
  readonly household?: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws Problem 400 when `body` is no JSON object or has a field that is not in `allowed` */
export function readFields(body: Buffer, allowed: readonly string[]): Fields {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem(400, `The body must be JSON with ${allowed.join(', ')}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem(400, `The body must be a JSON object with ${allowed.join(', ')}.`);
  }
  const unknown = Object.keys(value).find((name) => !allowed.includes(name));
  if (unknown !== undefined)
    throw new Problem(400, `There is a field that is not known; allowed are ${allowed.join(', ')}.`);
  return value as Fields;
}

/** `{kind, system?, household?, milliseconds?, after?, count?, methods?}`; a household is named by key. */
export function readFault(body: Buffer, names: Names): Fault {
  const fields = readFields(body, ['kind', 'system', 'household', 'milliseconds', 'after', 'count', 'methods']);
  const kind = FAULT_KINDS.find((known) => known === fields['kind']);
  if (kind === undefined) throw new Problem(400, `kind must be one of ${FAULT_KINDS.join(', ')}.`);
  return {
    kind,
    system: readSystem(fields['system'], names) ?? null,
    household: readHousehold(fields['household'], names) ?? null,
    ...readLatency(kind, fields['milliseconds']),
    ...readMoment(kind, fields['after']),
    ...readCount(fields['count']),
    ...readMethods(fields['methods']),
  };
}

function readLatency(kind: FaultKind, milliseconds: unknown): Pick<Fault, 'milliseconds'> {
  if (kind !== 'latency') {
    if (milliseconds !== undefined) throw new Problem(400, 'milliseconds belongs to kind latency only.');
    return {};
  }
  if (!isWhole(milliseconds, 0, LONGEST_LATENCY_MS)) {
    throw new Problem(400, `latency needs milliseconds, a whole number from 0 to ${LONGEST_LATENCY_MS}.`);
  }
  return { milliseconds };
}

function readMoment(kind: FaultKind, value: unknown): Pick<Fault, 'after'> {
  if (value === undefined && kind !== 'cut') return {};
  const after = FAULT_MOMENTS.find((known) => known === value);
  if (after === undefined) throw new Problem(400, `after must be one of ${FAULT_MOMENTS.join(', ')}; cut needs it.`);
  if (after === 'half-answer' && kind !== 'cut') throw new Problem(400, 'half-answer belongs to kind cut only.');
  return { after };
}

function readCount(count: unknown): Pick<Fault, 'count'> {
  if (count === undefined) return {};
  if (isWhole(count, 1, HIGHEST_COUNT)) return { count };
  throw new Problem(400, `count must be a whole number of requests from 1 to ${HIGHEST_COUNT}.`);
}

function readMethods(value: unknown): Pick<Fault, 'methods'> {
  if (value === undefined) return {};
  const methods = FAULT_METHODS.find((known) => known === value);
  if (methods === undefined) throw new Problem(400, `methods must be one of ${FAULT_METHODS.join(', ')}.`);
  return { methods };
}

/** `?system=…&household=…`, both optional. */
export function readScope(query: URLSearchParams, names: Names): Scope {
  const unknown = [...query.keys()].find((name) => name !== 'system' && name !== 'household');
  if (unknown !== undefined) throw new Problem(400, 'The query may hold system and household only.');
  const system = readSystem(query.get('system'), names);
  const household = readHousehold(query.get('household'), names);
  return { ...(system !== undefined && { system }), ...(household !== undefined && { household }) };
}

/** `{"now": instant}` or `{"offsetMs": number}`. @returns the offset from real time in milliseconds */
export function readClock(body: Buffer, realNow: number): number {
  const { now, offsetMs } = readFields(body, ['now', 'offsetMs']);
  const sentence = 'Give either now, e.g. "2026-11-22T18:00:00+01:00", or offsetMs, between the years 2000 and 2100.';
  if ((now === undefined) === (offsetMs === undefined)) throw new Problem(400, sentence);
  const offset = now === undefined ? offsetMs : instantOf(now) - realNow;
  if (!isWhole(offset, EARLIEST - realNow, LATEST - realNow)) throw new Problem(400, sentence);
  return offset;
}

function readSystem(value: unknown, names: Names): string | undefined {
  if (value === undefined || value === null) return undefined;
  const system = names.systems.find((known) => known === value);
  if (system === undefined) throw new Problem(400, `system must be one of ${names.systems.join(', ')}.`);
  return system;
}

function readHousehold(value: unknown, names: Names): number | undefined {
  if (value === undefined || value === null) return undefined;
  const household = typeof value === 'string' ? names.findHousehold(value) : undefined;
  if (!household) throw new Problem(400, 'household must be a key from /personas or one like h-000123.');
  return household.number;
}

function instantOf(value: unknown): number {
  const withOffset = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/.test(value);
  return withOffset ? Date.parse(value) : Number.NaN;
}

/** A whole number from `low` to `high`. */
export function isWhole(value: unknown, low: number, high: number): value is number {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}
