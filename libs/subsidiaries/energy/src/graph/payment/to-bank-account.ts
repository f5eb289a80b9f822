import { toGlobalId } from '#lib/kernel';
import { maskedIban, type BankAccount } from '../../model/payment/bank-account.js';
import type { BankAccountType } from '../billing/contract-account.type.js';

/** A bank account as the graph shows it; `account` is the customer's number, within which those of banks are counted. */
export function toBankAccount(bankAccount: BankAccount, account: string): BankAccountType {
  const { number, holder, bank, iban } = bankAccount;
  return {
    id: toGlobalId('BankAccount', `${account}/${number}`),
    holder,
    bank,
    maskedIban: maskedIban(iban),
    bankAccount,
  };
}
