import { AppError, epochOf, type Clock } from '#lib/kernel';
import type { Command, PlainData } from '#lib/subsidiary-kit';
import type { JournalData } from '../journal/journal-event.js';
import { fromJson } from '../tables/stored-json.js';
import { LeasedAttempt } from './attempt.js';
import { backoff } from './backoff.js';
import type { CommandRegistry } from './command-registry.js';
import type { Lease } from './lease.js';
import type { Outcome } from './outcome.js';
import { passStep, type ProcessStep } from './steps.js';
import { canBeClarified, decideRetry, isOutage } from './retry-decision.js';

/** Tries of one step that may fail for reasons that do not pass by themselves. */
const MOST_TRIES = 20;

/** One process in the hands of this instance. */
export interface Run {
  readonly lease: Lease;
  /** The attempt under way, to be ended when the instance stops or the lease is lost. */
  attempt: LeasedAttempt | null;
  /** Whether the instance stops: then another one goes on at once. */
  stopping: boolean;
}

/** What became of a step, and facts for the journal. */
export interface Ended {
  readonly outcome: Outcome;
  readonly data?: JournalData;
}

/** Carries out the current step of one process: reads back what is in doubt, then executes, within time and tries. */
export class StepRun {
  private readonly command: Command;

  constructor(
    private readonly run: Run,
    registry: CommandRegistry,
    private readonly clock: Clock,
  ) {
    this.command = registry.getCommand(run.lease.claimed.step.kind).command;
  }

  async carryOut(): Promise<Ended> {
    const { inDoubtMs, step } = this.run.lease.claimed;
    let input: PlainData;
    try {
      input = this.command.parse(fromJson(step.inputJson));
    } catch {
      return { outcome: { kind: 'with-agent', reason: 'INPUT_UNREADABLE', inDoubt: inDoubtMs !== null } };
    }
    const clarified = inDoubtMs === null ? null : await this.clarify(input, inDoubtMs);
    return clarified ?? this.execute(input);
  }

  /**
   * An earlier attempt was sent and got no answer.
   * @returns what became of it; null when the command may be executed again
   */
  private async clarify(input: PlainData, inDoubtMs: number): Promise<Ended | null> {
    const { command } = this;
    if (!canBeClarified(command)) return { outcome: { kind: 'uncertain', reason: 'NO_ANSWER' } };
    // With a key of ours the system itself refuses the double.
    if (command.readBack === undefined) return null;
    const attempt = this.begin();
    const data = { readBack: true };
    try {
      this.pass('reading-back');
      const outcome = await attempt.within(command.attemptMs, async () => command.readBack!(input, attempt));
      this.pass('read-back');
      if (outcome !== null) return { outcome, data };
    } catch (error) {
      const outcome = this.again({ counted: !isOutage(error), inDoubt: true, error });
      return { outcome, data: { ...data, ...factsOf(error) } };
    }
    // The request of an owner that is gone may still be on its way: "not there" counts once it must have arrived.
    const early = command.attemptMs - inDoubtMs;
    if (command.dedupe === 'key' || early <= 0) return null;
    const dueAt = this.clock.now() + Math.ceil(early);
    return { outcome: this.limit(true) ?? { kind: 'retry', dueAt, inDoubt: true, counted: false }, data };
  }

  private async execute(input: PlainData): Promise<Ended> {
    const { command } = this;
    // Without a readBack an earlier intent stays unanswered until the system has spoken.
    const inDoubt = this.run.lease.claimed.inDoubtMs !== null && command.readBack === undefined;
    const over = this.limit(inDoubt);
    if (over !== null) return { outcome: over };
    const attempt = this.begin();
    try {
      this.pass('executing');
      const outcome = await attempt.within(command.attemptMs, async () => command.execute(input, attempt));
      this.pass('answered');
      return { outcome };
    } catch (error) {
      const decision = decideRetry(error, attempt.intended, command);
      const data = factsOf(error);
      if (decision.kind === 'with-agent') return { outcome: { kind: 'with-agent', reason: 'ERROR', inDoubt }, data };
      if (decision.kind === 'uncertain') return { outcome: { kind: 'uncertain', reason: 'NO_ANSWER' }, data };
      const { counted } = decision;
      return { outcome: this.again({ counted, inDoubt: inDoubt || decision.inDoubt, error }), data };
    }
  }

  private pass(step: ProcessStep): void {
    const { processId, step: current } = this.run.lease.claimed;
    passStep(step, processId, current.kind);
  }

  private begin(): LeasedAttempt {
    const attempt = new LeasedAttempt(this.run.lease, this.clock);
    this.run.attempt = attempt;
    if (this.run.stopping) attempt.end(stopped());
    return attempt;
  }

  /**
   * Another try, unless time or tries are spent: no sooner than the system or its breaker asked for, and at once
   * elsewhere when this instance stops.
   */
  private again({ counted, inDoubt, error }: { counted: boolean; inDoubt: boolean; error: unknown }): Outcome {
    const { stopping, lease } = this.run;
    const over = this.limit(inDoubt, counted);
    if (over !== null) return over;
    const seconds = error instanceof AppError ? (error.details.retryAfterSeconds ?? 0) : 0;
    const pause = stopping ? 0 : backoff(lease.claimed.failures + 1, seconds);
    return { kind: 'retry', dueAt: this.clock.now() + pause, inDoubt, counted };
  }

  private limit(inDoubt: boolean, counted = false): Outcome | null {
    const { deadline, spent } = this.run.lease.claimed;
    if (this.clock.now() >= epochOf(deadline)) return { kind: 'with-agent', reason: 'DEADLINE', inDoubt };
    if (spent + (counted ? 1 : 0) >= MOST_TRIES) return { kind: 'with-agent', reason: 'TRIES_SPENT', inDoubt };
    return null;
  }
}

/** Why an attempt ends when its instance does. */
export function stopped(): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', 'the instance stops');
}

/** What the journal keeps of an error: codes of the house and of the system, no texts. */
function factsOf(error: unknown): JournalData {
  if (!(error instanceof AppError)) return { error: 'INTERNAL' };
  const { system, upstreamCode, unsent } = error.details;
  return { error: error.code, system, upstreamCode, unsent };
}
