import type { Labels } from '#lib/customer';
import type { CalendarDate } from '#lib/kernel';
import { CONTRACT_NUMBER, PRODUCT } from '../labels.js';
import { sameNumber } from '../sap-number.js';

/** The product (Tarif) that a contract has from a day on, past and future. */
export interface ProductSlice {
  readonly contractNumber: string;
  /** SAP's number of the product. */
  readonly number: string;
  /** Name of the product. */
  readonly product: string;
  readonly from: CalendarDate;
}

export const productSliceLabels: Labels<ProductSlice> = {
  contractNumber: CONTRACT_NUMBER,
  number: PRODUCT,
  product: PRODUCT,
  from: PRODUCT,
};

/** The next product that is agreed for a contract; undefined where the present one stays. */
export function upcomingIn(
  slices: readonly ProductSlice[],
  contractNumber: string,
  today: CalendarDate,
): ProductSlice | undefined {
  return slices
    .filter((slice) => sameNumber(slice.contractNumber, contractNumber) && slice.from > today)
    .toSorted((left, right) => (left.from < right.from ? -1 : 1))[0];
}
