import { expandedEntity, expandedRows, malformed, readRows, WireObject } from '#lib/formats';
import type { Omission } from '#lib/kernel';
import type { BankAccount } from '../../model/payment/bank-account.js';
import type { ContractAccount, PaymentPlan } from '../../model/billing/contract-account.js';
import { expectAccount, moneyField, numberField } from '../sap/umc-fields.js';

/** Reads a `ContractAccount` of ERP_UTILITIES_UMC with its balance. @throws AppError UPSTREAM_MALFORMED */
export function readContractAccount(row: unknown, path: string, account: string): ContractAccount {
  const contractAccount = new WireObject(row, path);
  expectAccount(contractAccount, account);
  const balance = expandedEntity(contractAccount, 'ContractAccountBalance');
  if (balance === null) throw malformed(contractAccount.at('ContractAccountBalance'), 'is missing');
  // Without a method the bank account is one that was debited once.
  const isDebited = contractAccount.optionalText('IncomingPaymentMethodID', 1) !== null;
  return {
    number: numberField(contractAccount, 'ContractAccountID', 12),
    balance: moneyField(balance, 'CurrentBalance'),
    debits: moneyField(balance, 'OpenDebits'),
    credits: moneyField(balance, 'OpenCredits'),
    debitedBankAccount: isDebited ? contractAccount.optionalText('IncomingPaymentBankAccountID', 4) : null,
  };
}

/**
 * Reads the active payment plans in the contracts of a `ContractAccount`.
 * @param omit takes the plans that had to be left out
 * @throws AppError UPSTREAM_MALFORMED when the account itself is malformed
 */
export function readPaymentPlans(
  row: unknown,
  path: string,
  account: string,
  omit: (omission: Omission) => void,
): readonly PaymentPlan[] {
  const contractAccount = new WireObject(row, path);
  expectAccount(contractAccount, account);
  const contracts = expandedRows(contractAccount, 'Contracts');
  if (contracts === null) return [];
  const { value, omissions } = readRows(contracts.rows, contracts.path, readPaymentPlan);
  omissions.forEach(omit);
  return value.filter((plan) => plan !== null);
}

function readPaymentPlan(row: unknown, path: string): PaymentPlan | null {
  const contract = new WireObject(row, path);
  const contractNumber = numberField(contract, 'ContractID', 10);
  const plan = expandedEntity(contract, 'ActivePaymentPlan');
  if (plan === null) return null;
  const startsIn = `${plan.text('Year', 4)}-${plan.text('StartingMonth', 2)}`;
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(startsIn)) throw malformed(plan.at('StartingMonth'), 'is not a month');
  return {
    contractNumber,
    amount: moneyField(plan, 'Amount'),
    debt: moneyField(plan, 'BalanceForwardAmount'),
    startsIn,
    cycle: expandedEntity(plan, 'BudgetBillingCycle')?.optionalText('Description', 20) ?? null,
  };
}

/** Reads a `BankAccount` with its Bank. Where there is no IBAN the account number stands in. */
export function readBankAccount(row: unknown, path: string, account: string): BankAccount {
  const bankAccount = new WireObject(row, path);
  expectAccount(bankAccount, account);
  const iban = bankAccount.optionalText('IBAN', 34) ?? bankAccount.text('BankAccountNo', 18);
  return {
    number: numberField(bankAccount, 'BankAccountID', 4),
    holder: bankAccount.textOrEmpty('AccountHolder', 60),
    bank: expandedEntity(bankAccount, 'Bank')?.optionalText('Name', 60) ?? null,
    iban: iban.replaceAll(' ', ''),
  };
}
