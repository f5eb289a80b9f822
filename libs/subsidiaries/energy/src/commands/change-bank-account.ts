import { Inject, Injectable } from '@nestjs/common';
import { CustomerDirectory } from '#lib/customer';
import { AppError, CLOCK, Refusal, type Clock, type Reading, type RequestScope } from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation, type UpstreamCall } from '#lib/upstream';
import { MoneyBackend } from '../backend/payment/money.backend.js';
import { DIRECT_DEBIT, IBAN_INVALID } from '../backend/payment/money.wire.js';
import type { SapRefusal, Written } from '../backend/sap/write-answer.js';
import { DirectDebitMandate } from '../mandate.js';
import {
  agreementOf,
  contractAccountOf,
  expectMayChangeBank,
  heldOf,
  mayBeMasked,
  refusalOfBankWish,
  refusalOfDirectDebit,
  type BankWish,
  type DirectDebitWish,
  type HeldBankAccount,
  type Known,
  type PaymentAgreement,
} from '../model/payment/bank-change.js';
import { hasGaps } from '../model/gaps.js';
import { problemAt, refusalBy } from '../model/meters/objection.js';
import { sameNumber, shownNumber } from '../model/sap-number.js';
import { AGREEMENTS, HELD_BANK_ACCOUNTS } from '../money.operations.js';
import { asOfNow, ENERGY_KEY, SAP } from '../operations.js';
import { scopeOf } from './attempt-scope.js';
import { judgeKnown, type Asked } from './judge-known.js';
import { objectAt, textAt } from './parse-input.js';
import { sentBefore } from './sent-before.js';

/** Which bank account it is now: SAP's number of it among the customer's own, never the IBAN. */
export type BankResult = { readonly bankAccount: string };

type BankEffect = Effect<BankResult>;

/** What SAP keeps at the moment. */
interface Now {
  readonly held: Known<HeldBankAccount>;
  /** Null where no debit is wished. */
  readonly agreements: Known<PaymentAgreement> | null;
}

const LONGEST_ID = 400;
/** Long enough for any mistyped IBAN or name: whether it is one is told by a refusal. */
const LONGEST_TEXT = 200;

/**
 * The customer names a bank account, and may let it be debited for a contract account. SAP takes this in two calls, so it
 * looks at what is there and makes the calls that are missing: done twice it is as if done once.
 */
@Injectable()
export class ChangeBankAccount implements Command<BankWish, BankResult> {
  readonly kind = 'energy.change-bank-account';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly title = { de: 'Bankverbindung ändern', 'de-simple': 'Konto ändern', en: 'Change the bank account' };
  readonly attemptMs = 30_000;
  /** Three days: the next debit run may be near, and an agent phones. */
  readonly deadlineMs = 3 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly backend: MoneyBackend,
    private readonly upstream: Upstream,
    private readonly customers: CustomerDirectory,
    private readonly mandate: DirectDebitMandate,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): BankWish {
    const fields = objectAt(input, '$');
    const directDebit = Object.hasOwn(fields, 'directDebit') ? (fields['directDebit'] ?? null) : null;
    return {
      iban: textAt(fields, 'iban', 'iban', LONGEST_TEXT).replace(/\s/g, '').toUpperCase(),
      holder: textAt(fields, 'holder', 'holder', LONGEST_TEXT)
        .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
        .trim(),
      directDebit: directDebit === null ? null : directDebitIn(directDebit),
    };
  }

  /** A bank account is one by its IBAN, whoever holds it. */
  naturalKey({ iban, directDebit }: BankWish): string {
    const number = directDebit === null ? '' : (contractAccountOf(directDebit) ?? directDebit.contractAccountId);
    return `${iban}/${shownNumber(number).slice(0, 200)}`;
  }

  async check(wish: BankWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    expectMayChangeBank(scope.principal, this.clock.now());
    const refusal = refusalOfBankWish(wish);
    if (refusal !== null || wish.directDebit === null) return refusal;
    const epoch = await this.customers.dataEpoch(ENERGY_KEY, account);
    const judgement = await judgeKnown(
      () => this.agreements(AGREEMENTS, { account, epoch }, scope),
      () => this.agreements(asOfNow(AGREEMENTS), { account, epoch }, scope),
      (known) => refusalOfDirectDebit(wish, known, this.mandate.text),
    );
    return judgement.refusal ?? refusalOfDirectDebit(wish, null, this.mandate.text);
  }

  async execute(wish: BankWish, attempt: Attempt): Promise<BankEffect> {
    const now = await this.readNow(wish, attempt);
    const refusal = refusalOfBankWish(wish) ?? refusalOfDirectDebit(wish, now.agreements, this.mandate.text);
    if (refusal !== null) return { kind: 'refused', refusal };
    const agreement = agreementIn(wish, now);
    const done = doneWith(wish, now);
    if (done !== null) return done;
    const held = heldOf(wish, now.held);
    await attempt.intend();
    if (held?.holder === wish.holder) return this.use(held, agreement, attempt);
    const entered = await this.enter(wish, held, attempt);
    if (entered.kind === 'refused') return refusedBy(entered.refusal);
    try {
      return await this.use(await this.findEntered(wish, attempt), agreement, attempt);
    } catch (error) {
      throw sentBefore(error);
    }
  }

  /** @throws AppError UPSTREAM_MALFORMED where SAP does not show enough to tell */
  async readBack(wish: BankWish, attempt: Omit<Attempt, 'intend'>): Promise<BankEffect | null> {
    const now = await this.readNow(wish, attempt);
    const done = doneWith(wish, now);
    if (done !== null) return done;
    const lists = [now.held, ...(now.agreements === null ? [] : [now.agreements])];
    if (lists.some(hasGaps) || mayBeMasked(wish, now.held)) {
      throw new AppError('UPSTREAM_MALFORMED', 'a bank account is unreadable');
    }
    return null;
  }

  private enter(
    wish: BankWish,
    held: HeldBankAccount | undefined,
    { account, signal }: Pick<Attempt, 'account' | 'signal'>,
  ): Promise<Written> {
    const order = { account, iban: wish.iban, holder: wish.holder };
    return this.upstream.write({ ...SAP, account, signal }, (call: UpstreamCall) =>
      held === undefined
        ? this.backend.enterBankAccount(order, call)
        : this.backend.changeBankAccount(held, order, call),
    );
  }

  /** The number of a bank account is SAP's own: it is only found by looking. */
  private async findEntered(wish: BankWish, attempt: Omit<Attempt, 'intend'>): Promise<HeldBankAccount> {
    const held = heldOf(wish, await this.held(attempt.account, scopeOf(attempt, this.clock)));
    if (held === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a bank account that was entered is not listed');
    return held;
  }

  private async use(
    held: HeldBankAccount,
    agreement: PaymentAgreement | null,
    { account, signal }: Pick<Attempt, 'account' | 'signal'>,
  ): Promise<BankEffect> {
    const done: BankEffect = { kind: 'done', result: { bankAccount: held.number } };
    if (agreement === null || isDebited(agreement, held)) return done;
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.backend.debitBankAccount(agreement, held.number, call),
    );
    return written.kind === 'taken' ? done : refusedBy(written.refusal);
  }

  private async readNow({ directDebit }: BankWish, attempt: Omit<Attempt, 'intend'>): Promise<Now> {
    const scope = scopeOf(attempt, this.clock);
    // One after the other: a breaker that is half open lets one read through.
    const held = await this.held(attempt.account, scope);
    const agreements = directDebit === null ? null : await this.agreements(asOfNow(AGREEMENTS), attempt, scope);
    return { held, agreements };
  }

  private held(account: string, scope: RequestScope): Promise<Reading<readonly HeldBankAccount[]>> {
    const load = (call: UpstreamCall) => this.backend.listHeldBankAccounts(account, call);
    return this.upstream.read({ operation: HELD_BANK_ACCOUNTS, account, args: [], load }, scope);
  }

  private agreements(
    operation: ReadOperation,
    { account, epoch = 0 }: Asked,
    scope: RequestScope,
  ): Promise<Reading<readonly PaymentAgreement[]>> {
    const load = (call: UpstreamCall) => this.backend.listAgreements(account, call);
    return this.upstream.read({ operation, account, epoch, args: [], load }, scope);
  }
}

function directDebitIn(value: unknown): DirectDebitWish {
  const fields = objectAt(value, 'directDebit');
  return {
    contractAccountId: textAt(fields, 'contractAccountId', 'directDebit.contractAccountId', LONGEST_ID),
    textVersion: textAt(fields, 'textVersion', 'directDebit.textVersion', LONGEST_TEXT),
  };
}

/** @throws AppError UPSTREAM_MALFORMED when the agreement may be one that could not be read */
function agreementIn({ directDebit }: BankWish, { agreements }: Now): PaymentAgreement | null {
  if (directDebit === null || agreements === null) return null;
  const agreement = agreementOf(directDebit, agreements);
  if (agreement === undefined) throw new AppError('UPSTREAM_MALFORMED', 'an agreement is unreadable');
  return agreement;
}

/** Null where something of the wish is still missing. */
function doneWith(wish: BankWish, now: Now): BankEffect | null {
  const held = heldOf(wish, now.held);
  if (held?.holder !== wish.holder) return null;
  const { directDebit } = wish;
  const agreement = directDebit && now.agreements && agreementOf(directDebit, now.agreements);
  const isUsed = directDebit === null || (agreement !== undefined && agreement !== null && isDebited(agreement, held));
  return isUsed ? { kind: 'done', result: { bankAccount: held.number } } : null;
}

function isDebited({ method, debitedBankAccount }: PaymentAgreement, { number }: HeldBankAccount): boolean {
  return method === DIRECT_DEBIT && debitedBankAccount !== null && sameNumber(debitedBankAccount, number);
}

/** SAP's words may quote the IBAN; where it means the IBAN, the house has words of its own. */
function refusedBy({ code, message }: SapRefusal): BankEffect {
  const isOfIban = code === IBAN_INVALID;
  const refusal = isOfIban ? refusalBy(problemAt('iban', { code: 'IBAN_INVALID' })) : null;
  const other = new Refusal('NOT_POSSIBLE', { subsidiaryMessage: withoutIban(message) });
  return { kind: 'refused', refusal: refusal ?? other };
}

function withoutIban(message: string | null): string | undefined {
  return message?.replace(/\b[A-Z]{2}\d{2}[A-Z0-9 ]{11,40}/g, '…') ?? undefined;
}
