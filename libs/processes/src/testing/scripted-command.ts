import { AppError, Refusal } from '#lib/kernel';
import type { Attempt, Command, Dedupe, Effect, PlainData } from '#lib/subsidiary-kit';

/** What the legacy system has been made to do, in order. */
export interface LedgerEntry {
  readonly key: string;
  readonly account: string;
  readonly value: string;
}

export type Turn = (input: WishInput, attempt: Attempt, command: ScriptedCommand) => Promise<Effect>;

export interface WishInput extends PlainData {
  readonly slot: string;
  readonly value: string;
  readonly note?: string;
}

const TITLE = { de: 'Vermerk', 'de-simple': 'Vermerk', en: 'Note' };
const HOUR_MS = 3_600_000;

/** A command over a legacy system whose every answer the test decides; what is not scripted goes well. */
export class ScriptedCommand implements Command<WishInput> {
  readonly ledger: LedgerEntry[] = [];
  readonly script: Turn[] = [];
  /** How often a try was begun, and how often an earlier one was asked for. */
  executed = 0;
  readBacks = 0;
  refusal: Refusal | null = null;
  readBackError: AppError | null = null;
  readonly title = TITLE;
  readonly attemptMs = 5_000;
  readonly deadlineMs = 4 * HOUR_MS;
  readonly system = 'ledger';
  readonly granted: string;
  /** As a test wishes. */
  grid = false;

  constructor(
    readonly kind: string,
    readonly dedupe: Dedupe,
  ) {
    if (dedupe === 'none') this.readBack = undefined;
    this.granted = `${kind.split('.')[0]}.notes`;
  }

  parse(input: unknown): WishInput {
    const { slot, value, note } = input as Partial<WishInput>;
    if (typeof slot !== 'string' || typeof value !== 'string') {
      throw new AppError('INVALID_INPUT', 'no wish', { path: 'value', reason: 'missing' });
    }
    return note === undefined ? { slot, value } : { slot, value, note };
  }

  naturalKey({ slot }: WishInput): string {
    return slot;
  }

  check(): Promise<Refusal | null> {
    return Promise.resolve(this.refusal);
  }

  execute(input: WishInput, attempt: Attempt): Promise<Effect> {
    this.executed += 1;
    return (this.script.shift() ?? answers)(input, attempt, this);
  }

  readBack?(input: WishInput, { key, account }: Omit<Attempt, 'intend'>): Promise<Effect | null> {
    this.readBacks += 1;
    if (this.readBackError !== null) return Promise.reject(this.readBackError);
    const found = this.ledger.find((entry) =>
      this.dedupe === 'key' ? entry.key === key : entry.account === account && entry.value === input.value,
    );
    return Promise.resolve(found === undefined ? null : { kind: 'done', result: { value: found.value, found: true } });
  }

  answer(input: WishInput, answer: string): WishInput {
    return { ...input, note: answer };
  }

  /** The effect itself; a system with keys takes each one once. */
  write(value: string, { key, account }: Attempt): void {
    if (this.dedupe === 'key' && this.ledger.some((entry) => entry.key === key)) return;
    this.ledger.push({ key, account, value });
  }
}

/** Everything goes well. */
export const answers: Turn = async ({ value }, attempt, command) => {
  await attempt.intend();
  command.write(value, attempt);
  return { kind: 'done', result: { value } };
};

/** The effect takes place, the answer is lost. */
export const losesAnswer: Turn = async ({ value }, attempt, command) => {
  await attempt.intend();
  command.write(value, attempt);
  throw new AppError('UPSTREAM_TIMEOUT', 'no answer', { system: 'ledger' });
};

/** Fails before or after the intent, without effect. */
export function fails(error: AppError, intended = false): Turn {
  return async (_input, attempt) => {
    if (intended) await attempt.intend();
    throw error;
  };
}

export function refuses(code: Refusal['code']): Turn {
  return async (_input, attempt) => {
    await attempt.intend();
    return { kind: 'refused', refusal: new Refusal(code, { subsidiaryMessage: 'So nicht.' }) };
  };
}

/** Asks until the note is there. */
export const asks: Turn = async (input, attempt, command) => {
  if (input.note !== undefined) return answers(input, attempt, command);
  await attempt.intend();
  const choices = [{ value: '7', label: 'Es stimmt.' }];
  const problems = [{ path: 'value', code: 'READING_IMPLAUSIBLE' as const, choices }];
  return { kind: 'question', refusal: new Refusal('READING_IMPLAUSIBLE', { problems }) };
};

/** Where an instance can be stopped. */
export type StopPlace = 'before intent' | 'after intent' | 'after effect';

/** A try that stands still at one place until it is released, like a process that was stopped; ends aborted ones. */
export function standsStill(place: StopPlace): { turn: Turn; reached: Promise<void>; release: () => void } {
  let reach: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const stop = async (here: StopPlace): Promise<void> => {
    if (here !== place) return;
    reach();
    await released;
  };
  const turn: Turn = async ({ value }, attempt, command) => {
    await stop('before intent');
    await attempt.intend();
    await stop('after intent');
    attempt.signal.throwIfAborted();
    command.write(value, attempt);
    await stop('after effect');
    return { kind: 'done', result: { value } };
  };
  return { turn, reached, release };
}
