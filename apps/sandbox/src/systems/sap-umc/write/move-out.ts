import { addDays } from '../../../world/dates.js';
import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { withBookings } from '../books/booked-contracts.js';
import { literalIn } from '../function-literals.js';
import { badRequest, businessError } from '../sap-error.js';

/** How far back the books of gas, water and heating may be opened; those of power never. */
const LATEST_RETROACTIVE_DAYS = 42;
const LONGEST_AHEAD_DAYS = 3 * 366;

/**
 * Ends a contract on a day, its last day of supply.
 * @returns the contract's number
 * @throws SapError 400 for a contract that cannot be processed, a day that is not possible, or a second end
 */
export function moveOut(backend: Backend, household: Household | undefined, query: string): string {
  const { world, ledger } = backend;
  const [contractId, until] = [literalIn(query, 'ContractID', 'string'), literalIn(query, 'MoveOutDate', 'datetime')];
  if (contractId === undefined || until === undefined) {
    throw badRequest("Funktion 'MoveOut': Parameter fehlt oder ist ungültig");
  }
  const contract = household && bookedContract(backend, household, contractId);
  if (household === undefined || contract === undefined) {
    throw businessError([{ code: 'EL/209', message: `Vertrag ${contractId} kann nicht verarbeitet werden` }]);
  }
  const day = until.slice(0, 10);
  if (contract.until !== null && contract.until !== '9999-12-31') {
    throw businessError([{ code: 'EL/573', message: `Vertrag ${contractId} ist zum ${contract.until} beendet` }]);
  }
  if (!isPossible(day, world.today(), contract)) {
    throw businessError([{ code: 'EL/422', message: `Auszug zum ${day} ist für Vertrag ${contractId} nicht möglich` }]);
  }
  ledger.book({
    kind: 'move-out',
    household: household.number,
    accountId: household.energy?.accountId ?? '',
    contractId,
    until: day,
    at: world.now(),
  });
  return contractId;
}

export function bookedContract(backend: Backend, household: Household, contractId: string) {
  return withBookings(household, backend).energy?.contracts.find((one) => one.contractId === contractId);
}

/** A move-in that has not happened yet is taken back by an end on the day before it. */
function isPossible(day: string, today: string, { from, division }: { from: string; division: string }): boolean {
  if (day > addDays(today, LONGEST_AHEAD_DAYS)) return false;
  if (from > today) return day >= addDays(from, -1);
  if (day < from) return false;
  return division === '01' ? day > today : day >= addDays(today, -LATEST_RETROACTIVE_DAYS);
}
