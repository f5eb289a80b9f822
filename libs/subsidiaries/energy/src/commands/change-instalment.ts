import { Inject, Injectable } from '@nestjs/common';
import { CustomerDirectory } from '#lib/customer';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  parseDecimal,
  Refusal,
  type CalendarDate,
  type Clock,
  type DecimalText,
  type Reading,
  type RequestScope,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { EnergyBackend } from '../backend/energy.backend.js';
import type { SapRefusal } from '../backend/sap/write-answer.js';
import { hasGaps } from '../model/gaps.js';
import {
  amountOf,
  contractNumberOf,
  contractOf,
  isCarriedOut,
  refusalByPlans,
  refusalOfWish,
  type InstalmentWish,
  type PlannedContract,
} from '../model/billing/instalment-plan.js';
import { shownNumber } from '../model/sap-number.js';
import { asOfNow, ENERGY_KEY, INSTALMENT_PLANS, SAP } from '../operations.js';
import { scopeOf } from './attempt-scope.js';
import { judgeKnown, type Asked } from './judge-known.js';
import { dayAt, invalid, objectAt, textAt } from './parse-input.js';

/** The new amount and its first day. */
export type InstalmentResult = {
  readonly contractId: string;
  readonly amount: DecimalText;
  readonly from: CalendarDate;
};

type InstalmentEffect = Effect<InstalmentResult>;

const LONGEST_ID = 400;
/** Long enough for any mistyped amount: whether it is one is told by a refusal. */
const LONGEST_AMOUNT = 100;

/** The customer changes the amount of an instalment (Abschlag) from a day on. */
@Injectable()
export class ChangeInstalment implements Command<InstalmentWish, InstalmentResult> {
  readonly kind = 'energy.change-instalment';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly title = { de: 'Abschlag ändern', 'de-simple': 'Abschlag ändern', en: 'Change the instalment' };
  readonly attemptMs = 25_000;
  /** Three days: afterwards the first day of the new amount may have passed, and an agent decides. */
  readonly deadlineMs = 3 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly backend: EnergyBackend,
    private readonly upstream: Upstream,
    private readonly customers: CustomerDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): InstalmentWish {
    const fields = objectAt(input, '$');
    const seen = parseDecimal(textAt(fields, 'seen', 'seen', LONGEST_AMOUNT));
    if (seen === undefined) throw invalid('seen', 'must be the amount that was shown');
    return {
      contractId: textAt(fields, 'contractId', 'contractId', LONGEST_ID),
      amount: textAt(fields, 'amount', 'amount', LONGEST_AMOUNT),
      from: dayAt(fields, 'from', 'from'),
      seen,
    };
  }

  naturalKey(wish: InstalmentWish): string {
    const contract = contractNumberOf(wish);
    return `${contract === undefined ? wish.contractId.slice(0, 200) : shownNumber(contract)}/${wish.from}`;
  }

  async check(wish: InstalmentWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const refusal = refusalOfWish(wish, berlinDate(instantOf(this.clock.now())));
    if (refusal !== null) return refusal;
    // What is known from before the customer's last change is not known any more.
    const epoch = await this.customers.dataEpoch(ENERGY_KEY, account);
    const judgement = await judgeKnown(
      () => this.plans(INSTALMENT_PLANS, { account, epoch }, scope),
      () => this.plans(asOfNow(INSTALMENT_PLANS), { account, epoch }, scope),
      (known) => refusalByPlans(wish, known),
    );
    // The customer may have seen something newer than what is known here: only SAP itself can say that it has changed.
    const isOutdated = judgement.refusal?.code === 'CHANGED_MEANWHILE' && !judgement.isCurrent;
    return isOutdated ? null : judgement.refusal;
  }

  async execute(wish: InstalmentWish, attempt: Attempt): Promise<InstalmentEffect> {
    const { account, signal } = attempt;
    const known = await this.plans(asOfNow(INSTALMENT_PLANS), attempt, scopeOf(attempt, this.clock));
    const refusal = refusalByPlans(wish, known);
    if (refusal !== null) return { kind: 'refused', refusal };
    const contract = contractOf(wish, known);
    const amount = amountOf(wish);
    if (!contract?.plan || amount === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a plan is unreadable');
    const { contractNumber, plan } = contract;
    if (isCarriedOut(wish, plan)) return doneWith(wish);
    const { planNumber, etag } = plan;
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.backend.changeInstalment(
        { contract: contractNumber, plan: planNumber, amount, from: wish.from, etag },
        call,
      ),
    );
    return written.kind === 'taken' ? doneWith(wish) : this.afterRefusal(wish, attempt, written.refusal);
  }

  /** Whether the plan has the wished amount. @throws AppError UPSTREAM_MALFORMED when the plan cannot be read */
  async readBack(wish: InstalmentWish, attempt: Omit<Attempt, 'intend'>): Promise<InstalmentEffect | null> {
    const known = await this.plans(asOfNow(INSTALMENT_PLANS), attempt, scopeOf(attempt, this.clock));
    const contract = contractOf(wish, known);
    if (contract === undefined && hasGaps(known)) {
      throw new AppError('UPSTREAM_MALFORMED', 'a plan is unreadable');
    }
    return contract?.plan && isCarriedOut(wish, contract.plan) ? doneWith(wish) : null;
  }

  /** The version may have changed by an attempt of ours whose answer was lost. */
  private async afterRefusal(
    wish: InstalmentWish,
    attempt: Attempt,
    { message, isOutdated }: SapRefusal,
  ): Promise<InstalmentEffect> {
    if (!isOutdated) {
      return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage: message ?? undefined }) };
    }
    const stored = await this.readBack(wish, attempt);
    return stored ?? { kind: 'refused', refusal: new Refusal('CHANGED_MEANWHILE') };
  }

  private plans(
    operation: ReadOperation,
    { account, epoch = 0 }: Asked,
    scope: RequestScope,
  ): Promise<Reading<readonly PlannedContract[]>> {
    return this.upstream.read(
      { operation, account, epoch, args: [], load: (call) => this.backend.listPlans(account, call) },
      scope,
    );
  }
}

function doneWith(wish: InstalmentWish): InstalmentEffect {
  return { kind: 'done', result: { contractId: wish.contractId, amount: amountOf(wish)!, from: wish.from } };
}
