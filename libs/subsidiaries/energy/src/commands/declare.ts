import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, toGlobalId, type CalendarDate, type Clock, type Language, type Refusal } from '#lib/kernel';
import type { Attempt, Command } from '#lib/subsidiary-kit';
import { Upstream } from '#lib/upstream';
import { SupplyBackend } from '../backend/supply/supply.backend.js';
import {
  bearsName,
  cancellationStatement,
  typedContractNumber,
  withdrawalStatement,
  type Cancellation,
  type Declarant,
} from '../model/supply/declaration.js';
import { endByNotice } from '../model/supply/notice.js';
import { lastDayByWithdrawal } from '../model/supply/withdrawal.js';
import { problemAt, refusalBy } from '../model/meters/objection.js';
import type { SupplyContract } from '../model/supply/supply-contract.js';
import { SAP } from '../operations.js';
import { ANY_CONTRACT } from '../supply.operations.js';
import { scopeOf } from './attempt-scope.js';
import { ContractEnding, forAgent, type EndEffect, type Ending, type EndResult } from './contract-ending.js';
import { noticeKindAt } from './give-notice.js';
import { invalid, objectAt, optionalDayAt, optionalTextAt, textAt } from './parse-input.js';

const LONGEST_NAME = 120;
const LONGEST_CONTRACT = 100;
const LONGEST_REASON = 500;
/** Time for one attempt. */
const ATTEMPT_MS = 25_000;
/** A declaration does not expire: after this an agent carries it out. */
const DEADLINE_MS = 2 * 24 * 60 * 60 * 1000;

type Fields = Readonly<Record<string, unknown>>;

type LastDayOf = (contract: SupplyContract, receivedOn: CalendarDate) => CalendarDate | null;

/** Ends the contract that a declarant names, if the name is that of the contract: what both declarations come to. */
@Injectable()
export class DeclaredEnding {
  constructor(
    private readonly backend: SupplyBackend,
    private readonly upstream: Upstream,
    private readonly ending: ContractEnding,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError FORBIDDEN where it fits nobody or SAP refuses: an agent looks, and the declarant learns nothing of it */
  async execute(form: Declarant, attempt: Attempt, lastDayOf: LastDayOf): Promise<EndEffect> {
    const effect = await this.ending.end(await this.endingOf(form, attempt, lastDayOf), attempt);
    if (effect.kind === 'refused') throw forAgent('SAP refuses the end');
    return effect;
  }

  /** @throws AppError as {@link execute} */
  async readBack(form: Declarant, attempt: Omit<Attempt, 'intend'>, lastDayOf: LastDayOf): Promise<EndEffect | null> {
    return this.ending.found(await this.endingOf(form, attempt, lastDayOf));
  }

  private async endingOf(form: Declarant, attempt: Omit<Attempt, 'intend'>, lastDayOf: LastDayOf): Promise<Ending> {
    const contract = await this.contractOf(form, attempt);
    const contractId = toGlobalId('EnergyContract', contract.contractNumber);
    return { contract, contractId, lastDay: lastDayOf(contract, this.ending.receivedOn(attempt)) };
  }

  private async contractOf(form: Declarant, attempt: Pick<Attempt, 'signal'>): Promise<SupplyContract> {
    const number = typedContractNumber(form);
    if (number === undefined) throw forAgent('not a contract number');
    const { value: found } = await this.upstream.read(
      {
        operation: ANY_CONTRACT,
        account: null,
        args: [number],
        load: (call) => this.backend.findContract(number, call),
      },
      scopeOf(attempt, this.clock),
    );
    if (found === null || !bearsName(form, found.names)) throw forAgent('fits no contract');
    return found.contract;
  }
}

/** "Verträge hier kündigen" → "jetzt kündigen", without signing in (§ 312k BGB). */
@Injectable()
export class DeclareCancellation implements Command<Cancellation, EndResult> {
  readonly kind = 'energy.public-cancellation';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly isPublic = true;
  readonly attemptMs = ATTEMPT_MS;
  readonly deadlineMs = DEADLINE_MS;
  readonly title = { de: 'Kündigung', 'de-simple': 'Kündigung', en: 'Cancellation' };

  constructor(private readonly ending: DeclaredEnding) {}

  parse(input: unknown): Cancellation {
    const fields = objectAt(input, '$');
    return {
      ...declarantIn(fields),
      kind: noticeKindAt(fields, 'kind', 'kind'),
      reason: optionalLineAt(fields, 'reason', LONGEST_REASON),
      until: optionalDayAt(fields, 'until', 'until'),
    };
  }

  statement(form: Cancellation, language: Language): readonly string[] {
    return cancellationStatement(form, language);
  }

  /** Nothing is asked of SAP here: whoever fills the form in learns nothing about any contract. */
  check({ kind, reason }: Cancellation): Promise<Refusal | null> {
    const needsReason = kind === 'PRICE_CHANGE' || kind === 'GOOD_CAUSE';
    return Promise.resolve(
      refusalBy(problemAt('reason', needsReason && reason === null ? { code: 'TEXT_MISSING' } : null)),
    );
  }

  /** A day that is too early means the earliest possible one: a notice is not void because of it (§ 140 BGB). */
  execute(form: Cancellation, attempt: Attempt): Promise<EndEffect> {
    return this.ending.execute(form, attempt, (contract, receivedOn) => endByNotice(form, contract, receivedOn));
  }

  readBack(form: Cancellation, attempt: Omit<Attempt, 'intend'>): Promise<EndEffect | null> {
    return this.ending.readBack(form, attempt, (contract, receivedOn) => endByNotice(form, contract, receivedOn));
  }
}

/** "Vertrag widerrufen" → "Widerruf bestätigen", without signing in (§ 356a BGB). */
@Injectable()
export class DeclareWithdrawal implements Command<Declarant, EndResult> {
  readonly kind = 'energy.public-withdrawal';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly isPublic = true;
  readonly attemptMs = ATTEMPT_MS;
  readonly deadlineMs = DEADLINE_MS;
  readonly title = { de: 'Widerruf', 'de-simple': 'Widerruf', en: 'Withdrawal' };

  constructor(private readonly ending: DeclaredEnding) {}

  parse(input: unknown): Declarant {
    return declarantIn(objectAt(input, '$'));
  }

  statement(form: Declarant, language: Language): readonly string[] {
    return withdrawalStatement(form, language);
  }

  check(): Promise<Refusal | null> {
    return Promise.resolve(null);
  }

  /** One that comes too late goes to an agent, who may still be lenient or take it as a notice. */
  execute(form: Declarant, attempt: Attempt): Promise<EndEffect> {
    return this.ending.execute(form, attempt, lastDayByWithdrawal);
  }

  readBack(form: Declarant, attempt: Omit<Attempt, 'intend'>): Promise<EndEffect | null> {
    return this.ending.readBack(form, attempt, lastDayByWithdrawal);
  }
}

function declarantIn(fields: Fields): Declarant {
  return { name: lineAt(fields, 'name', LONGEST_NAME), contract: lineAt(fields, 'contract', LONGEST_CONTRACT) };
}

/** One line: it stands in a mail, where nothing that was typed may look like a line of its own. */
function lineAt(fields: Fields, name: string, longest: number): string {
  const line = oneLine(textAt(fields, name, name, longest));
  if (line === '') throw invalid(name, 'must be text');
  return line;
}

function optionalLineAt(fields: Fields, name: string, longest: number): string | null {
  const text = optionalTextAt(fields, name, name, longest);
  const line = text === null ? '' : oneLine(text);
  return line === '' ? null : line;
}

/** Without line ends, other control characters, marks that turn the writing round, and lone surrogates. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
