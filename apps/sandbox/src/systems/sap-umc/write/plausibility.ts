import { addDays } from '../../../world/dates.js';
import type { EnergyContractBook } from '../../../world/household.js';
import { countOf, expectedUse, METER_KINDS, shown, stepsOf } from '../books/meter-kinds.js';
import type { Row } from '../books/row.js';
import type { Entered } from './entered-reading.js';

/** More than so many times the expected use is implausible, once a month's use is allowed for. */
const HIGHEST_FACTOR = 2;
const ALLOWANCE_DAYS = 30;
/** Less than this part of the expected use is implausible, unless the last reading is recent. */
const LOWEST_FACTOR = 0.25;
const RECENT_DAYS = 60;
/** More than so many times the highest plausible use is believed by nobody, whatever the note: it waits for an agent. */
const LOCKED_FACTOR = 5;

/** Whether a reading is as near to the expected use that nobody asks. */
export function isPlausible(reading: Entered, register: Row, contract: EnergyContractBook): boolean {
  const use = stepsSince(reading, register, contract);
  if (use === null) return true;
  const [lowest, highest] = bounds(reading, register, contract);
  return use >= lowest && use <= highest;
}

/** Whether a reading is so far above what is expected that it is locked even with a note. */
export function isBeyondBelief(reading: Entered, register: Row, contract: EnergyContractBook): boolean {
  const use = stepsSince(reading, register, contract);
  return use !== null && use > LOCKED_FACTOR * bounds(reading, register, contract)[1];
}

/** Whether a reading is lower than the last one, and not because the register went over its end. */
export function isBelowLast(reading: Entered, register: Row, contract: EnergyContractBook): boolean {
  const last = lastCount(register, contract);
  if (last === null || countOf(METER_KINDS[contract.division], reading.value) >= last) return false;
  return (stepsSince(reading, register, contract) ?? 0) > bounds(reading, register, contract)[1];
}

/** What was used since the last reading, with the register's decimals; zero without one. */
export function useSince(reading: Entered, register: Row, contract: EnergyContractBook): string {
  return shown(METER_KINDS[contract.division], stepsSince(reading, register, contract) ?? 0);
}

/** Over its end when it is lower than before. Null without an earlier reading. */
function stepsSince({ value }: Entered, register: Row, contract: EnergyContractBook): number | null {
  const kind = METER_KINDS[contract.division];
  const last = lastCount(register, contract);
  if (last === null) return null;
  const difference = countOf(kind, value) - last;
  return difference >= 0 ? difference : difference + 10 ** Number(kind.integerPlaces) * stepsOf(kind);
}

function lastCount(register: Row, { division }: EnergyContractBook): number | null {
  const last = register['PreviousMeterReadingResult'];
  return typeof last === 'string' ? countOf(METER_KINDS[division], last) : null;
}

/** Least and most steps since the last reading that nobody asks about. */
function bounds({ registerId, readAt }: Entered, register: Row, { division }: EnergyContractBook): [number, number] {
  const kind = METER_KINDS[division];
  const [since, day] = [String(register['PreviousMeterReadingDate']).slice(0, 10), readAt.slice(0, 10)];
  const inSteps = (from: string, until: string): number =>
    expectedUse(kind, Number(registerId), from, until) * stepsOf(kind);
  const lowest = addDays(since, RECENT_DAYS) < day ? inSteps(since, day) * LOWEST_FACTOR : 0;
  return [lowest, inSteps(since, day) * HIGHEST_FACTOR + inSteps(since, addDays(since, ALLOWANCE_DAYS))];
}
