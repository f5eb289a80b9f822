import { odataKey, type BatchWrite } from '#lib/formats';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { HttpRequest } from '#lib/upstream';
import type { HeldBankAccount, PaymentAgreement } from '../../model/payment/bank-change.js';
import { BANK_ACCOUNTS, BUSINESS_AGREEMENTS, DIRECT_DEBIT, PAYMENT_DOCUMENTS, SEPA_FLAG } from './money.wire.js';
import { ERP } from '../umc.wire.js';

const HEADERS = { accept: 'application/json', 'accept-language': 'de', 'content-type': 'application/json' };

/** A bank account of a business partner. */
export interface BankAccountOrder {
  readonly account: string;
  readonly iban: string;
  readonly holder: string;
}

/** Invoices of one contract account, to be debited on a day. */
export interface PaymentOrder {
  readonly account: string;
  readonly bankAccount: string;
  readonly date: CalendarDate;
  /** At least one. */
  readonly items: readonly { readonly invoice: string; readonly amount: DecimalText }[];
}

/** A new entry: SAP gives the number and finds bank and account number by the IBAN, as in its own app. */
export function newBankAccountRequest({ account, iban, holder }: BankAccountOrder): HttpRequest {
  const entry = {
    AccountID: account,
    BankAccountID: '',
    BankID: '',
    BankAccountNo: '',
    AccountHolder: holder,
    BankAccountName: '',
    IBAN: iban,
    CountryID: '',
  };
  return { method: 'POST', path: `${ERP}/${BANK_ACCOUNTS}`, headers: HEADERS, body: JSON.stringify(entry) };
}

/** The same bank account with another holder; a PUT replaces the whole. */
export function changedBankAccountRequest(
  { number, kept }: HeldBankAccount,
  { account, iban, holder }: BankAccountOrder,
): HttpRequest {
  const key = `AccountID=${odataKey(account)},BankAccountID=${odataKey(number)}`;
  const body = JSON.stringify({ ...kept, AccountHolder: holder, IBAN: iban });
  return { method: 'PUT', path: `${ERP}/${BANK_ACCOUNTS}(${key})`, headers: HEADERS, body };
}

/**
 * The agreement as it is, but with that bank account debited: a PUT replaces the whole, so all that SAP keeps of it goes
 * back (SAP's own app does the same, in a changeset).
 */
export function directDebitWrite({ kept }: PaymentAgreement, bankAccount: string): BatchWrite {
  const changed = {
    ...kept,
    IncomingPaymentMethodID: DIRECT_DEBIT,
    IncomingPaymentBankAccountID: bankAccount,
    IncomingPaymentPaymentCardID: '',
    ...(Object.hasOwn(kept, SEPA_FLAG) ? { [SEPA_FLAG]: 'X' } : {}),
  };
  const key = odataKey(String(kept['BusinessAgreementID']));
  const headers = { 'Accept-Language': 'de' };
  return { method: 'PUT', target: `${BUSINESS_AGREEMENTS}(${key})`, headers, body: JSON.stringify(changed) };
}

/** One deep POST. As in SAP's own app the head has no amount of its own where there are items. */
export function paymentRequest({ account, bankAccount, date, items }: PaymentOrder): HttpRequest {
  const executed = `/Date(${Date.parse(`${date}T00:00:00Z`)})/`;
  const payment = {
    PaymentDocumentID: '',
    AccountID: account,
    BankAccountID: bankAccount,
    ExecutionDate: executed,
    Amount: '0',
    Currency: 'EUR',
    PaymentDocumentItems: items.map(({ invoice, amount }) => ({
      PaymentDocumentID: '',
      InvoiceID: invoice,
      Amount: amount,
      Currency: 'EUR',
    })),
  };
  return { method: 'POST', path: `${ERP}/${PAYMENT_DOCUMENTS}`, headers: HEADERS, body: JSON.stringify(payment) };
}
