import { dayField, WireObject } from '#lib/formats';
import { commodityOf } from '../../model/commodity.js';
import type { Invoice, InvoiceState } from '../../model/billing/invoice.js';
import { expectAccount, moneyField, numberField } from '../sap/umc-fields.js';

/** Division of what concerns no single commodity. */
const GENERAL = '00';

/**
 * Reads an `Invoice` of ERP_UTILITIES_UMC. Older service packs have no Division.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readInvoice(row: unknown, path: string, account: string): Invoice {
  const invoice = new WireObject(row, path);
  expectAccount(invoice, account);
  const division = invoice.optionalText('Division', 2);
  return {
    number: numberField(invoice, 'InvoiceID', 40),
    contractAccount: numberField(invoice, 'ContractAccountID', 12),
    commodity: division === null || division === GENERAL ? null : commodityOf(division),
    date: dayField(invoice, 'InvoiceDate'),
    due: dayField(invoice, 'DueDate'),
    amount: moneyField(invoice, 'AmountDue'),
    open: moneyField(invoice, 'AmountRemaining'),
    state: stateOf(invoice.optionalText('InvoiceStatusID', 2)),
  };
}

/** InvoiceStatusID (domain.md section 1). */
const STATES: Readonly<Record<string, InvoiceState>> = {
  '1': 'OPEN',
  '2': 'DEBIT_RELEASED',
  '3': 'COLLECTION',
  '4': 'TRANSFER_NOTIFIED',
  '8': 'NOT_PAYABLE',
  '9': 'PAID',
  P: 'PROMISED',
  I: 'SPECIFIED',
};

function stateOf(code: string | null): InvoiceState {
  return code !== null && Object.hasOwn(STATES, code) ? STATES[code]! : 'OTHER';
}
