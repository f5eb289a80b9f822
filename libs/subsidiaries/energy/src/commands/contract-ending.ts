import { Inject, Injectable } from '@nestjs/common';
import { CustomerDirectory } from '#lib/customer';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  Refusal,
  type CalendarDate,
  type Clock,
  type Instant,
  type Reading,
  type RequestScope,
} from '#lib/kernel';
import type { Attempt, Effect } from '#lib/subsidiary-kit';
import { Upstream, type UpstreamCall } from '#lib/upstream';
import { SupplyBackend } from '../backend/supply/supply.backend.js';
import type { SupplyContract } from '../model/supply/supply-contract.js';
import { soonestLastDay } from '../model/supply/supply-dates.js';
import { ENERGY_KEY, SAP } from '../operations.js';
import { CAN_END, SUPPLY_CONTRACTS } from '../supply.operations.js';
import { scopeOf } from './attempt-scope.js';
import type { Asked } from './judge-known.js';

/** The contract and its last day of supply. */
export type EndResult = { readonly contractId: string; readonly until: CalendarDate };

export type EndEffect = Effect<EndResult>;

/** A contract to be ended. */
export interface Ending {
  readonly contract: SupplyContract;
  /** Global id for the result. */
  readonly contractId: string;
  /** Last day of supply, by the day on which the wish was received; null where a person must decide. */
  readonly lastDay: CalendarDate | null;
}

/** Ends contracts in SAP: what notices, withdrawals and public declarations have in common. */
@Injectable()
export class ContractEnding {
  constructor(
    private readonly backend: SupplyBackend,
    private readonly upstream: Upstream,
    private readonly customers: CustomerDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }

  /** The day on which a wish was received: periods run from here. */
  receivedOn({ acceptedAt }: { readonly acceptedAt?: Instant }): CalendarDate {
    return acceptedAt === undefined ? this.today() : berlinDate(acceptedAt);
  }

  /** The customer's contracts as SAP says now. */
  contracts({ account, epoch = 0 }: Asked, scope: RequestScope): Promise<Reading<readonly SupplyContract[]>> {
    const load = (call: UpstreamCall) => this.backend.listSupplyContracts(account, call);
    return this.upstream.read({ operation: SUPPLY_CONTRACTS, account, epoch, args: [], load }, scope);
  }

  /** The same for a check: a request that makes two wishes must not judge the second by what it read for the first. */
  async contractsToCheck(account: string, scope: RequestScope): Promise<Reading<readonly SupplyContract[]>> {
    const epoch = await this.customers.dataEpoch(ENERGY_KEY, account);
    return this.contracts({ account, epoch }, scope);
  }

  /**
   * Ends the contract once. Periods run from the acceptance, what the market still takes from today: an end that SAP was
   * down for is made up for on the next possible day.
   * @throws AppError FORBIDDEN before the intent where a person must decide
   */
  async end({ contract, contractId, lastDay }: Ending, attempt: Attempt): Promise<EndEffect> {
    const done = this.found({ contract, contractId, lastDay });
    if (done !== null) return done;
    if (lastDay === null) throw forAgent('a person decides on this end');
    const until = this.possibleDay(contract, lastDay);
    const { account, contractNumber } = contract;
    if (!(await this.canEnd(contract, attempt))) return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE') };
    const { signal } = attempt;
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.backend.end({ contract: contractNumber, until }, call),
    );
    if (written.kind === 'taken') return { kind: 'done', result: { contractId, until }, account };
    const { message } = written.refusal;
    return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage: message ?? undefined }) };
  }

  /** Whether the contract shows that it was ended as wished; null when it surely was not. */
  found({ contract, contractId, lastDay }: Ending): EndEffect | null {
    const { until, account } = contract;
    if (until === null || lastDay === null || until < lastDay) return null;
    if (until > this.possibleDay(contract, lastDay)) return null;
    return { kind: 'done', result: { contractId, until }, account };
  }

  /** A day that has meanwhile become too early gives way to the next possible one. */
  private possibleDay(contract: SupplyContract, lastDay: CalendarDate): CalendarDate {
    const soonest = soonestLastDay(contract, this.today());
    return soonest > lastDay ? soonest : lastDay;
  }

  private async canEnd({ contractNumber, account }: SupplyContract, attempt: Attempt): Promise<boolean> {
    const { value } = await this.upstream.read(
      {
        operation: CAN_END,
        account,
        args: [contractNumber],
        load: (call) => this.backend.canEnd(contractNumber, call),
      },
      scopeOf(attempt, this.clock),
    );
    return value;
  }
}

/** Before the intent: the process goes to an agent, who decides. */
export function forAgent(reason: string): AppError {
  return new AppError('FORBIDDEN', reason, { reason });
}
