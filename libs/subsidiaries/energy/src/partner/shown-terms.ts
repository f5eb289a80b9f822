import type { CalendarDate } from '#lib/kernel';
import type { EnergyContract } from '../model/contracts/energy-contract.js';
import { sameNumber } from '../model/sap-number.js';
import { earliestEnd, type ContractTerms } from '../model/contracts/terms.js';

/** Terms of a contract with its earliest end, as the graph shows them too. */
export type ShownTerms = Omit<ContractTerms, 'contractNumber'> & { readonly earliestEnd: CalendarDate | null };

/** @returns null when the system keeps none of this contract */
export function shownTerms(
  all: readonly ContractTerms[],
  { number, until }: EnergyContract,
  today: CalendarDate,
): ShownTerms | null {
  const terms = all.find(({ contractNumber }) => sameNumber(contractNumber, number));
  if (terms === undefined) return null;
  const { contractNumber: _number, ...shown } = terms;
  return { ...shown, earliestEnd: until === null ? earliestEnd(terms, today) : null };
}
