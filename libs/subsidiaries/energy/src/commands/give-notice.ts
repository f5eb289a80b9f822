import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, type Clock, type Refusal } from '#lib/kernel';
import type { Attempt, Command, CommandRequest } from '#lib/subsidiary-kit';
import { hasGaps } from '../model/gaps.js';
import {
  endByNotice,
  NOTICE_KINDS,
  refusalByContract,
  refusalOfNotice,
  type NoticeKind,
  type NoticeWish,
} from '../model/supply/notice.js';
import { shownNumber } from '../model/sap-number.js';
import { contractIn, contractNumberIn, type SupplyContract } from '../model/supply/supply-contract.js';
import { SAP } from '../operations.js';
import { ContractEnding, type EndEffect, type Ending, type EndResult } from './contract-ending.js';
import { scopeOf } from './attempt-scope.js';
import { judgeCurrent } from './judge-current.js';
import { invalid, objectAt, optionalDayAt, optionalTextAt, textAt } from './parse-input.js';

const LONGEST_ID = 400;
const LONGEST_REASON = 500;

/** The customer gives notice (Kündigung), also because of moving out. */
@Injectable()
export class GiveNotice implements Command<NoticeWish, EndResult> {
  readonly kind = 'energy.give-notice';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly title = { de: 'Vertrag kündigen', 'de-simple': 'Vertrag kündigen', en: 'Cancel the contract' };
  readonly attemptMs = 25_000;
  /** Two days: afterwards an agent sees to it that no period is missed. */
  readonly deadlineMs = 2 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly ending: ContractEnding,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): NoticeWish {
    const fields = objectAt(input, '$');
    return {
      contractId: textAt(fields, 'contractId', 'contractId', LONGEST_ID),
      kind: noticeKindAt(fields, 'kind', 'kind'),
      reason: optionalTextAt(fields, 'reason', 'reason', LONGEST_REASON),
      until: optionalDayAt(fields, 'until', 'until'),
    };
  }

  naturalKey({ contractId }: NoticeWish): string {
    const number = contractNumberIn(contractId);
    return number === undefined ? contractId.slice(0, 200) : shownNumber(number);
  }

  async check(wish: NoticeWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const today = this.ending.today();
    const refusal = refusalOfNotice(wish, today);
    if (refusal?.code === 'NOT_YOURS') return refusal;
    // Whose contract it is comes first: nothing else is said about another's.
    const judged = await judgeCurrent(
      () => this.ending.contractsToCheck(account, scope),
      (known) => refusalByContract(wish, known, today),
    );
    return judged ?? refusal;
  }

  async execute(wish: NoticeWish, attempt: Attempt): Promise<EndEffect> {
    const known = await this.ending.contracts(attempt, scopeOf(attempt, this.clock));
    const refusal = refusalByContract(wish, known, this.ending.receivedOn(attempt));
    if (refusal !== null) return { kind: 'refused', refusal };
    const contract = contractIn(wish.contractId, known);
    if (contract === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
    return this.ending.end(this.endingOf(wish, contract, attempt), attempt);
  }

  /** Whether the contract ends as wished. @throws AppError UPSTREAM_MALFORMED when it cannot be read */
  async readBack(wish: NoticeWish, attempt: Omit<Attempt, 'intend'>): Promise<EndEffect | null> {
    const known = await this.ending.contracts(attempt, scopeOf(attempt, this.clock));
    const contract = contractIn(wish.contractId, known);
    if (contract !== undefined) return this.ending.found(this.endingOf(wish, contract, attempt));
    if (hasGaps(known)) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
    return null;
  }

  private endingOf(wish: NoticeWish, contract: SupplyContract, attempt: Pick<Attempt, 'acceptedAt'>): Ending {
    const lastDay = endByNotice(wish, contract, this.ending.receivedOn(attempt));
    return { contract, contractId: wish.contractId, lastDay };
  }
}

/** @throws AppError INVALID_INPUT with the path */
export function noticeKindAt(fields: Readonly<Record<string, unknown>>, name: string, path: string): NoticeKind {
  const text = textAt(fields, name, path, 40);
  const kind = NOTICE_KINDS.find((each) => each === text);
  if (kind === undefined) throw invalid(path, `must be one of ${NOTICE_KINDS.join(', ')}`);
  return kind;
}
