import { COMMAND_KINDS, DEDUPES, type CommandKind, type Wish } from '../wishes/wish.js';

/** What the house said of a wish in the end; REFUSED_AT_ONCE: nothing was ever accepted. */
export type EndState =
  | 'ACCEPTED'
  | 'RUNNING'
  | 'NEEDS_CUSTOMER'
  | 'WITH_AGENT'
  | 'UNCERTAIN'
  | 'DONE'
  | 'REFUSED'
  | 'CANCELLED'
  | 'REFUSED_AT_ONCE';

/** A wish, and what the house made of it. */
export interface Promised {
  readonly wish: Pick<Wish, 'key' | 'kind' | 'effects'>;
  /** Every process that an answer to this wish has named; one, if all is well. */
  readonly processes: readonly string[];
  /** Null: the house never answered, or does not know the process any more. */
  readonly state: EndState | null;
}

/**
 * - lost: accepted, and neither the effect nor an honest state is there;
 * - doubled: in the books more than once;
 * - contradicted: in the books although the customer was told that it was not carried out;
 * - half: some of its effects, though they belong together;
 * - unanswered, unfinished: no word, or no end, within the time of the run;
 * - several: one key became more than one process;
 * - needless: given up as uncertain although it could have been found out;
 * - stray: in the books without any wish.
 */
export const VIOLATIONS = [
  'lost',
  'doubled',
  'contradicted',
  'half',
  'unanswered',
  'unfinished',
  'several',
  'needless',
  'stray',
] as const;

export type ViolationKind = (typeof VIOLATIONS)[number];

export interface Violation {
  readonly violation: ViolationKind;
  /** Key of the wish, or the stray entry. */
  readonly of: string;
  readonly kind: CommandKind | null;
}

/** What became of the wishes of one kind. */
export interface Tally {
  readonly kind: CommandKind;
  readonly submitted: number;
  readonly done: number;
  readonly refused: number;
  /** Given up as uncertain; of them, those that are in the books. */
  readonly uncertain: number;
  readonly uncertainBooked: number;
  /** With an agent, or waiting for the customer. */
  readonly withPeople: number;
}

export interface Comparison {
  readonly tallies: readonly Tally[];
  readonly violations: readonly Violation[];
}

/** Compares what the house says of its processes with what the legacy systems have booked, how often by effect. */
export function compare(promised: readonly Promised[], booked: ReadonlyMap<string, number>): Comparison {
  const known = new Set(promised.flatMap(({ wish }) => wish.effects));
  const strays = [...booked.keys()].filter((effect) => !known.has(effect));
  return {
    tallies: COMMAND_KINDS.map((kind) =>
      tally(
        kind,
        promised.filter(({ wish }) => wish.kind === kind),
        booked,
      ),
    ),
    violations: [
      ...promised.flatMap((each) =>
        violationsOf(each, booked).map((violation) => ({ violation, of: each.wish.key, kind: each.wish.kind })),
      ),
      ...strays.map((of) => ({ violation: 'stray' as const, of, kind: null })),
    ],
  };
}

function violationsOf(
  { wish, processes, state }: Promised,
  booked: ReadonlyMap<string, number>,
): readonly ViolationKind[] {
  const times = wish.effects.map((effect) => booked.get(effect) ?? 0);
  const most = Math.max(...times);
  const least = Math.min(...times);
  const found: ViolationKind[] = [];
  if (new Set(processes).size > 1) found.push('several');
  if (most > 1) found.push('doubled');
  if (most > 0 && least === 0) found.push('half');
  switch (state) {
    case 'DONE':
      if (most === 0) found.push('lost');
      break;
    case 'REFUSED':
    case 'REFUSED_AT_ONCE':
    case 'CANCELLED':
    case 'NEEDS_CUSTOMER':
      if (most > 0) found.push('contradicted');
      break;
    case 'ACCEPTED':
    case 'RUNNING':
      found.push('unfinished');
      break;
    case 'UNCERTAIN':
      if (DEDUPES[wish.kind] !== 'none') found.push('needless');
      break;
    case 'WITH_AGENT':
      break;
    case null:
      found.push(processes.length > 0 ? 'lost' : 'unanswered');
  }
  return found;
}

function tally(kind: CommandKind, promised: readonly Promised[], booked: ReadonlyMap<string, number>): Tally {
  const inStates = (...states: EndState[]): readonly Promised[] =>
    promised.filter(({ state }) => state !== null && states.includes(state));
  const uncertain = inStates('UNCERTAIN');
  return {
    kind,
    submitted: promised.length,
    done: inStates('DONE').length,
    refused: inStates('REFUSED', 'REFUSED_AT_ONCE', 'CANCELLED').length,
    uncertain: uncertain.length,
    uncertainBooked: uncertain.filter(({ wish }) => wish.effects.some((effect) => booked.has(effect))).length,
    withPeople: inStates('WITH_AGENT', 'NEEDS_CUSTOMER').length,
  };
}
