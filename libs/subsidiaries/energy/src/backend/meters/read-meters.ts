import {
  dayField,
  decimalField,
  endDayField,
  expandedEntity,
  expandedRows,
  flagField,
  malformed,
  readRows,
  WireObject,
} from '#lib/formats';
import type { CalendarDate, DecimalText, Omission } from '#lib/kernel';
import type { Meter, Register } from '../../model/meters/meter.js';
import { cutToScale } from '../../model/meters/reading-rules.js';
import { sameNumber } from '../../model/sap-number.js';
import { expectAccount, numberField, unitOf } from '../sap/umc-fields.js';

/** A meter whose registers are yet to be read, and where it stood in the answer. */
export interface DeviceRow {
  readonly device: Omit<Meter, 'registers'>;
  readonly path: string;
}

/**
 * Reads the devices in the running contracts of a `ContractAccount` of ERP_UTILITIES_UMC. Of ended contracts there are
 * none: their meters count someone else's consumption now. Systems list a device more than once; that is for the caller.
 * @param omit takes what had to be left out
 * @throws AppError UPSTREAM_MALFORMED when the account itself is malformed
 */
export function readDevices(
  row: unknown,
  path: string,
  account: string,
  today: CalendarDate,
  omit: (omission: Omission) => void,
): readonly DeviceRow[] {
  const contractAccount = new WireObject(row, path);
  expectAccount(contractAccount, account);
  const contracts = expandedRows(contractAccount, 'Contracts');
  if (contracts === null) return [];
  const read = readRows(contracts.rows, contracts.path, (each, at) => readContractDevices(each, at, today, omit));
  read.omissions.forEach(omit);
  return read.value.flat();
}

function readContractDevices(
  row: unknown,
  path: string,
  today: CalendarDate,
  omit: (omission: Omission) => void,
): readonly DeviceRow[] {
  const contract = new WireObject(row, path);
  const contractNumber = numberField(contract, 'ContractID', 10);
  // Newer service packs name the days of moving in and out, older ones start and end.
  const isNewer = contract.has('MoveInDate');
  const since = dayField(contract, isNewer ? 'MoveInDate' : 'ContractStartDate');
  const until = endDayField(contract, isNewer ? 'MoveOutDate' : 'ContractEndDate');
  const devices = expandedRows(contract, 'Devices');
  if (devices === null || flagField(contract, 'HistoricFlag') || (until !== null && until < today)) return [];
  const read = readRows(devices.rows, devices.path, (each, at) => readDevice(each, at, contractNumber, since));
  read.omissions.forEach(omit);
  return read.value;
}

function readDevice(row: unknown, path: string, contractNumber: string, since: CalendarDate): DeviceRow {
  const device = new WireObject(row, path);
  if (!sameNumber(device.text('ContractID', 10), contractNumber)) {
    throw malformed(device.at('ContractID'), 'is another contract');
  }
  const number = numberField(device, 'DeviceID', 18);
  return { path, device: { number, contractNumber, since, serialNumber: device.text('SerialNumber', 18) } };
}

/**
 * Reads a `RegisterToRead` with RegisterType. A previous result from before `since` is someone else's and is left out.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readRegister(row: unknown, path: string, device: string, since: CalendarDate): Register {
  const register = new WireObject(row, path);
  if (!sameNumber(register.text('DeviceID', 18), device)) throw malformed(register.at('DeviceID'), 'is another device');
  const decimals = placesField(register, 'DecimalPlaces', 0);
  return {
    number: numberField(register, 'RegisterID', 3),
    name: expandedEntity(register, 'RegisterType')?.optionalText('Description', 30) ?? register.text('RegisterID', 3),
    unit: unitOf(register.text('ReadingUnit', 3)),
    integerDigits: placesField(register, 'IntegerPlaces', 1),
    decimals,
    ...lastOf(register, decimals, since),
  };
}

function lastOf(
  register: WireObject,
  decimals: number,
  since: CalendarDate,
): { readonly lastValue: DecimalText | null; readonly lastDate: CalendarDate | null } {
  const none = { lastValue: null, lastDate: null };
  const isKnown = ['PreviousMeterReadingResult', 'PreviousMeterReadingDate'].every(
    (name) => register.optionalText(name) !== null,
  );
  if (!isKnown) return none;
  const lastDate = dayField(register, 'PreviousMeterReadingDate');
  if (lastDate < since) return none;
  return { lastDate, lastValue: cutToScale(decimalField(register, 'PreviousMeterReadingResult', 14), decimals) };
}

/** `06`: two digits as text. SAP's decimals have at most 14. */
function placesField(register: WireObject, name: string, least: number): number {
  const text = register.text(name, 2);
  const places = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  if (places < least || places > 14) throw malformed(register.at(name), 'is not a number of digits');
  return places;
}
