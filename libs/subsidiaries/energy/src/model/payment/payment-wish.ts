import {
  AppError,
  addDays,
  compareDecimals,
  parseDecimal,
  parseGlobalId,
  type CalendarDate,
  type DecimalText,
  type Principal,
  type Problem,
  type Refusal,
} from '#lib/kernel';
import { ENERGY_KEY } from '../../operations.js';
import type { HeldBankAccount, Known } from './bank-change.js';
import { hasGaps } from '../gaps.js';
import type { Invoice, InvoiceState } from '../billing/invoice.js';
import type { MandateText } from './mandate-text.js';
import { problemAt, refusalBy, type Objection } from '../meters/objection.js';
import { sameNumber } from '../sap-number.js';

/** Open invoices of one contract account, to be debited once (Einmallastschrift). */
export type PaymentWish = {
  readonly contractAccountId: string;
  readonly bankAccountId: string;
  /** At least one; none twice. */
  readonly items: readonly PaymentWishItem[];
  /** Day of the debit. */
  readonly date: CalendarDate;
  /** Version of the mandate's text that was read and agreed to. */
  readonly textVersion: string;
};

export type PaymentWishItem = {
  readonly invoiceId: string;
  /** In euro as it was typed: whether it is an amount is a rule, not a matter of form. */
  readonly amount: string;
};

/** A payment as the system keeps it. Never leaves this lib. */
export interface PaymentDocument {
  readonly bankAccount: string;
  /** Null where the system does not say. */
  readonly executedOn: CalendarDate | null;
  readonly items: readonly { readonly invoice: string; readonly amount: DecimalText }[];
}

/** What is known of what can be paid, and from where. */
export interface KnownDebts {
  readonly invoices: Known<Invoice>;
  readonly bankAccounts: Known<HeldBankAccount>;
}

/** House rule: whoever wants to pay later than in a month agrees on a plan. */
const LONGEST_AHEAD_DAYS = 30;
const SMALLEST = '0.01' as DecimalText;
/** Euro and cents; more decimals are refused rather than rounded. */
const PLAIN = /^\d{1,12}(?:\.(\d{1,20}))?$/;

/** Payments that are on their way: a second one would take the money twice. */
const UNDER_WAY: ReadonlySet<InvoiceState> = new Set([
  'DEBIT_RELEASED',
  'COLLECTION',
  'TRANSFER_NOTIFIED',
  'SPECIFIED',
  'PAID',
]);

/**
 * Lets customers pay, and agents of this company for them: bank accounts serve payment and nothing else, so no other
 * company has to do with them.
 * @throws AppError FORBIDDEN for anyone else
 */
export function expectMayPay(principal: Principal): void {
  if (principal.kind === 'customer' || (principal.kind === 'agent' && principal.subsidiary === ENERGY_KEY)) return;
  const reason = 'is for the customer and for agents of this company only';
  throw new AppError('FORBIDDEN', 'payments are none of theirs', { reason });
}

/** What stands against the wish whatever SAP says. @param account the customer's number, which ids of bank accounts name */
export function refusalOfPayment(wish: PaymentWish, account: string, today: CalendarDate): Refusal | null {
  const latest = addDays(today, LONGEST_AHEAD_DAYS);
  return refusalBy([
    ...problemAt('contractAccountId', isOf('ContractAccount', wish.contractAccountId) ? null : { code: 'NOT_YOURS' }),
    ...problemAt('bankAccountId', bankAccountOf(wish, account) === undefined ? { code: 'NOT_YOURS' } : null),
    ...problemsOf(wish, ({ invoiceId }) => (isOf('Invoice', invoiceId) ? null : { code: 'NOT_YOURS' }), 'invoiceId'),
    ...problemsOf(wish, ({ amount }) => objectionToAmount(amount), 'amount'),
    ...problemAt('date', wish.date < today ? { code: 'DATE_TOO_EARLY', earliest: today } : null),
    ...problemAt('date', wish.date > latest ? { code: 'DATE_TOO_LATE' } : null),
  ]);
}

/** What stands against the wish by SAP's own lists. An invoice that may be one of the unreadable ones is no objection. */
export function refusalByDebts(
  wish: PaymentWish,
  account: string,
  { invoices, bankAccounts }: KnownDebts,
): Refusal | null {
  const number = bankAccountOf(wish, account);
  const isHeld = hasGaps(bankAccounts) || bankAccounts.value.some((held) => sameNumber(held.number, number ?? ''));
  return refusalBy([
    ...problemAt('bankAccountId', isHeld ? null : { code: 'NOT_YOURS' }),
    ...problemsOf(wish, (item) => objectionToInvoice(wish, item, invoices), 'invoiceId'),
    ...problemsOf(wish, (item) => objectionToBounds(item, invoiceOf(wish, item, invoices)), 'amount'),
  ]);
}

/** What stands against the wish by the text that counts now. @param text null where the house may not debit */
export function refusalByText({ textVersion }: PaymentWish, text: MandateText | null): Refusal | null {
  if (text === null) return refusalBy(problemAt('bankAccountId', { code: 'NOT_POSSIBLE' }));
  if (textVersion === text.version) return null;
  const choices = [{ value: text.version, label: text.text }];
  return refusalBy(problemAt('textVersion', { code: 'TEXT_OUTDATED', choices }));
}

/** What stands against the wish by payments that are to be carried out: SAP itself takes a second one. */
export function refusalByPayments(
  wish: PaymentWish,
  { value }: Known<PaymentDocument>,
  today: CalendarDate,
): Refusal | null {
  const coming = value.filter(({ executedOn }) => executedOn === null || executedOn >= today);
  const isBeingPaid = (item: PaymentWishItem): boolean =>
    coming.some(({ items }) => items.some(({ invoice }) => sameNumber(invoice, invoiceNumberOf(item) ?? '')));
  return refusalBy(problemsOf(wish, (item) => (isBeingPaid(item) ? { code: 'ALREADY_PAID' } : null), 'invoiceId'));
}

/** Whether the payment is the wished one: the same bank account and day, the same invoices and amounts. */
export function isPaymentOf(wish: PaymentWish, account: string, payment: PaymentDocument): boolean {
  return (
    payment.executedOn === wish.date &&
    sameNumber(payment.bankAccount, bankAccountOf(wish, account) ?? '') &&
    payment.items.length === wish.items.length &&
    wish.items.every((item) =>
      payment.items.some(
        ({ invoice, amount }) => sameNumber(invoice, invoiceNumberOf(item) ?? '') && amount === centsOf(item),
      ),
    )
  );
}

/** The number in the wish's id; undefined when it is no id of a bank account of that customer. */
export function bankAccountOf({ bankAccountId }: PaymentWish, account: string): string | undefined {
  const parsed = parseGlobalId(bankAccountId);
  const [owner, number] = parsed?.type === 'BankAccount' ? parsed.key.split('/') : [];
  return owner !== undefined && number !== undefined && sameNumber(owner, account) ? number : undefined;
}

/** The invoice that an item is about; undefined when it is not in the list, or of another contract account. */
export function invoiceOf(
  { contractAccountId }: PaymentWish,
  item: PaymentWishItem,
  { value }: Known<Invoice>,
): Invoice | undefined {
  const [number, contractAccount] = [invoiceNumberOf(item), parseGlobalId(contractAccountId)?.key];
  return value.find(
    (invoice) =>
      number !== undefined &&
      contractAccount !== undefined &&
      sameNumber(invoice.number, number) &&
      sameNumber(invoice.contractAccount, contractAccount),
  );
}

/** The amount with its cents; undefined when it is none. */
export function centsOf({ amount }: PaymentWishItem): DecimalText | undefined {
  return objectionToAmount(amount) === null ? parseDecimal(amount) : undefined;
}

/** What the wish would pay of an invoice; undefined when it is not about that one. */
export function amountFor({ items }: PaymentWish, invoice: string): DecimalText | undefined {
  const item = items.find((each) => sameNumber(invoiceNumberOf(each) ?? '', invoice));
  return item && centsOf(item);
}

function invoiceNumberOf({ invoiceId }: PaymentWishItem): string | undefined {
  return isOf('Invoice', invoiceId) ? parseGlobalId(invoiceId)?.key : undefined;
}

function isOf(type: string, id: string): boolean {
  return parseGlobalId(id)?.type === type;
}

function problemsOf(
  { items }: PaymentWish,
  objectionTo: (item: PaymentWishItem) => Objection | null,
  field: keyof PaymentWishItem,
): readonly Problem[] {
  return items.flatMap((item, index) => problemAt(`items.${index}.${field}`, objectionTo(item)));
}

function objectionToAmount(amount: string): Objection | null {
  const match = PLAIN.exec(amount);
  if (match === null) return { code: 'NOT_A_NUMBER' };
  return (match[1] ?? '').replace(/0+$/, '').length > 2 ? { code: 'TOO_MANY_DECIMALS' } : null;
}

function objectionToInvoice(wish: PaymentWish, item: PaymentWishItem, known: Known<Invoice>): Objection | null {
  const invoice = invoiceOf(wish, item, known);
  if (invoice === undefined) return hasGaps(known) ? null : { code: 'NOT_YOURS' };
  if (UNDER_WAY.has(invoice.state) || compareDecimals(invoice.open.amount, SMALLEST) < 0)
    return { code: 'ALREADY_PAID' };
  return invoice.state === 'NOT_PAYABLE' || invoice.open.currency !== 'EUR' ? { code: 'NOT_POSSIBLE' } : null;
}

/** From a cent to what is open. */
function objectionToBounds(item: PaymentWishItem, invoice: Invoice | undefined): Objection | null {
  const amount = centsOf(item);
  if (amount === undefined) return objectionToAmount(item.amount);
  if (invoice === undefined || compareDecimals(invoice.open.amount, SMALLEST) < 0) return null;
  const { amount: maximum } = invoice.open;
  const isWithin = compareDecimals(amount, SMALLEST) >= 0 && compareDecimals(amount, maximum) <= 0;
  return isWithin ? null : { code: 'AMOUNT_OUT_OF_BOUNDS', minimum: SMALLEST, maximum };
}
