import { parseArgs } from 'node:util';
import { PROCESS_STATES, type DeskFilter, type ProcessState } from '#lib/processes';
import { UsageError } from './usage-error.js';

/** What an operator wants. */
export type Order =
  | { readonly verb: 'list'; readonly filter: DeskFilter; readonly json: boolean }
  | { readonly verb: 'show'; readonly name: string; readonly data: boolean; readonly reason: string }
  | { readonly verb: 'retry'; readonly name: string; readonly reason: string; readonly surely: boolean }
  | {
      readonly verb: 'resolve';
      readonly name: string;
      readonly outcome: 'done' | 'refused';
      readonly reason: string;
    }
  | { readonly verb: 'pause'; readonly subsidiary: string; readonly reason: string }
  | { readonly verb: 'resume'; readonly subsidiary: string };

export interface ReadOrder {
  readonly order: Order;
  /** Who does it, where it was said. */
  readonly actor: string | undefined;
}

const LONGEST_REASON = 200;
const MOST = 200;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

const OPTIONS = {
  state: { type: 'string' },
  subsidiary: { type: 'string' },
  'older-than': { type: 'string' },
  first: { type: 'string' },
  json: { type: 'boolean' },
  data: { type: 'boolean' },
  reason: { type: 'string' },
  'surely-without-effect': { type: 'boolean' },
  as: { type: 'string' },
} as const;

type Option = keyof typeof OPTIONS;
type Values = Partial<Record<Option, string | boolean | undefined>>;

/** Options that each verb knows, beside `--as`. */
const KNOWN: Readonly<Record<Order['verb'], readonly Option[]>> = {
  list: ['state', 'subsidiary', 'older-than', 'first', 'json'],
  show: ['data', 'reason'],
  retry: ['reason', 'surely-without-effect'],
  resolve: ['reason'],
  pause: ['reason'],
  resume: [],
};

/** @throws UsageError with one sentence that says what is missing or wrong */
export function readOrder(args: readonly string[]): ReadOrder {
  const { positionals, values } = parse(args);
  const [verb, ...words] = positionals;
  if (verb === undefined || !Object.hasOwn(KNOWN, verb)) {
    throw new UsageError(`the first word must be ${Object.keys(KNOWN).join(', ')}`);
  }
  const stray = Object.keys(values).find(
    (name) => name !== 'as' && !KNOWN[verb as Order['verb']].includes(name as Option),
  );
  if (stray !== undefined) throw new UsageError(`${verb} knows no --${stray}`);
  return { order: toOrder(verb as Order['verb'], words, values), actor: textOf(values, 'as') };
}

function toOrder(verb: Order['verb'], words: readonly string[], values: Values): Order {
  switch (verb) {
    case 'list':
      requireWords(verb, words, 0);
      return { verb, filter: toFilter(values), json: values.json === true };
    case 'show': {
      const [name] = requireWords(verb, words, 1);
      const data = values.data === true;
      return { verb, name: name!, data, reason: data ? reasonOf(values, 'personal data need') : '' };
    }
    case 'retry': {
      const [name] = requireWords(verb, words, 1);
      const surely = values['surely-without-effect'] === true;
      return { verb, name: name!, reason: reasonOf(values, 'retry needs'), surely };
    }
    case 'resolve': {
      const [name, outcome] = requireWords(verb, words, 2);
      if (outcome !== 'done' && outcome !== 'refused') throw new UsageError('resolve as what? done or refused');
      return { verb, name: name!, outcome, reason: reasonOf(values, 'resolve needs') };
    }
    case 'pause':
      return {
        verb,
        subsidiary: requireWords(verb, words, 1)[0]!.toUpperCase(),
        reason: reasonOf(values, 'pause needs'),
      };
    case 'resume':
      return { verb, subsidiary: requireWords(verb, words, 1)[0]!.toUpperCase() };
  }
}

function parse(args: readonly string[]): { readonly positionals: readonly string[]; readonly values: Values } {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function requireWords(verb: string, words: readonly string[], count: number): readonly string[] {
  if (words.length === count) return words;
  throw new UsageError(
    `${verb} takes ${count === 0 ? 'no further word' : `${count} more word(s)`}, not ${words.length}`,
  );
}

function toFilter(values: Values): DeskFilter {
  const states = textOf(values, 'state')?.toUpperCase().split(',');
  const unknown = states?.find((state) => !(PROCESS_STATES as readonly string[]).includes(state));
  if (unknown !== undefined) throw new UsageError(`no such state: ${unknown}; there are ${PROCESS_STATES.join(', ')}`);
  const first = Number(textOf(values, 'first') ?? MOST);
  if (!Number.isInteger(first) || first < 1 || first > MOST) throw new UsageError(`--first must be 1 to ${MOST}`);
  const subsidiary = textOf(values, 'subsidiary')?.toUpperCase();
  return {
    first,
    ...(states && { states: states as ProcessState[] }),
    ...(subsidiary !== undefined && { subsidiary }),
    olderThanSeconds: toSeconds(textOf(values, 'older-than') ?? '0s'),
  };
}

function toSeconds(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (unit === undefined) throw new UsageError('--older-than must be a time such as 90s, 20m, 2h or 3d');
  return Number(count) * SECONDS[unit]!;
}

/** Goes into the journal, or into the customer's record of access. */
function reasonOf(values: Values, who: string): string {
  const reason = textOf(values, 'reason')?.trim() ?? '';
  if (reason === '' || reason.length > LONGEST_REASON) {
    throw new UsageError(`${who} --reason <why>, of at most ${LONGEST_REASON} characters`);
  }
  return reason;
}

function textOf(values: Values, name: Option): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
