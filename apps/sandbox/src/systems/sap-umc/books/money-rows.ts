import type { EnergyBooks, Household } from '../../../world/household.js';
import { midnight } from './dates.js';
import { sumOfAmounts, withScale } from './decimal-text.js';
import { partsOfIban } from './iban.js';
import type { RowsByType } from './lazy-rows.js';
import type { Ledger } from './ledger.js';
import type { BookedBankAccount, BookedPayment, MoneyEntry } from './money-entries.js';
import { BANK_ACCOUNT_ID, bankRows, isDebited } from './payment-rows.js';
import type { Row } from './row.js';

/** What agreement and contract account have in common; the ERP system gets it from CRM. */
const REPLICATED = new Set([
  'IncomingPaymentMethodID',
  'IncomingPaymentBankAccountID',
  'OutgoingPaymentMethodID1',
  'OutgoingPaymentBankAccountID',
]);

/** Stands of a payment, as of an invoice (domain: 2 debit released, 9 paid). */
const RELEASED = '2';
const CLEARED = '9';

/** The household with its invoices as the payments left them that the bank has carried out: on the day after the debit. */
export function withPayments(household: Household, ledger: Ledger, today: string): Household {
  const { energy } = household;
  const done = energy === null ? [] : paymentsOf(ledger, energy).filter(({ executedOn }) => executedOn < today);
  if (energy === null || done.length === 0) return household;
  const invoices = energy.invoices.map((invoice) => {
    const amounts = done.flatMap(({ items }) => items.filter((item) => item.invoiceId === invoice.invoiceId));
    return { ...invoice, paid: sumOfAmounts([invoice.paid, ...amounts.map(({ amount }) => amount)]) };
  });
  return { ...household, energy: { ...energy, invoices } };
}

/** A household with its energy books, and what was written about its money. */
interface Books {
  readonly household: Household;
  readonly energy: EnergyBooks;
  readonly ledger: Ledger;
  readonly today: string;
}

/**
 * Rows of either service as bank accounts, agreements and payments have changed them.
 * @param rows what the service shows without them; only types that are in it are shown
 */
export function moneyRows(rows: RowsByType, { household, energy, ledger, today }: Books): RowsByType {
  const entries = ledger.moneyOf(energy.accountId);
  const agreed = agreedValues(entries);
  const { Bank = [], BankAccount = [] } = bankRows(household, energy);
  const changed: Record<string, readonly Row[]> = { Bank, BankAccount: bankAccountRows(BankAccount, entries) };
  if (rows['BusinessAgreement']) {
    const debit: Row = isDebited(household)
      ? { IncomingPaymentMethodID: 'E', IncomingPaymentBankAccountID: BANK_ACCOUNT_ID }
      : {};
    changed['BusinessAgreement'] = rows['BusinessAgreement'].map((row) => ({
      ...row,
      ...debit,
      ...agreed.get(String(row['BusinessAgreementID'])),
    }));
  }
  if (rows['ContractAccount']) {
    changed['ContractAccount'] = rows['ContractAccount'].map((row) => {
      const values = Object.entries(agreed.get(String(row['ContractAccountID'])) ?? {});
      return { ...row, ...Object.fromEntries(values.filter(([name]) => REPLICATED.has(name))) };
    });
  }
  if (rows['Invoice']) {
    const payments = paymentsOf(ledger, energy);
    changed['Invoice'] = rows['Invoice'].map((row) => releasedRow(row, payments, today));
    Object.assign(changed, paymentRows(payments, today));
  }
  return changed;
}

function paymentsOf(ledger: Ledger, { accountId }: EnergyBooks): BookedPayment[] {
  return ledger.moneyOf(accountId).filter((entry) => entry.kind === 'payment');
}

function agreedValues(entries: readonly MoneyEntry[]): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const agreements = entries.filter((entry) => entry.kind === 'business-agreement');
  return new Map(agreements.map(({ contractAccountId, values }) => [contractAccountId, values]));
}

/** Of several entries under one number the last counts. */
function bankAccountRows(rows: readonly Row[], entries: readonly MoneyEntry[]): Row[] {
  const byNumber = new Map(rows.map((row) => [String(row['BankAccountID']), row]));
  for (const entry of entries) {
    if (entry.kind === 'bank-account') byNumber.set(entry.bankAccountId, bankAccountRow(entry));
  }
  return [...byNumber.values()];
}

function bankAccountRow({ accountId, bankAccountId, holder, name, iban }: BookedBankAccount): Row {
  const { bankId, accountNo } = partsOfIban(iban);
  return {
    AccountID: accountId,
    BankAccountID: bankAccountId,
    BankID: bankId,
    BankAccountNo: accountNo,
    AccountHolder: holder,
    BankAccountName: name,
    IBAN: iban,
    CountryID: iban.slice(0, 2),
  };
}

/** An invoice that is about to be debited says so; what remains of it changes only when the money has moved. */
function releasedRow(row: Row, payments: readonly BookedPayment[], today: string): Row {
  const isReleased = payments.some(
    ({ executedOn, items }) => executedOn >= today && items.some(({ invoiceId }) => invoiceId === row['InvoiceID']),
  );
  return isReleased ? { ...row, InvoiceStatusID: RELEASED } : row;
}

function paymentRows(payments: readonly BookedPayment[], today: string): RowsByType {
  return {
    PaymentDocument: payments.map((payment) => ({
      PaymentDocumentID: payment.documentId,
      AccountID: payment.accountId,
      PaymentMethodDescription: 'SEPA-Lastschrift',
      ExecutionDate: midnight(payment.executedOn),
      Amount: withScale(sumOfAmounts(payment.items.map(({ amount }) => amount)), 4),
      Currency: 'EUR',
      PaymentStatusID: payment.executedOn < today ? CLEARED : RELEASED,
      BankAccountID: payment.bankAccountId,
      ContractAccountID: payment.contractAccountId,
    })),
    PaymentDocumentItem: payments.flatMap((payment) =>
      payment.items.map(({ invoiceId, amount }) => ({
        PaymentDocumentID: payment.documentId,
        InvoiceID: invoiceId,
        ExecutionDate: midnight(payment.executedOn),
        Amount: withScale(amount, 4),
        Currency: 'EUR',
      })),
    ),
  };
}
