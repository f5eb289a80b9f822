import { dayField, expandedEntity, expandedRows, malformed, WireObject } from '#lib/formats';
import type { ProductSlice } from '../../model/tariffs/product-slice.js';
import { expectAccount, numberField } from '../sap/umc-fields.js';

/**
 * Reads the time slices of a `ContractItem` of CRM_UTILITIES_UMC. Their own description is the contract's: the name is
 * that of the product, which is shown by its id where it has none.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readSlices(row: unknown, path: string, account: string): readonly ProductSlice[] {
  const item = new WireObject(row, path);
  expectAccount(item, account);
  const contractNumber = numberField(item, 'ContractID', 10);
  const slices = expandedRows(item, 'ContractItemTimeSlices');
  if (slices === null) throw malformed(item.at('ContractItemTimeSlices'), 'is missing');
  return slices.rows.map((slice, index) => {
    const wire = new WireObject(slice, `${slices.path}[${index}]`);
    const number = wire.text('ProductID', 40);
    const product = expandedEntity(wire, 'Product')?.optionalText('Description', 40) ?? number;
    return { contractNumber, number, product, from: dayField(wire, 'StartDate') };
  });
}
