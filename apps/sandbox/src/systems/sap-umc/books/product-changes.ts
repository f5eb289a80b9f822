import { addDays } from '../../../world/dates.js';
import type { EnergyBooks, EnergyContractBook, Household } from '../../../world/household.js';
import type { Booking } from '../../legacy-system.js';
import { endOf, midnight } from './dates.js';
import type { Ledger } from './ledger.js';
import type { Row } from './row.js';

/** Another product of a contract, from a day on (function import ChangeProduct). */
export interface BookedProductChange {
  readonly kind: 'product-change';
  readonly household: number;
  readonly accountId: string;
  readonly contractId: string;
  readonly productId: string;
  readonly productName: string;
  readonly formerProductId: string;
  readonly from: string;
  readonly at: number;
}

/** What the control endpoint shows of it. */
export function productChangeBooking({ productId: product, from }: BookedProductChange): Partial<Booking> {
  return { product, from };
}

/** The household with the products that its contracts have today. */
export function withProducts(household: Household, ledger: Ledger, today: string): Household {
  const { energy } = household;
  if (energy === null) return household;
  const contracts = energy.contracts.map((contract) => {
    const change = ledger.productChangesOf(contract.contractId).findLast(({ from }) => from <= today);
    return change ? { ...contract, productId: change.productId, productName: change.productName } : contract;
  });
  return { ...household, energy: { ...energy, contracts } };
}

/** The times of each contract with one product each, the first since the contract began. */
export function timeSliceRows({ contracts }: EnergyBooks, ledger: Ledger): Row[] {
  return contracts.flatMap((contract) => slicesOf(contract, ledger.productChangesOf(contract.contractId)));
}

function slicesOf(contract: EnergyContractBook, changes: readonly BookedProductChange[]): Row[] {
  const first = { from: contract.from, productId: changes[0]?.formerProductId ?? contract.productId };
  const slices = [first, ...changes.map(({ from, productId }) => ({ from, productId }))];
  return slices.map(({ from, productId }, index) => {
    const next = slices[index + 1];
    return {
      ContractID: contract.contractId,
      Description: contract.productName,
      StartDate: midnight(from),
      EndDate: next === undefined ? endOf(contract.until) : midnight(addDays(next.from, -1)),
      ProductID: productId,
    };
  });
}
