import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, type CalendarDate, type Clock, type Refusal } from '#lib/kernel';
import type { Attempt, Command, CommandRequest } from '#lib/subsidiary-kit';
import { hasGaps } from '../model/gaps.js';
import { problemAt, refusalBy } from '../model/meters/objection.js';
import { shownNumber } from '../model/sap-number.js';
import {
  contractIn,
  contractNumberIn,
  type KnownContracts,
  type SupplyContract,
} from '../model/supply/supply-contract.js';
import { lastDayByWithdrawal, lastDayToWithdraw } from '../model/supply/withdrawal.js';
import { SAP } from '../operations.js';
import { scopeOf } from './attempt-scope.js';
import { ContractEnding, type EndEffect, type Ending, type EndResult } from './contract-ending.js';
import { judgeCurrent } from './judge-current.js';
import { objectAt, textAt } from './parse-input.js';

export type WithdrawalWish = { readonly contractId: string };

const LONGEST_ID = 400;

/** The customer withdraws from a contract (Widerruf) within its period. */
@Injectable()
export class WithdrawContract implements Command<WithdrawalWish, EndResult> {
  readonly kind = 'energy.withdraw-contract';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly title = { de: 'Vertrag widerrufen', 'de-simple': 'Vertrag widerrufen', en: 'Withdraw from the contract' };
  readonly attemptMs = 25_000;
  /** Two days: each further one is supplied in vain, so that an agent sees to it. */
  readonly deadlineMs = 2 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly ending: ContractEnding,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): WithdrawalWish {
    return { contractId: textAt(objectAt(input, '$'), 'contractId', 'contractId', LONGEST_ID) };
  }

  naturalKey({ contractId }: WithdrawalWish): string {
    const number = contractNumberIn(contractId);
    return number === undefined ? contractId.slice(0, 200) : shownNumber(number);
  }

  async check(wish: WithdrawalWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    if (contractNumberIn(wish.contractId) === undefined) {
      return refusalBy(problemAt('contractId', { code: 'NOT_YOURS' }));
    }
    const today = this.ending.today();
    return judgeCurrent(
      () => this.ending.contractsToCheck(account, scope),
      (known) => refusalOfWithdrawal(wish, known, today),
    );
  }

  /** @throws AppError FORBIDDEN before the intent where the system does not say when it was concluded: an agent looks */
  async execute(wish: WithdrawalWish, attempt: Attempt): Promise<EndEffect> {
    const known = await this.ending.contracts(attempt, scopeOf(attempt, this.clock));
    const refusal = refusalOfWithdrawal(wish, known, this.ending.receivedOn(attempt));
    if (refusal !== null) return { kind: 'refused', refusal };
    const contract = contractIn(wish.contractId, known);
    if (contract === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
    return this.ending.end(endingOf(wish, contract, this.ending.receivedOn(attempt)), attempt);
  }

  /** Whether the contract ends as wished. @throws AppError UPSTREAM_MALFORMED when it cannot be read */
  async readBack(wish: WithdrawalWish, attempt: Omit<Attempt, 'intend'>): Promise<EndEffect | null> {
    const known = await this.ending.contracts(attempt, scopeOf(attempt, this.clock));
    const contract = contractIn(wish.contractId, known);
    if (contract !== undefined) {
      return this.ending.found(endingOf(wish, contract, this.ending.receivedOn(attempt)));
    }
    if (hasGaps(known)) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
    return null;
  }
}

function endingOf({ contractId }: WithdrawalWish, contract: SupplyContract, receivedOn: CalendarDate): Ending {
  return { contract, contractId, lastDay: lastDayByWithdrawal(contract, receivedOn) };
}

function refusalOfWithdrawal(
  { contractId }: WithdrawalWish,
  known: KnownContracts,
  receivedOn: CalendarDate,
): Refusal | null {
  const contract = contractIn(contractId, known);
  if (contract === undefined) {
    return hasGaps(known) ? null : refusalBy(problemAt('contractId', { code: 'NOT_YOURS' }));
  }
  const { signedOn } = contract;
  const isOver = signedOn !== null && receivedOn > lastDayToWithdraw(signedOn);
  return refusalBy(problemAt('contractId', isOver ? { code: 'WITHDRAWAL_OVER' } : null));
}
