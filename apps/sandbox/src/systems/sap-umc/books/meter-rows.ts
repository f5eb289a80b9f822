import type { EnergyContractBook } from '../../../world/household.js';
import { withScale } from './decimal-text.js';
import { isRunning, midnight } from './dates.js';
import { deviceIdOf, meterReadingIdOf } from './derived-numbers.js';
import type { Row } from './row.js';

interface Kind {
  readonly unit: string;
  readonly perYear: number;
  readonly integerPlaces: string;
  readonly decimalPlaces: string;
  readonly description: string;
}

const KINDS: Readonly<Record<EnergyContractBook['division'], Kind>> = {
  '01': { unit: 'KWH', perYear: 2600, integerPlaces: '06', decimalPlaces: '01', description: 'Wechselstromzähler' },
  '02': { unit: 'M3', perYear: 1300, integerPlaces: '05', decimalPlaces: '03', description: 'Balgengaszähler G4' },
  '03': { unit: 'M3', perYear: 95, integerPlaces: '05', decimalPlaces: '00', description: 'Hauswasserzähler' },
  '07': { unit: 'KWH', perYear: 8200, integerPlaces: '07', decimalPlaces: '00', description: 'Wärmemengenzähler' },
};
const MOST_YEARS = 3;
/** Annual readings are entered in the early afternoon. */
const READ_AT = 'T13:22:00';

/**
 * A contract's meter, its registers and their readings. Every fourth contract has a second register for the
 * off-peak rate; every fifth meter comes twice, as the join over a device's installations makes it in SAP.
 */
export function meterRows(contract: EnergyContractBook, today: string): Record<string, readonly Row[]> {
  const serial = Number(contract.contractId.slice(-5));
  const registers = contract.division === '01' && serial % 4 === 0 ? [1, 2] : [1];
  const readings = new Map(registers.map((register) => [register, readingsOf(contract, register, today)]));
  const device = deviceRow(contract);
  return {
    Device: isTwice(contract.contractId) ? [device, device] : [device],
    RegisterToRead: registers.map((register) => registerRow(contract, register, readings.get(register) ?? [], today)),
    MeterReadingResult: [...readings.values()].flat(),
  };
}

function isTwice(contractId: string): boolean {
  return Number(contractId.slice(-5)) % 5 === 0;
}

function deviceRow(contract: EnergyContractBook): Row {
  return {
    DeviceID: deviceIdOf(contract.contractId),
    ContractID: contract.contractId,
    DivisionID: contract.division,
    SerialNumber: contract.meterSerialNumber,
    FunctionClass: 'ZAEHLER',
    DeviceMaterial: `MAT-${contract.division}`,
    DeviceLocation: 'Hausanschlussraum',
    DeviceDescription: KINDS[contract.division].description,
    InstallationID: `5${contract.contractId.slice(1)}`,
  };
}

function registerRow(contract: EnergyContractBook, register: number, readings: readonly Row[], today: string): Row {
  const kind = KINDS[contract.division];
  const last = readings.at(-1);
  return {
    DeviceID: deviceIdOf(contract.contractId),
    RegisterID: registerId(register),
    RegisterTypeID: register === 1 ? '01' : '02',
    ReadingUnit: kind.unit,
    IntegerPlaces: kind.integerPlaces,
    DecimalPlaces: kind.decimalPlaces,
    NoMeterReadingOrderFlag: !isRunning(contract, today),
    PreviousMeterReadingResult: last?.['ReadingResult'] ?? null,
    PreviousMeterReadingDate: last === undefined ? null : midnight(String(last['ReadingDateTime']).slice(0, 10)),
    PreviousMeterReadingReasonID: last?.['MeterReadingReasonID'] ?? '',
    PreviousMeterReadingCategoryID: last?.['MeterReadingCategoryID'] ?? '',
    SerialNumber: contract.meterSerialNumber,
    Multiplier: withScale('1', 5),
  };
}

/** The reading at move-in and those of the last three turns of the year under this contract. */
function readingsOf(contract: EnergyContractBook, register: number, today: string): Row[] {
  const first = contract.from > today ? [] : [contract.from];
  const thisYear = Number(today.slice(0, 4));
  const ends = Array.from({ length: MOST_YEARS }, (_, index) => `${thisYear - MOST_YEARS + index}-12-31`);
  const dates = [...first, ...ends.filter((date) => date > contract.from && date <= (contract.until ?? date))];
  const results = dates.map((date) => meterCount(contract, register, date));
  return dates.map((date, index) => ({
    MeterReadingResultID: meterReadingIdOf(contract.contractId, register, index),
    // SAP relates readings to the contract although the reading does not show it.
    ContractID: contract.contractId,
    DeviceID: deviceIdOf(contract.contractId),
    RegisterID: registerId(register),
    ReadingResult: withScale(decimal(contract, results[index] ?? 0), 14),
    ReadingDateTime: index === 0 ? midnight(date) : `${date}${READ_AT}`,
    ReadingUnit: KINDS[contract.division].unit,
    Consumption: withScale(decimal(contract, (results[index] ?? 0) - (results[index - 1] ?? results[index] ?? 0)), 14),
    MeterReadingReasonID: index === 0 ? '06' : '01',
    MeterReadingCategoryID: index === 0 ? '01' : index % 2 === 0 ? '03' : '02',
    MeterReadingStatusID: index === dates.length - 1 ? '1' : '7',
    SerialNumber: contract.meterSerialNumber,
    MultipleMeterReadingReasonsFlag: index === 0,
  }));
}

/** What the register shows on a day, in the smallest step that it counts. */
function meterCount(contract: EnergyContractBook, register: number, date: string): number {
  const kind = KINDS[contract.division];
  const steps = 10 ** Number(kind.decimalPlaces);
  const start = 10 + (Number(contract.contractId.slice(-3)) % 90);
  const years = (Date.parse(date) - Date.parse(contract.from)) / (365.25 * 86_400_000);
  return Math.floor((start + (years * kind.perYear) / register) * steps);
}

function decimal(contract: EnergyContractBook, count: number): string {
  const places = Number(KINDS[contract.division].decimalPlaces);
  const digits = String(count).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function registerId(register: number): string {
  return String(register).padStart(3, '0');
}
