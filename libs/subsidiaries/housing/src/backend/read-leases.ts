import { malformed, readEnvelope, readRows, WireObject, type SoapFault } from '#lib/formats';
import {
  AppError,
  compareDecimals,
  money,
  parseCalendarDate,
  parseDecimal,
  sumDecimals,
  type CalendarDate,
  type DecimalText,
  type Loaded,
} from '#lib/kernel';
import type { Home } from '../model/home.js';
import type { Flat, Lease } from '../model/lease.js';
import { LIST_ELEMENTS, NO_END, SERVICE_NAMESPACE } from './tenancy.wire.js';

const RESULT = 'GetLeasesResponse.GetLeasesResult';

/** What the ERP's sentences mean. They are German prose, so only those known to be free of personal data go on. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['Mieter nicht gefunden', 'the tenant number is not known there'],
  ['MieterNr fehlt', 'it did not see the tenant number in the request'],
  ['Mandant fehlt', 'it did not see the client in the request'],
]);

/**
 * Reads the answer of GetLeases.
 * @throws AppError UPSTREAM_REJECTED for `Success=false` and for a fault of the sender, UPSTREAM_UNAVAILABLE for a
 *   fault of the receiver, UPSTREAM_MALFORMED for anything that is no such answer
 */
export function readLeases(body: Uint8Array): Loaded<readonly Lease[]> {
  return readContracts(body, readLease);
}

/** As {@link readLeases}: where the flats are, which holds whatever is wrong with their rents. */
export function readHomes(body: Uint8Array): Loaded<readonly Home[]> {
  return readContracts(body, readHome);
}

function readContracts<T>(body: Uint8Array, readContract: (row: unknown, path: string) => T): Loaded<readonly T[]> {
  const answer = readEnvelope(body, LIST_ELEMENTS);
  if (answer.kind === 'fault') throw faultError(answer);
  if (answer.name !== 'GetLeasesResponse' || answer.namespace !== SERVICE_NAMESPACE) {
    throw malformed('Envelope.Body', 'is not the answer of GetLeases');
  }
  const result = new WireObject(answer.fields, answer.name).object('GetLeasesResult');
  if (!flag(result, 'Success')) throw refusal(result.optionalText('Message'));
  const list = result.value('Vertraege') === null ? [] : result.list('Vertraege');
  return readRows(list, `${RESULT}.Vertraege`, readContract);
}

function faultError({ code, subcodes }: SoapFault): AppError {
  const isOurs = code === 'Sender' || code === 'VersionMismatch' || code === 'MustUnderstand';
  return new AppError(isOurs ? 'UPSTREAM_REJECTED' : 'UPSTREAM_UNAVAILABLE', 'answered with a SOAP fault', {
    upstreamCode: [code, ...subcodes].join('/'),
  });
}

function refusal(message: string | null): AppError {
  const reason = REFUSALS.get(message?.trim() ?? '') ?? 'it gave a reason that is not known here';
  return new AppError('UPSTREAM_REJECTED', `GetLeases was refused: ${reason}`, {
    reason,
    upstreamCode: 'Success=false',
  });
}

function readLease(row: unknown, path: string): Lease {
  const lease = new WireObject(row, path);
  return {
    number: identifier(lease, 'VertragNr'),
    address: `${lease.text('Strasse', 200)} ${lease.text('HausNr', 20)}, ${lease.text('PLZ', 10)} ${lease.text('Ort', 100)}`,
    flat: readFlat(lease),
    from: day(lease, 'Beginn'),
    until: end(lease),
    ...readRents(lease),
  };
}

function readHome(row: unknown, path: string): Home {
  const lease = new WireObject(row, path);
  return {
    lease: identifier(lease, 'VertragNr'),
    flat: identifier(lease, 'ObjektNr'),
    street: `${lease.text('Strasse', 200)} ${lease.text('HausNr', 20)}`,
    postcode: lease.text('PLZ', 10),
    city: lease.text('Ort', 100),
    floor: lease.optionalText('Lage', 100),
    until: end(lease),
  };
}

function readFlat(lease: WireObject): Flat {
  return {
    number: identifier(lease, 'ObjektNr'),
    district: lease.optionalText('Ortsteil', 100),
    floor: lease.optionalText('Lage', 100),
    rooms: decimal(lease, 'Zimmer', 1),
    area: decimal(lease, 'Wohnflaeche', 2),
  };
}

function readRents(lease: WireObject): Pick<Lease, 'netRent' | 'serviceCharges' | 'heatingCharges' | 'grossRent'> {
  const netRent = decimal(lease, 'Kaltmiete', 2);
  const serviceCharges = decimal(lease, 'Nebenkosten', 2);
  const heatingCharges = lease.optionalText('Heizkosten') === null ? null : decimal(lease, 'Heizkosten', 2);
  const grossRent = decimal(lease, 'Bruttomiete', 2);
  if (sumDecimals([netRent, serviceCharges]) !== grossRent) {
    throw malformed(lease.at('Bruttomiete'), 'is not net rent plus service charges');
  }
  if (heatingCharges !== null && compareDecimals(heatingCharges, serviceCharges) > 0) {
    throw malformed(lease.at('Heizkosten'), 'is more than the service charges that contain it');
  }
  return {
    netRent: money(netRent),
    serviceCharges: money(serviceCharges),
    heatingCharges: heatingCharges === null ? null : money(heatingCharges),
    grossRent: money(grossRent),
  };
}

/** Printable ASCII, because it becomes part of a global id. */
function identifier(lease: WireObject, name: string): string {
  const text = lease.text(name, 60).trim();
  if (!/^[\x20-\x7e]+$/.test(text)) throw malformed(lease.at(name), 'is not a number of this system');
  return text;
}

function decimal(lease: WireObject, name: string, scale: number): DecimalText {
  const value = parseDecimal(lease.text(name, 40), scale);
  if (value === undefined || value.startsWith('-')) throw malformed(lease.at(name), 'is not a decimal of zero or more');
  return value;
}

/** xsd:dateTime of local midnight, with or without offset: the calendar day is what is meant. */
function day(lease: WireObject, name: string): CalendarDate {
  const match = /^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0{1,7})?(?:Z|[+-]\d{2}:\d{2})?$/.exec(lease.text(name, 40));
  const date = match?.[1] === undefined ? undefined : parseCalendarDate(match[1]);
  if (date === undefined) throw malformed(lease.at(name), 'is not midnight of an existing day');
  return date;
}

/** The element is always there, so a missing one is a mistake and not an open end. */
function end(lease: WireObject): CalendarDate | null {
  if (lease.value('Ende') === null) return null;
  const date = day(lease, 'Ende');
  return date === NO_END ? null : date;
}

function flag(result: WireObject, name: string): boolean {
  const text = result.text(name, 10);
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw malformed(result.at(name), 'is not true or false');
}
