import type { Instant, Language, Refusal, RequestScope } from '#lib/kernel';

/**
 * How a second effect of one wish is avoided:
 * - key: the legacy system takes a key of ours and refuses doubles;
 * - naturalKey: the effect can be found again by what it is about (a reading for this register and day);
 * - none: nobody can tell afterwards (a deposit at the till); then an attempt without an answer is never repeated.
 */
export type Dedupe = 'key' | 'naturalKey' | 'none';

/** Plain data, as it is kept in the journal. */
export type PlainData = Readonly<Record<string, unknown>>;

/** Whose wish it is, while it is being checked on the request's own path. */
export interface CommandRequest {
  /** The customer's number in the subsidiary. */
  readonly account: string;
  readonly scope: RequestScope;
}

/** One try to carry a command out, by whichever instance holds it. */
export interface Attempt {
  /** The customer's number in the subsidiary. */
  readonly account: string;
  /** Stable over all attempts of this command; what commands with dedupe `key` hand to the legacy system. */
  readonly key: string;
  /** 1 for the first. */
  readonly number: number;
  /** When the wish was accepted: periods run from here, however late it is carried out. */
  readonly acceptedAt?: Instant;
  /** Aborted at the attempt's deadline and when the instance stops. */
  readonly signal: AbortSignal;
  /**
   * Writes the intent down. Called exactly once, right before the one legacy call that has the effect: what fails before
   * it has surely had none, what fails after it is in doubt unless the error says `unsent`.
   * @throws AppError CONFLICT when another instance has taken the command over: then nothing may be sent any more
   */
  intend(): Promise<void>;
}

/** What the legacy system made of an attempt. */
export type Effect<R extends PlainData = PlainData> =
  | {
      readonly kind: 'done';
      readonly result: R;
      /** Whose data were changed, where only the attempt has found that out: what was read of them before is outdated. */
      readonly account?: string;
    }
  /** It will not be carried out; the customer reads why. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The customer must decide something first; `refusal.problems[].choices` are the possible answers. */
  | { readonly kind: 'question'; readonly refusal: Refusal };

/** One durable command of a subsidiary; reads like a recipe, one file each. A provider of the subsidiary's module. */
export interface Command<I extends PlainData = PlainData, R extends PlainData = PlainData> {
  /** Kept in journals for years, e.g. `energy.submit-readings`; never changed. */
  readonly kind: string;
  readonly dedupe: Dedupe;
  /**
   * Name of the legacy system that has the effect, as given to `Upstream.write`. While its breaker is open nobody waits
   * for an outcome; without the name they wait in vain.
   */
  readonly system?: string;
  /**
   * Whether input and outcome hold data of the network operator, such as a last reading: then they never reach a sales
   * role or another company (§ 6a EnWG), and a partner only by `<granted>:read`.
   */
  readonly grid?: boolean;
  /**
   * What customers grant to partners for it, `<subsidiary in lower case>.<thing>`: with `:write` a partner submits it,
   * with `:read` it sees what became of it. Without the name no partner can do either.
   */
  readonly granted?: string;
  /**
   * Set for a declaration that anyone may make without signing in (§§ 312k, 356a BGB). Whose contract it is about is
   * found out by the attempt, whose `account` says nothing. What it comes to is told to nobody by mail: that would
   * disclose who has a contract.
   */
  readonly isPublic?: boolean;
  /** For a public declaration: what was declared, line by line, as it stands in the confirmation (text form, § 126b BGB). */
  statement?(input: I, language: Language): readonly string[];
  /** What people read on the receipt. */
  readonly title: Readonly<Record<Language, string>>;
  /** Time for one attempt, in milliseconds. */
  readonly attemptMs: number;
  /** After so long without an outcome the command goes to an agent, in milliseconds. */
  readonly deadlineMs: number;
  /** Input from a client or a journal. @throws AppError INVALID_INPUT with path and reason */
  parse(input: unknown): I;
  /** For `naturalKey`: what makes two wishes of one account the same, e.g. register and day. */
  naturalKey?(input: I): string;
  /**
   * What can be checked at once. Rules that need the legacy system are applied with what is known: a system that is down
   * or slow is no reason to refuse. @returns null when it may be accepted
   */
  check(input: I, request: CommandRequest): Promise<Refusal | null>;
  /** Carries it out: reads what it needs, calls `attempt.intend()`, makes the one legacy call, reads its answer. */
  execute(input: I, attempt: Attempt): Promise<Effect<R>>;
  /**
   * For `key` and `naturalKey`: whether an earlier attempt that got no answer had its effect; null when surely not.
   * @throws AppError UPSTREAM_* when nobody can say: it is asked again later
   */
  readBack?(input: I, attempt: Omit<Attempt, 'intend'>): Promise<Effect<R> | null>;
  /** The input with the customer's answer to a question; `answer` is a `Choice.value` that was offered. */
  answer?(input: I, answer: string): I;
}
