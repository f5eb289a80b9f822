import type { TillClient } from './find-clients.js';
import { encoded, encodedExtra } from './write-encoded.js';

const COUNTRY = { id: '5000000049', name: 'Deutschland' };

/** The members of a TClient in the order of the unTill class. */
export function writeClient({ id, household, uid, balanceCents, lastUpdate }: TillClient): string {
  const { person, address } = household;
  const home = `${address.street} ${address.houseNumber}, ${address.postcode} ${address.city}`;
  return [
    encoded('Id', 'long', String(id)),
    encoded('Number', 'int', String(household.number)),
    encoded('Name', 'string', `${person.firstName} ${person.lastName}`),
    encoded('Country', 'string', COUNTRY.name),
    encoded('Phone', 'string', person.phone ?? ''),
    encoded('Fax', 'string', ''),
    encoded('Email', 'string', person.email ?? ''),
    encoded('Website', 'string', ''),
    encoded('Address', 'string', home),
    encoded('Info', 'string', ''),
    encoded('BirthDate', 'dateTime', startOfDayInBerlin(person.birthDate)),
    encoded('CardNumber', 'string', uid === null ? '' : Buffer.from(uid, 'latin1').toString('base64')),
    encoded('Code', 'string', ''),
    encoded('OnInvoice', 'boolean', 'false'),
    encoded('PriceActive', 'boolean', 'false'),
    encoded('Price', 'long', '0'),
    encoded('PromotionPrice', 'long', '0'),
    encoded('AccountBalance', 'double', allDigits(balanceCents / 100)),
    encoded('AccountLimit', 'double', '0'),
    encoded('IsSharedAccount', 'boolean', 'false'),
    encoded('SharedAccount', 'string', ''),
    encoded('SavePoints', 'int', '0'),
    encoded('SaveAmount', 'int', '0'),
    encodedExtra([
      ['last_update', tillTime(lastUpdate)],
      ['is_active', '1'],
      ['country_id', COUNTRY.id],
      ...(uid === null ? [] : [['smartcard_uid', uid] as const]),
    ]),
  ].join('');
}

/** All 17 digits of a double, as the till prints them: 12.3 becomes `12.300000000000001`, 50 stays `50`. */
export function allDigits(value: number): string {
  const digits = value.toPrecision(17);
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** Midnight of a date with Berlin's offset on that day. */
function startOfDayInBerlin(date: string): string {
  const zone = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', timeZoneName: 'longOffset' })
    .formatToParts(Date.parse(`${date}T00:00:00Z`))
    .find((part) => part.type === 'timeZoneName')?.value;
  return `${date}T00:00:00.000${zone?.slice('GMT'.length) || '+00:00'}`;
}

/** `2026.11.20 10:36:14`, local time. */
function tillTime(time: number): string {
  return new Date(time).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replaceAll('-', '.');
}
