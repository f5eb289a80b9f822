import { Inject, Injectable } from '@nestjs/common';
import { malformed, readInput } from '#lib/formats';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  parseGlobalId,
  Refusal,
  RequestScope,
  type CalendarDate,
  type Clock,
  type Problem,
  type Reading,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream } from '#lib/upstream';
import { ShopBackend } from '../backend/shop.backend.js';
import { findPauseProblem, isMonth, isSamePause, pauseOf, type PausableSubscription } from '../model/pause.js';
import { PAUSABLE, TRANSIT_KEY } from '../operations.js';
import { mayRead, notRunning, notYours, refusedByShop } from './pause-refusals.js';

/** `subscriptionId` is the id of a `FareSubscription`, `from` a month `YYYY-MM`, `months` how many rest. */
export type PauseInput = { readonly subscriptionId: string; readonly from: string; readonly months: number };

/** The days that rest, the last one included, and the id of the `FareSubscription`. */
export type PauseResult = {
  readonly subscriptionId: string;
  readonly from: CalendarDate;
  readonly until: CalendarDate;
};

type Subscriptions = Reading<readonly PausableSubscription[]>;

const MINUTE_MS = 60_000;

/** Lets a fare subscription rest for whole months. The shop takes our key and does not pause twice under the same. */
@Injectable()
export class PauseSubscription implements Command<PauseInput, PauseResult> {
  readonly kind = 'transit.pause-subscription';
  readonly dedupe = 'key';
  readonly system = PAUSABLE.system;
  readonly title = { de: 'Abo pausieren', 'de-simple': 'Das Abo macht eine Pause', en: 'Pause subscription' };
  readonly attemptMs = 15_000;
  /** Well within the day for which the shop keeps a key. */
  readonly deadlineMs = 720 * MINUTE_MS;

  constructor(
    private readonly shop: ShopBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): PauseInput {
    return readInput(input, (wire) => {
      const from = wire.text('from', 10);
      if (!isMonth(from)) throw malformed(wire.at('from'), 'is not a month YYYY-MM');
      return { subscriptionId: wire.text('subscriptionId', 400), from, months: wire.integer('months') };
    });
  }

  async check(input: PauseInput, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const refusal = this.refusalOf(input);
    if (refusal !== null) return refusal;
    const subscriptions = await this.findSubscriptions(account, scope);
    if (subscriptions === null) return null;
    const found = findIn(subscriptions.value, input);
    if (found !== undefined) return notRunning(found, pauseOf(input));
    return subscriptions.omissions.length > 0 ? null : notYours(mayRead(scope.principal) ? subscriptions.value : []);
  }

  async execute(input: PauseInput, attempt: Attempt): Promise<Effect<PauseResult>> {
    const pause = pauseOf(input);
    // The shop does not check whose subscription it is, so nothing is sent before it has told us.
    const found = await this.getOwn(input, attempt);
    if (found === undefined) return { kind: 'refused', refusal: notYours([]) };
    if (isSamePause(found.pause, pause)) return doneWith(input, pause);
    // Days may have passed since it was accepted.
    const refusal = this.refusalOf(input) ?? notRunning(found, pause);
    if (refusal !== null) return { kind: 'refused', refusal };
    const { account, key, signal } = attempt;
    await attempt.intend();
    const outcome = await this.upstream.write(
      { subsidiary: TRANSIT_KEY, system: this.system, account, signal },
      (call) => this.shop.pauseSubscription({ number: found.number, pause, key }, call),
    );
    return outcome.kind === 'paused'
      ? doneWith(input, pause)
      : { kind: 'refused', refusal: refusedByShop(outcome, this.today()) };
  }

  async readBack(input: PauseInput, attempt: Omit<Attempt, 'intend'>): Promise<Effect<PauseResult> | null> {
    const pause = pauseOf(input);
    const found = await this.getOwn(input, attempt);
    return isSamePause(found?.pause ?? null, pause) ? doneWith(input, pause) : null;
  }

  /** What can be said without the shop. */
  private refusalOf(input: PauseInput): Refusal | null {
    if (parseGlobalId(input.subscriptionId)?.type !== 'FareSubscription') return notYours([]);
    const problem: Problem | null = findPauseProblem(input, this.today());
    return problem && new Refusal(problem.code, { problems: [problem] });
  }

  /** Undefined when it surely is not the account's. @throws AppError UPSTREAM_* when nobody can say */
  private async getOwn(
    input: PauseInput,
    { account, signal }: Omit<Attempt, 'intend'>,
  ): Promise<PausableSubscription | undefined> {
    const until = this.clock.now() + PAUSABLE.deadlineMs;
    const scope = new RequestScope({ kind: 'subsidiary', subsidiary: TRANSIT_KEY }, 'de', until, signal);
    const { value, omissions } = await this.readSubscriptions(account, scope);
    const found = findIn(value, input);
    if (found === undefined && omissions.length > 0) {
      throw new AppError('UPSTREAM_MALFORMED', 'a subscription of the customer is unreadable');
    }
    return found;
  }

  /** Null when the shop cannot be asked: no reason to refuse. */
  private async findSubscriptions(account: string, scope: RequestScope): Promise<Subscriptions | null> {
    try {
      return await this.readSubscriptions(account, scope);
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('UPSTREAM_')) return null;
      throw error;
    }
  }

  private readSubscriptions(account: string, scope: RequestScope): Promise<Subscriptions> {
    const load = { operation: PAUSABLE, account, args: [] };
    return this.upstream.read({ ...load, load: (call) => this.shop.listPausable(account, call) }, scope);
  }

  private today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }
}

function doneWith({ subscriptionId }: PauseInput, { from, until }: ReturnType<typeof pauseOf>): Effect<PauseResult> {
  return { kind: 'done', result: { subscriptionId, from, until } };
}

function findIn(subscriptions: readonly PausableSubscription[], { subscriptionId }: PauseInput) {
  const id = parseGlobalId(subscriptionId);
  return subscriptions.find(({ number }) => id?.type === 'FareSubscription' && id.key === number);
}
