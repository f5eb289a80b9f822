import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { compareDecimals, sumOfAmounts, withScale } from '../books/decimal-text.js';
import type { Row } from '../books/row.js';
import type { Shelf } from '../books/shelf.js';
import { badRequest, businessError } from '../sap-error.js';
import type { Payload } from './payload.js';

/** The navigation from a payment to the invoices that it pays. */
export const ITEMS = 'PaymentDocumentItems';

interface Item {
  readonly invoiceId: string;
  readonly amount: string;
}

/**
 * Enters a payment by direct debit for one or more invoices of one contract account. The amounts of the items count; the
 * head's is zero or their sum. What has been entered before is not looked at: the same invoice may be paid twice.
 * @returns the number of the document
 * @throws SapError 400 with the first reason
 */
export function payInvoices({ world, ledger }: Backend, household: Household, shelf: Shelf, payload: Payload): string {
  const accountId = household.energy?.accountId ?? '';
  const bankAccountId = textOf(payload, 'BankAccountID');
  const executedOn = (textOf(payload, 'ExecutionDate') || world.today()).slice(0, 10);
  const items = (payload.inside.get(ITEMS) ?? []).map(itemOf);
  if (items.length === 0) throw refused('EL/209', 'Zahlung ohne Rechnung kann nicht verarbeitet werden');
  if (executedOn < world.today()) throw refused('EL/422', `Zahlung zum ${executedOn} ist nicht möglich`);
  if (!shelf.all('BankAccount').some((row) => row['BankAccountID'] === bankAccountId)) {
    throw refused('EL/355', `Bankverbindung ${bankAccountId} ist nicht vorhanden`);
  }
  const invoices = items.map((item) => invoiceOf(item, shelf));
  const [contractAccountId, ...others] = new Set(invoices.map((row) => String(row['ContractAccountID'])));
  if (contractAccountId === undefined || others.length > 0) {
    throw refused('EL/209', 'Rechnungen verschiedener Vertragskonten können nicht zusammen bezahlt werden');
  }
  refuseHead(payload, items);
  const sequence = ledger.moneyOf(accountId).filter(({ kind }) => kind === 'payment').length + 1;
  const documentId = `${contractAccountId}${String(sequence).padStart(6, '0')}`;
  const common = { household: household.number, accountId, at: world.now() };
  ledger.book({ kind: 'payment', ...common, documentId, contractAccountId, bankAccountId, executedOn, items });
  return documentId;
}

function itemOf({ values }: Payload): Item {
  const [invoiceId, amount] = [values.get('InvoiceID'), values.get('Amount')];
  if (typeof invoiceId !== 'string' || typeof amount !== 'string') {
    throw badRequest("Property 'InvoiceID' oder 'Amount' hat einen ungültigen Wert");
  }
  if (compareDecimals(amount, withScale(amount, 2)) !== 0) {
    throw refused('EL/355', `Betrag ${amount} hat zu viele Nachkommastellen`);
  }
  return { invoiceId, amount: withScale(amount, 2) };
}

function invoiceOf({ invoiceId, amount }: Item, shelf: Shelf): Row {
  const row = shelf.all('Invoice').find((one) => one['InvoiceID'] === invoiceId);
  if (row === undefined) throw refused('EL/355', `Rechnung ${invoiceId} ist nicht vorhanden`);
  const isOwed = compareDecimals(amount, '0') > 0 && compareDecimals(amount, String(row['AmountRemaining'])) <= 0;
  if (!isOwed) throw refused('EL/209', `Betrag ${amount} ist für Rechnung ${invoiceId} nicht möglich`);
  return row;
}

function refuseHead(payload: Payload, items: readonly Item[]): void {
  const amount = textOf(payload, 'Amount') || '0';
  const isFitting = ['0', sumOfAmounts(items.map((item) => item.amount))].some(
    (one) => compareDecimals(amount, one) === 0,
  );
  if (!isFitting) throw refused('EL/209', `Betrag ${amount} passt nicht zu den Rechnungen`);
}

function refused(code: string, message: string): Error {
  return businessError([{ code, message }]);
}

function textOf({ values }: Payload, name: string): string {
  return String(values.get(name) ?? '');
}
