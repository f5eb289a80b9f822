import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { isLocked } from '../books/meter-readings.js';
import type { Row } from '../books/row.js';
import { badRequest, businessError } from '../sap-error.js';
import type { Payload } from './payload.js';

/** What agents may do with a reading: lock it by hand, or release it. */
const BY_AGENTS = ['3', '4'] as const;

/**
 * Changes the status of a reading that is locked; nothing else of a reading can be changed.
 * @throws SapError 400 for another property, another status, or a reading that is not locked
 */
export function changeReadingStatus(
  { world, ledger }: Backend,
  household: Household,
  reading: Row,
  { values, inside }: Payload,
): void {
  const resultId = String(reading['MeterReadingResultID']);
  const wanted = values.get('MeterReadingStatusID');
  const statusId = BY_AGENTS.find((status) => status === wanted);
  if (wanted !== undefined && statusId === undefined) {
    throw businessError([{ code: 'EL/355', message: `Status ${String(wanted)} ist nicht vorgesehen` }]);
  }
  const others = [...values].some(
    ([name, value]) => name !== 'MeterReadingStatusID' && value !== null && value !== reading[name],
  );
  if (statusId === undefined || others || inside.size > 0) {
    throw badRequest("Nur die Property 'MeterReadingStatusID' kann geändert werden");
  }
  if (!isLocked(reading)) {
    throw businessError([{ code: 'EL/459', message: `Ableseergebnis ${resultId} ist nicht gesperrt` }]);
  }
  const accountId = household.energy?.accountId ?? '';
  ledger.book({
    kind: 'reading-status',
    household: household.number,
    accountId,
    resultId,
    statusId,
    at: world.now(),
  });
}
