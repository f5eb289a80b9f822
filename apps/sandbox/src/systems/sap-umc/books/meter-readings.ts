import { addDays } from '../../../world/dates.js';
import type { EnergyContractBook } from '../../../world/household.js';
import { midnight } from './dates.js';
import { withScale } from './decimal-text.js';
import { deviceIdOf, meterReadingIdOf } from './derived-numbers.js';
import type { BookedReading } from './ledger.js';
import { expectedUse, METER_KINDS, shown, stepsOf } from './meter-kinds.js';
import type { Row } from './row.js';

const MOST_YEARS = 3;
/** Readings are entered in the early afternoon. */
const READ_AT = 'T13:22:00';

/** `001` for the first register. */
export function registerIdOf(register: number): string {
  return String(register).padStart(3, '0');
}

/** Whether a reading waits for an agent's decision or was turned down: it counts for nothing. */
export function isLocked(reading: Row): boolean {
  return reading['MeterReadingStatusID'] === '2' || reading['MeterReadingStatusID'] === '3';
}

/** Every reading of a register, oldest first: what the world computes, and what was handed in. */
export function readingRows(
  contract: EnergyContractBook,
  register: number,
  today: string,
  booked: readonly BookedReading[],
): Row[] {
  const own = booked.filter(({ registerId }) => registerId === registerIdOf(register));
  const rows = [...computedRows(contract, register, today), ...own.map((reading) => bookedRow(contract, reading))];
  // Digits in the same places order like text; of two at the same time the one handed in later counts.
  return rows.toSorted((a, b) => String(a['ReadingDateTime']).localeCompare(String(b['ReadingDateTime']), 'en'));
}

function computedRows(contract: EnergyContractBook, register: number, today: string): Row[] {
  const kind = METER_KINDS[contract.division];
  const dates = datesOf(contract, today);
  const counts = dates.map((date) => meterCount(contract, register, date));
  return dates.map((date, index) => ({
    ...common(contract, register),
    MeterReadingResultID: meterReadingIdOf(contract.contractId, register, index),
    ReadingResult: withScale(shown(kind, counts[index] ?? 0), 14),
    ReadingDateTime: index === 0 ? midnight(date) : `${date}${READ_AT}`,
    Consumption: withScale(shown(kind, (counts[index] ?? 0) - (counts[index - 1] ?? counts[index] ?? 0)), 14),
    MeterReadingReasonID: index === 0 ? '06' : '01',
    MeterReadingCategoryID: categoryOf(contract, index),
    MeterReadingStatusID: index === dates.length - 1 ? '1' : '7',
    MultipleMeterReadingReasonsFlag: index === 0,
  }));
}

/** An interim reading without billing by the customer, billable at once unless it was locked. */
function bookedRow(contract: EnergyContractBook, reading: BookedReading): Row {
  return {
    ...common(contract, Number(reading.registerId)),
    MeterReadingResultID: reading.resultId,
    HeadMeterReadingResultID: reading.headId,
    BookedAt: String(reading.at),
    ReadingResult: withScale(reading.value, 14),
    ReadingDateTime: reading.readAt,
    MeterReadingNoteID: reading.noteId,
    Consumption: withScale(reading.consumption, 14),
    MeterReadingReasonID: '09',
    MeterReadingCategoryID: '02',
    MeterReadingStatusID: reading.statusId,
    MultipleMeterReadingReasonsFlag: false,
  };
}

/** SAP relates readings to the contract although the reading does not show it. */
function common({ contractId, division, meterSerialNumber }: EnergyContractBook, register: number): Row {
  return {
    ContractID: contractId,
    DeviceID: deviceIdOf(contractId),
    RegisterID: registerIdOf(register),
    ReadingUnit: METER_KINDS[division].unit,
    SerialNumber: meterSerialNumber,
  };
}

/** The utility reads at move-in; later the customer and the machine take turns, or the machine estimates each month. */
function categoryOf({ readMonthly }: EnergyContractBook, index: number): string {
  if (index === 0) return '01';
  return readMonthly || index % 2 === 0 ? '03' : '02';
}

/** The day of move-in and the last three turns of the year under this contract, or all ends of months. */
function datesOf({ from, until, readMonthly }: EnergyContractBook, today: string): string[] {
  if (from > today) return [];
  const ends = readMonthly ? endsOfMonths(from, today) : lastTurnsOfTheYear(today);
  return [from, ...ends.filter((date) => date > from && date <= (until ?? date))];
}

function lastTurnsOfTheYear(today: string): string[] {
  const thisYear = Number(today.slice(0, 4));
  return Array.from({ length: MOST_YEARS }, (_, index) => `${thisYear - MOST_YEARS + index}-12-31`);
}

function endsOfMonths(from: string, today: string): string[] {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  const months = (Number(today.slice(0, 4)) - year) * 12 + Number(today.slice(5, 7)) - month;
  return Array.from({ length: months }, (_, index) => {
    const next = new Date(Date.UTC(year, month + index, 1)).toISOString().slice(0, 10);
    return addDays(next, -1);
  });
}

/** What the register shows on a day, in the smallest step that it counts. */
export function meterCount(contract: EnergyContractBook, register: number, date: string): number {
  const kind = METER_KINDS[contract.division];
  const start = 10 + (Number(contract.contractId.slice(-3)) % 90);
  return Math.floor((start + expectedUse(kind, register, contract.from, date)) * stepsOf(kind));
}
