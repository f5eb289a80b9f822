import type { Customer } from '#lib/customer';
import { toGlobalId, type Source } from '#lib/kernel';
import type { ContractAccount } from '../../model/billing/contract-account.js';
import type { ContractAccountType } from './contract-account.type.js';

/** A contract account as the graph shows it. */
export function toContractAccount(account: ContractAccount, customer: Customer, source: Source): ContractAccountType {
  return { ...account, id: toGlobalId('ContractAccount', account.number), source, customer };
}
