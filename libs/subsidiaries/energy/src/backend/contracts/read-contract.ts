import { dayField, endDayField, expandedEntity, WireObject } from '#lib/formats';
import type { Omission } from '#lib/kernel';
import { commodityOf } from '../../model/commodity.js';
import type { EnergyContract } from '../../model/contracts/energy-contract.js';
import { readSupplyPoint } from './read-supply-point.js';
import { expectAccount, numberField } from '../sap/umc-fields.js';

/**
 * Reads a `ContractItem` of CRM_UTILITIES_UMC with Premise and Product.
 * @param omit takes the points of delivery that had to be left out
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readContract(
  row: unknown,
  path: string,
  account: string,
  omit: (omission: Omission) => void,
): EnergyContract {
  const item = new WireObject(row, path);
  expectAccount(item, account);
  const commodity = commodityOf(item.text('DivisionID', 2));
  return {
    number: numberField(item, 'ContractID', 10),
    contractAccount: numberField(item, 'BusinessAgreementID', 12),
    commodity,
    product: productOf(item),
    from: dayField(item, 'ContractStartDate'),
    until: endDayField(item, 'ContractEndDate'),
    supplyPoint: readSupplyPoint(item, commodity, omit),
  };
}

/** Products without a description are shown by their id, as SAP's own app does. */
function productOf(item: WireObject): string {
  return expandedEntity(item, 'Product')?.optionalText('Description', 40) ?? item.text('ProductID', 40);
}
