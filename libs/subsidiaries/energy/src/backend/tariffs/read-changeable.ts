import { dayField, expandedRows, malformed, WireObject } from '#lib/formats';
import type { ChangeableContract } from '../../model/tariffs/product-change.js';
import { readContract } from '../contracts/read-contract.js';
import { readTerms } from '../contracts/read-terms.js';

/**
 * Reads a `ContractItem` of CRM_UTILITIES_UMC with what changing its product needs.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readChangeable(row: unknown, path: string, account: string): ChangeableContract {
  const item = new WireObject(row, path);
  // What of the place cannot be read is of no account here: only its postcode counts.
  const { number, commodity, until, supplyPoint } = readContract(row, path, account, () => undefined);
  const slices = expandedRows(item, 'ContractItemTimeSlices');
  if (slices === null) throw malformed(item.at('ContractItemTimeSlices'), 'is missing');
  return {
    contractNumber: number,
    commodity,
    product: item.text('ProductID', 40),
    until,
    postcode: supplyPoint?.address.postcode ?? null,
    terms: readTerms(row, path, account),
    slices: slices.rows.map((slice, index) => {
      const wire = new WireObject(slice, `${slices.path}[${index}]`);
      return { product: wire.text('ProductID', 40), from: dayField(wire, 'StartDate') };
    }),
  };
}
