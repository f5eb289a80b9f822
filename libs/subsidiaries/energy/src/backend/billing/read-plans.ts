import {
  dayField,
  decimalField,
  endDayField,
  expandedEntity,
  expandedRows,
  flagField,
  readRows,
  WireObject,
} from '#lib/formats';
import type { Omission } from '#lib/kernel';
import type { InstalmentPlan, PlannedContract } from '../../model/billing/instalment-plan.js';
import { expectAccount, numberField } from '../sap/umc-fields.js';

/**
 * Reads the contracts of a `ContractAccount` of ERP_UTILITIES_UMC with what changing their plans needs.
 * @param omit takes the contracts that had to be left out
 * @throws AppError UPSTREAM_MALFORMED when the account itself is malformed
 */
export function readPlans(
  row: unknown,
  path: string,
  account: string,
  omit: (omission: Omission) => void,
): readonly PlannedContract[] {
  const contractAccount = new WireObject(row, path);
  expectAccount(contractAccount, account);
  const contracts = expandedRows(contractAccount, 'Contracts');
  if (contracts === null) return [];
  const { value, omissions } = readRows(contracts.rows, contracts.path, readPlannedContract);
  omissions.forEach(omit);
  return value;
}

function readPlannedContract(row: unknown, path: string): PlannedContract {
  const contract = new WireObject(row, path);
  const plan = expandedEntity(contract, 'ActiveBudgetBillingPlan');
  // Newer systems keep listing contracts that have ended, with their last plan.
  const isRunning = plan !== null && !flagField(contract, 'HistoricFlag');
  return { contractNumber: numberField(contract, 'ContractID', 10), plan: isRunning ? readPlan(plan) : null };
}

function readPlan(plan: WireObject): InstalmentPlan {
  return {
    planNumber: numberField(plan, 'BudgetBillingPlanID', 12),
    amount: decimalField(plan, 'Amount'),
    minimum: decimalField(plan, 'LowerLimitAmount'),
    maximum: decimalField(plan, 'UpperLimitAmount'),
    changeFrom: plan.optionalText('ChangeFromDate') === null ? null : dayField(plan, 'ChangeFromDate'),
    until: endDayField(plan, 'EndDate'),
    etag: plan.optionalObject('__metadata')?.optionalText('etag', 300) ?? null,
  };
}
