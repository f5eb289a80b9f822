import { Inject, Injectable } from '@nestjs/common';
import { readInput } from '#lib/formats';
import {
  AppError,
  CLOCK,
  parseGlobalId,
  Refusal,
  RequestScope,
  toGlobalId,
  type Clock,
  type Principal,
  type Problem,
  type Reading,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream } from '#lib/upstream';
import { PoolsBackend } from '../backend/pools.backend.js';
import { amountOf, findAmountProblem, writeAmount } from '../model/top-up.js';
import type { ValueCard } from '../model/value-card.js';
import { POOLS_KEY, TOP_UP_CARDS } from '../operations.js';

/** `cardId` is the id of a `ValueCard`, `amount` euros as decimal text. */
export type TopUpInput = { readonly cardId: string; readonly amount: string };

/** The id of the `ValueCard`, and balances in euros around the deposit; null where the till booked it without saying. */
export type TopUpResult = {
  readonly cardId: string;
  readonly amount: string;
  readonly oldBalance: string | null;
  readonly newBalance: string | null;
};

const MINUTE_MS = 60_000;

/**
 * Puts money on a value card. The till has no key and no list of bookings, and others book on the same account, so
 * nobody can tell afterwards whether a deposit without an answer was booked: it is never sent again.
 */
@Injectable()
export class TopUpCard implements Command<TopUpInput, TopUpResult> {
  readonly kind = 'pools.top-up-card';
  readonly dedupe = 'none';
  readonly system = TOP_UP_CARDS.system;
  readonly title = { de: 'Geldwertkarte aufladen', 'de-simple': 'Geld auf die Karte laden', en: 'Top up value card' };
  readonly attemptMs = 15_000;
  readonly deadlineMs = 240 * MINUTE_MS;

  constructor(
    private readonly backend: PoolsBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): TopUpInput {
    return readInput(input, (wire) => ({
      cardId: wire.text('cardId', 400),
      amount: writeAmount(wire.textOrEmpty('amount', 40)),
    }));
  }

  async check(input: TopUpInput, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const refusal = this.refusalOf(input, account);
    if (refusal !== null) return refusal;
    const cards = await this.findCards(account, scope);
    if (cards === null || cards.omissions.length > 0) return null;
    return refuseCard(cards.value, input, mayRead(scope.principal));
  }

  async execute(input: TopUpInput, attempt: Attempt): Promise<Effect<TopUpResult>> {
    const { account, signal } = attempt;
    const refusal = this.refusalOf(input, account);
    if (refusal !== null) return { kind: 'refused', refusal };
    // Also finds out whether the till answers at all, while nothing is in doubt yet.
    const cards = await this.readCards(account, this.scopeOf(attempt));
    if (cards.omissions.length > 0) throw new AppError('UPSTREAM_MALFORMED', 'a card of the client is unreadable');
    const wrongCard = refuseCard(cards.value, input, false);
    if (wrongCard !== null) return { kind: 'refused', refusal: wrongCard };
    const amount = amountOf(input.amount);
    await attempt.intend();
    const target = { subsidiary: POOLS_KEY, system: this.system, account, signal };
    const outcome = await this.upstream.write(target, (call) => this.backend.deposit(account, amount, call));
    if (outcome.kind === 'refused') return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE') };
    return { kind: 'done', result: { cardId: input.cardId, amount, ...outcome.balances } };
  }

  /** What can be said without the till. The id of a card begins with its account, so a stranger's is known by itself. */
  private refusalOf({ cardId, amount }: TopUpInput, account: string): Refusal | null {
    const id = parseGlobalId(cardId);
    if (id?.type !== 'ValueCard' || !id.key.startsWith(`${account}-`)) return refusedCard('NOT_YOURS');
    const problem = findAmountProblem(amount, 'amount');
    if (problem !== null) return new Refusal(problem.code, { problems: [problem] });
    return this.backend.takesDeposits ? null : new Refusal('NOT_POSSIBLE');
  }

  /** Null when the till cannot be asked: no reason to refuse. */
  private async findCards(account: string, scope: RequestScope): Promise<Reading<readonly ValueCard[]> | null> {
    try {
      return await this.readCards(account, scope);
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('UPSTREAM_')) return null;
      throw error;
    }
  }

  private readCards(account: string, scope: RequestScope): Promise<Reading<readonly ValueCard[]>> {
    const load = { operation: TOP_UP_CARDS, account, args: [] };
    return this.upstream.read({ ...load, load: (call) => this.backend.listCards(account, call) }, scope);
  }

  private scopeOf({ signal }: Attempt): RequestScope {
    const until = this.clock.now() + TOP_UP_CARDS.deadlineMs;
    return new RequestScope({ kind: 'subsidiary', subsidiary: POOLS_KEY }, 'de', until, signal);
  }
}

/**
 * The till takes money for a client and puts it on the first card it lists. Another card of theirs is refused, since the
 * money would not show on the card that was chosen.
 * @param mayName whether the caller may see which cards there are
 */
function refuseCard(cards: readonly ValueCard[], { cardId }: TopUpInput, mayName: boolean): Refusal | null {
  const place = cards.findIndex(({ key }) => toGlobalId('ValueCard', key) === cardId);
  if (place === 0) return null;
  return refusedCard(place < 0 ? 'NOT_YOURS' : 'NOT_POSSIBLE', mayName ? cards.slice(0, 1) : []);
}

/** Which cards someone has is shown to themself and at the pools' own counters. */
function mayRead(principal: Principal): boolean {
  return principal.kind === 'customer' || (principal.kind === 'agent' && principal.subsidiary === POOLS_KEY);
}

function refusedCard(code: 'NOT_YOURS' | 'NOT_POSSIBLE', instead: readonly ValueCard[] = []): Refusal {
  const choices = instead.map(({ key, maskedNumber }) => ({
    value: toGlobalId('ValueCard', key),
    label: maskedNumber,
  }));
  const problem: Problem = { path: 'cardId', code, ...(choices.length > 0 && { choices }) };
  return new Refusal(code, { problems: [problem] });
}
