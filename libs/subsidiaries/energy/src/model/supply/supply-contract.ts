import { parseGlobalId, type CalendarDate, type Omission } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { sameNumber } from '../sap-number.js';
import type { ContractTerms } from '../contracts/terms.js';

/** A contract with what beginning and ending it needs. Never leaves this lib. */
export interface SupplyContract {
  readonly contractNumber: string;
  /** Number of the business partner. */
  readonly account: string;
  readonly contractAccount: string;
  readonly commodity: Commodity;
  readonly from: CalendarDate;
  /** Last day of supply; null while it is open-ended; before `from` where it was taken back before it began. */
  readonly until: CalendarDate | null;
  /** Null where the service pack does not tell terms. */
  readonly terms: ContractTerms | null;
  /** When it was concluded; null where the system does not say. */
  readonly signedOn: CalendarDate | null;
  readonly marketLocation: string | null;
}

/** What is known of a customer's contracts: the list, and what of it could not be read. */
export interface KnownContracts {
  readonly value: readonly SupplyContract[];
  readonly omissions: readonly Omission[];
}

/** The number in the global id of a contract; undefined when it is none. */
export function contractNumberIn(contractId: string): string | undefined {
  const parsed = parseGlobalId(contractId);
  return parsed?.type === 'EnergyContract' ? parsed.key : undefined;
}

/** The contract that a global id names; undefined when it is not in the list. */
export function contractIn(contractId: string, { value }: KnownContracts): SupplyContract | undefined {
  const number = contractNumberIn(contractId);
  return value.find(({ contractNumber }) => number !== undefined && sameNumber(contractNumber, number));
}
