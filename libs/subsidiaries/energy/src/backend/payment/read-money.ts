import { dayField, decimalField, expandedRows, malformed, WireObject } from '#lib/formats';
import type { HeldBankAccount, KeptFields, PaymentAgreement } from '../../model/payment/bank-change.js';
import type { PaymentDocument } from '../../model/payment/payment-wish.js';
import { expectAccount, numberField } from '../sap/umc-fields.js';

/** Reads a `BankAccount` with what changing it needs. @throws AppError UPSTREAM_MALFORMED */
export function readHeldBankAccount(row: unknown, path: string, account: string): HeldBankAccount {
  const held = new WireObject(row, path);
  expectAccount(held, account);
  const iban = held.optionalText('IBAN', 34) ?? held.textOrEmpty('BankAccountNo', 18);
  return {
    number: numberField(held, 'BankAccountID', 4),
    holder: held.textOrEmpty('AccountHolder', 60),
    iban: iban.replaceAll(' ', ''),
    kept: keptOf(row),
  };
}

/** Reads a `BusinessAgreement` of CRM_UTILITIES_UMC. @throws AppError UPSTREAM_MALFORMED */
export function readAgreement(row: unknown, path: string, account: string): PaymentAgreement {
  const agreement = new WireObject(row, path);
  expectAccount(agreement, account);
  return {
    number: numberField(agreement, 'BusinessAgreementID', 12),
    method: agreement.textOrEmpty('IncomingPaymentMethodID', 1),
    debitedBankAccount: agreement.optionalText('IncomingPaymentBankAccountID', 4),
    kept: keptOf(row),
  };
}

/** Reads a `PaymentDocument` with its items. @throws AppError UPSTREAM_MALFORMED */
export function readPayment(row: unknown, path: string, account: string): PaymentDocument {
  const payment = new WireObject(row, path);
  expectAccount(payment, account);
  const items = expandedRows(payment, 'PaymentDocumentItems');
  if (items === null) throw malformed(payment.at('PaymentDocumentItems'), 'is missing');
  return {
    bankAccount: payment.textOrEmpty('BankAccountID', 4),
    executedOn: payment.optionalText('ExecutionDate') === null ? null : dayField(payment, 'ExecutionDate'),
    items: items.rows.map((item, index) => {
      const wire = new WireObject(item, `${items.path}[${index}]`);
      return { invoice: numberField(wire, 'InvoiceID', 40), amount: decimalField(wire, 'Amount') };
    }),
  };
}

/** The entity's own properties as they came; what it leads to, and its metadata, are objects. */
function keptOf(row: unknown): KeptFields {
  const plain = Object.entries(row as object).filter(
    ([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(plain) as KeptFields;
}
