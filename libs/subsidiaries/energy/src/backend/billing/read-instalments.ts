import { expandedEntity, expandedRows, flagField, readRows, WireObject } from '#lib/formats';
import type { Omission } from '#lib/kernel';
import type { Instalment } from '../../model/billing/instalment.js';
import { expectAccount, moneyField, numberField } from '../sap/umc-fields.js';

/**
 * Reads the plans in the contracts of a `ContractAccount` of ERP_UTILITIES_UMC. Contracts of older service packs
 * (ContractStartDate) and newer ones (MoveInDate, HistoricFlag) differ only in fields that are not needed here.
 * @param omit takes the contracts that had to be left out
 * @throws AppError UPSTREAM_MALFORMED when the account itself is malformed
 */
export function readInstalments(
  row: unknown,
  path: string,
  account: string,
  omit: (omission: Omission) => void,
): readonly Instalment[] {
  const contractAccount = new WireObject(row, path);
  expectAccount(contractAccount, account);
  const contracts = expandedRows(contractAccount, 'Contracts');
  if (contracts === null) return [];
  const { value, omissions } = readRows(contracts.rows, contracts.path, readInstalment);
  omissions.forEach(omit);
  return value.filter((instalment) => instalment !== null);
}

function readInstalment(row: unknown, path: string): Instalment | null {
  const contract = new WireObject(row, path);
  const contractNumber = numberField(contract, 'ContractID', 10);
  const plan = expandedEntity(contract, 'ActiveBudgetBillingPlan');
  // Newer systems keep listing contracts that have ended, with their last plan.
  if (plan === null || flagField(contract, 'HistoricFlag')) return null;
  return {
    contractNumber,
    amount: moneyField(plan, 'Amount'),
    minimum: moneyField(plan, 'LowerLimitAmount'),
    maximum: moneyField(plan, 'UpperLimitAmount'),
    cycle: expandedEntity(plan, 'BudgetBillingCycle')?.optionalText('Description', 20) ?? null,
  };
}
