import type { EnergyContractBook } from '../../../world/household.js';
import { isRunning, midnight } from './dates.js';
import { withScale } from './decimal-text.js';
import { deviceIdOf } from './derived-numbers.js';
import type { BookedReading } from './ledger.js';
import { METER_KINDS } from './meter-kinds.js';
import { isLocked, readingRows, registerIdOf } from './meter-readings.js';
import type { Row } from './row.js';

/**
 * A contract's meter, its registers and their readings. Every fourth contract has a second register for the
 * off-peak rate; every fifth meter comes twice, as the join over a device's installations makes it in SAP.
 */
export function meterRows(
  contract: EnergyContractBook,
  today: string,
  booked: readonly BookedReading[],
): Record<string, readonly Row[]> {
  const registers = registersOf(contract);
  const readings = new Map(registers.map((register) => [register, readingRows(contract, register, today, booked)]));
  const device = deviceRow(contract);
  return {
    Device: isTwice(contract.contractId) ? [device, device] : [device],
    RegisterToRead: registers.map((register) => registerRow(contract, register, readings.get(register) ?? [], today)),
    MeterReadingResult: [...readings.values()].flat(),
  };
}

/** One, or two where there is an off-peak rate. */
export function registersOf({ contractId, division }: EnergyContractBook): readonly number[] {
  return division === '01' && Number(contractId.slice(-5)) % 4 === 0 ? [1, 2] : [1];
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
    DeviceDescription: METER_KINDS[contract.division].description,
    InstallationID: `5${contract.contractId.slice(1)}`,
  };
}

function registerRow(contract: EnergyContractBook, register: number, readings: readonly Row[], today: string): Row {
  const kind = METER_KINDS[contract.division];
  const last = readings.findLast((reading) => !isLocked(reading));
  return {
    DeviceID: deviceIdOf(contract.contractId),
    RegisterID: registerIdOf(register),
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
