import { dayField, endDayField, expandedEntity, malformed, WireObject } from '#lib/formats';
import type { CalendarDate } from '#lib/kernel';
import type { FoundCustomer } from '../../model/agents/found-customer.js';
import { sameNumber } from '../../model/sap-number.js';
import { numberField } from '../sap/umc-fields.js';

/** Digits of a business partner. */
const LENGTH = 10;

/** A hit with the day of birth, which only narrows: it is never shown. */
export interface Hit {
  readonly customer: FoundCustomer;
  /** Null where the service pack does not tell it. */
  readonly birthDate: CalendarDate | null;
}

/** Reads an `Account` of CRM with its standard address. @throws AppError UPSTREAM_MALFORMED */
export function readHit(row: unknown, path: string): Hit {
  const account = new WireObject(row, path);
  const number = numberField(account, 'AccountID', LENGTH);
  if (!/^\d+$/.test(number)) throw malformed(account.at('AccountID'), 'is not a business partner');
  const address = expandedEntity(account, 'StandardAccountAddress')?.object('AddressInfo');
  return {
    customer: {
      number: number.padStart(LENGTH, '0'),
      name: nameOf(account),
      street: address?.optionalText('Street', 60) ?? null,
      city: address?.optionalText('City', 40) ?? null,
    },
    birthDate: account.optionalText('BirthDate') === null ? null : dayField(account, 'BirthDate'),
  };
}

/** Whose contract it is, and its last day. @throws AppError UPSTREAM_MALFORMED, also for another contract */
export function readHolder(
  document: unknown,
  contract: string,
): { readonly account: string; readonly until: CalendarDate | null } {
  const item = new WireObject(document, '').object('d');
  if (!sameNumber(item.text('ContractID', 10), contract)) throw malformed(item.at('ContractID'), 'is another contract');
  return { account: numberField(item, 'AccountID', LENGTH), until: endDayField(item, 'ContractEndDate') };
}

/** The contract of a `Device`. @throws AppError UPSTREAM_MALFORMED, also for a meter of another serial number */
export function readContractOfDevice(row: unknown, path: string, serialNumber: string): string {
  const device = new WireObject(row, path);
  if (!sameNumber(device.text('SerialNumber', 18).toUpperCase(), serialNumber)) {
    throw malformed(device.at('SerialNumber'), 'is another meter');
  }
  return numberField(device, 'ContractID', LENGTH);
}

/** People have a full name, made of its parts where it is empty; companies have up to four lines. */
function nameOf(account: WireObject): string {
  const parts = (names: readonly string[]): string =>
    names.flatMap((name) => account.optionalText(name, 40) ?? []).join(' ');
  const name =
    account.optionalText('FullName', 80) ||
    parts(['FirstName', 'LastName']) ||
    parts(['Name1', 'Name2', 'Name3', 'Name4']);
  if (name === '') throw malformed(account.at('FullName'), 'is empty');
  return name;
}
