import type { Labels } from '#lib/customer';
import type { CalendarDate, Money } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import type { EnergyContract } from '../contracts/energy-contract.js';
import { BILLING, CONTRACT_NUMBER, PRODUCT } from '../labels.js';
import { sameNumber } from '../sap-number.js';

/** How an invoice (Rechnung) is being paid. */
export const INVOICE_STATES = [
  'OPEN',
  'DEBIT_RELEASED',
  'COLLECTION',
  'TRANSFER_NOTIFIED',
  'NOT_PAYABLE',
  'PAID',
  'PROMISED',
  'SPECIFIED',
  'OTHER',
] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** An invoice (Rechnung). Negative amounts are credit balances (Guthaben). */
export interface Invoice {
  readonly number: string;
  readonly contractAccount: string;
  /** Null: a joint invoice over several commodities, or a system that does not say. */
  readonly commodity: Commodity | null;
  readonly date: CalendarDate;
  readonly due: CalendarDate;
  readonly amount: Money;
  /** What is not yet cleared. */
  readonly open: Money;
  readonly state: InvoiceState;
}

export const invoiceLabels: Labels<Invoice> = {
  number: BILLING,
  contractAccount: CONTRACT_NUMBER,
  commodity: PRODUCT,
  date: BILLING,
  due: BILLING,
  amount: BILLING,
  open: BILLING,
  state: BILLING,
};

/** Whether something of the invoice is not yet cleared, be it to pay or to be paid out. */
export function isOpen(invoice: Invoice): boolean {
  return !/^-?0+\.0+$/.test(invoice.open.amount);
}

/** Whether the customer owes something that was due before `today`. */
export function isOverdue(invoice: Invoice, today: CalendarDate): boolean {
  return isOpen(invoice) && !invoice.open.amount.startsWith('-') && invoice.due < today;
}

/**
 * Whether the invoice may bill this contract. SAP invoices a contract account, not a contract: an invoice belongs to
 * every contract of the account that it does not rule out by commodity or by a date before the contract began.
 */
export function mayBill(invoice: Invoice, contract: EnergyContract): boolean {
  return (
    sameNumber(invoice.contractAccount, contract.contractAccount) &&
    (invoice.commodity === null || invoice.commodity === contract.commodity) &&
    invoice.date >= contract.from
  );
}
