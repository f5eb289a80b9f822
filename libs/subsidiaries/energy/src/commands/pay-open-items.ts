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
  type RequestScope,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream } from '#lib/upstream';
import { EnergyBackend } from '../backend/energy.backend.js';
import { MoneyBackend } from '../backend/payment/money.backend.js';
import type { PaymentOrder } from '../backend/payment/write-money.js';
import { DirectDebitMandate } from '../mandate.js';
import { hasGaps } from '../model/gaps.js';
import type { Known } from '../model/payment/bank-change.js';
import {
  bankAccountOf,
  centsOf,
  expectMayPay,
  invoiceOf,
  isPaymentOf,
  refusalByDebts,
  refusalByPayments,
  refusalByText,
  refusalOfPayment,
  type KnownDebts,
  type PaymentDocument,
  type PaymentWish,
} from '../model/payment/payment-wish.js';
import { sameNumber } from '../model/sap-number.js';
import { HELD_BANK_ACCOUNTS, PAYMENTS } from '../money.operations.js';
import { asOfNow, ENERGY_KEY, INVOICES, SAP } from '../operations.js';
import { scopeOf } from './attempt-scope.js';
import { judgeCurrent } from './judge-current.js';
import type { Asked } from './judge-known.js';
import { dayAt, invalid, listAt, objectAt, textAt } from './parse-input.js';

/** The contract account whose invoices are being paid. */
export type PaymentResult = { readonly contractAccountId: string };

type PaymentEffect = Effect<PaymentResult>;

/** More than anyone has open; SAP's own app pays one at a time. */
const MOST_ITEMS = 20;
const LONGEST_ID = 400;
/** Long enough for any mistyped amount: whether it is one is told by a refusal. */
const LONGEST_TEXT = 100;

/**
 * The customer pays open invoices by a debit of their own choosing. SAP takes the same payment twice, so it is only sent
 * when none is there, and found again by bank account, day, invoices and amounts. Money needs a client's key: hence no
 * natural one.
 */
@Injectable()
export class PayOpenItems implements Command<PaymentWish, PaymentResult> {
  readonly kind = 'energy.pay-open-items';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly title = { de: 'Rechnungen bezahlen', 'de-simple': 'Rechnungen bezahlen', en: 'Pay invoices' };
  readonly attemptMs = 35_000;
  /** One day: whoever pays wants to know whether it went through, and the wished day passes. */
  readonly deadlineMs = 24 * 60 * 60 * 1000;

  constructor(
    private readonly backend: MoneyBackend,
    private readonly energy: EnergyBackend,
    private readonly upstream: Upstream,
    private readonly customers: CustomerDirectory,
    private readonly mandate: DirectDebitMandate,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): PaymentWish {
    const fields = objectAt(input, '$');
    const items = listAt(fields, 'items', 'items', MOST_ITEMS).map((each, index) => {
      const path = `items.${index}`;
      const item = objectAt(each, path);
      return {
        invoiceId: textAt(item, 'invoiceId', `${path}.invoiceId`, LONGEST_ID),
        amount: textAt(item, 'amount', `${path}.amount`, LONGEST_TEXT),
      };
    });
    items.forEach(({ invoiceId }, index) => {
      const isFirst = items.findIndex((other) => other.invoiceId === invoiceId) === index;
      if (!isFirst) throw invalid(`items.${index}.invoiceId`, 'is given twice');
    });
    return {
      contractAccountId: textAt(fields, 'contractAccountId', 'contractAccountId', LONGEST_ID),
      bankAccountId: textAt(fields, 'bankAccountId', 'bankAccountId', LONGEST_ID),
      items,
      date: dayAt(fields, 'date', 'date'),
      textVersion: textAt(fields, 'textVersion', 'textVersion', LONGEST_TEXT),
    };
  }

  async check(wish: PaymentWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    expectMayPay(scope.principal);
    const refusal = refusalOfPayment(wish, account, this.today());
    if (refusal !== null) return refusal;
    // What is owed is asked for anew, also within one request: what is known may be from before the last payment.
    const epoch = await this.customers.dataEpoch(ENERGY_KEY, account);
    const judged = await judgeCurrent(
      () => this.debts({ account, epoch }, scope),
      (known) => refusalByDebts(wish, account, known),
    );
    return judged ?? refusalByText(wish, this.mandate.text);
  }

  async execute(wish: PaymentWish, attempt: Attempt): Promise<PaymentEffect> {
    const { account, signal } = attempt;
    const scope = scopeOf(attempt, this.clock);
    const debts = await this.debts(attempt, scope);
    const payments = await this.payments(account, scope);
    // An earlier attempt whose request arrived after all: found late, but found.
    if (attempt.number > 1 && isThere(wish, account, payments)) return doneWith(wish);
    const refusal =
      refusalOfPayment(wish, account, this.today()) ??
      refusalByPayments(wish, payments, this.today()) ??
      refusalByDebts(wish, account, debts) ??
      refusalByText(wish, this.mandate.text);
    if (refusal !== null) return { kind: 'refused', refusal };
    if (hasGaps(payments)) throw new AppError('UPSTREAM_MALFORMED', 'a payment is unreadable');
    const order = orderOf(wish, account, debts);
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) => this.backend.pay(order, call));
    if (written.kind === 'taken') return doneWith(wish);
    const { message } = written.refusal;
    return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage: message ?? undefined }) };
  }

  /** @throws AppError UPSTREAM_MALFORMED when a payment that may be it cannot be read */
  async readBack(wish: PaymentWish, attempt: Omit<Attempt, 'intend'>): Promise<PaymentEffect | null> {
    const payments = await this.payments(attempt.account, scopeOf(attempt, this.clock));
    if (isThere(wish, attempt.account, payments)) return doneWith(wish);
    if (hasGaps(payments)) throw new AppError('UPSTREAM_MALFORMED', 'a payment is unreadable');
    return null;
  }

  /** One after the other: a breaker that is half open lets one read through. */
  private async debts({ account, epoch = 0 }: Asked, scope: RequestScope): Promise<KnownDebts> {
    const invoices = await this.upstream.read(
      {
        operation: asOfNow(INVOICES),
        account,
        epoch,
        args: [],
        load: (call) => this.energy.listInvoices(account, call),
      },
      scope,
    );
    const bankAccounts = await this.upstream.read(
      {
        operation: HELD_BANK_ACCOUNTS,
        account,
        epoch,
        args: [],
        load: (call) => this.backend.listHeldBankAccounts(account, call),
      },
      scope,
    );
    return { invoices, bankAccounts };
  }

  private payments(account: string, scope: RequestScope): Promise<Known<PaymentDocument>> {
    return this.upstream.read(
      { operation: PAYMENTS, account, args: [], load: (call) => this.backend.listPayments(account, call) },
      scope,
    );
  }

  private today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }
}

/** The numbers are SAP's own, not the wish's. @throws AppError UPSTREAM_MALFORMED when one of them could not be read */
function orderOf(wish: PaymentWish, account: string, { invoices, bankAccounts }: KnownDebts): PaymentOrder {
  const number = bankAccountOf(wish, account);
  const held = bankAccounts.value.find((each) => sameNumber(each.number, number ?? ''));
  const items = wish.items.flatMap((item) => {
    const [invoice, amount] = [invoiceOf(wish, item, invoices), centsOf(item)];
    return invoice === undefined || amount === undefined ? [] : [{ invoice: invoice.number, amount }];
  });
  if (held === undefined || items.length < wish.items.length) {
    throw new AppError('UPSTREAM_MALFORMED', 'an invoice or a bank account is unreadable');
  }
  return { account, bankAccount: held.number, date: wish.date, items };
}

function isThere(wish: PaymentWish, account: string, { value }: Known<PaymentDocument>): boolean {
  return value.some((payment) => isPaymentOf(wish, account, payment));
}

function doneWith({ contractAccountId }: PaymentWish): PaymentEffect {
  return { kind: 'done', result: { contractAccountId } };
}
