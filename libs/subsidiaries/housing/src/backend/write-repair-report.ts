import { createHash } from 'node:crypto';
import { readImage, writeDamageNotification, type DamageNotification, type DtaRaPerson } from '#lib/formats';
import type { Instant } from '#lib/kernel';
import type { Home } from '../model/home.js';
import type { RepairReport } from '../model/repair-report.js';
import { isAppliance, isRoom } from '../model/repair-words.js';

/** What goes into a notification besides the report itself. */
export interface ReportedBy {
  /** The tenant number. */
  readonly account: string;
  readonly home: Home;
  /** A UUID; the ERP books the same one once only. */
  readonly id: string;
  readonly at: Instant;
}

const VERSION = '1.0.0';
/** Owner of the ids and the program that made them (DTA-RA, ID-System). */
const NAMESPACE = 'de.jenawohnen.saaltor';
const LANDLORD = 'jenawohnen GmbH';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A command's key as the UUID that the format wants: itself if it is one, else always the same one (RFC 9562 §5.8). */
export function notificationId(key: string): string {
  if (UUID.test(key)) return key.toLowerCase();
  const digest = createHash('sha256').update(key).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * Writes a report as `damagenotification` (DTA-RA). The gateway does not know the tenant's name: the number of the tenant
 * stands in its place, by which the landlord knows them. Text can never become another field.
 */
export function writeRepairReport(report: RepairReport, { account, home, id, at }: ReportedBy): string {
  const { contact } = report;
  return writeDamageNotification({
    version: VERSION,
    namespace: NAMESPACE,
    id,
    notifiedAt: at,
    location: locationOf(home),
    damage: damageOf(report),
    sender: { ...NOBODY, name1: `Mieter ${account}` },
    senderType: 'TENANT',
    contact: contact && { ...NOBODY, name1: contact.name, email: contact.email, phonePrivate: contact.phone },
    contactType: contact && 'UNDEFINED',
    customAttributes: [
      { name: 'MieterNr', value: account },
      { name: 'VertragNr', value: home.lease },
    ],
  });
}

const NOBODY: DtaRaPerson = {
  id: null,
  legal: false,
  salutation: 'UNDEFINED',
  name1: '',
  name2: '',
  email: null,
  mobile: null,
  phonePrivate: null,
  phoneBusiness: null,
  reachability: [],
  customAttributes: [],
};

function locationOf({ flat, floor, street, postcode, city }: Home): DamageNotification['location'] {
  return {
    realEstateId: null,
    realEstateNumber: null,
    realEstateName: null,
    houseId: null,
    houseNumber: null,
    unitId: null,
    unitNumber: flat,
    unitName: floor,
    street,
    number: null,
    postcode,
    city,
    floor: null,
    manager: null,
    management: { ...NOBODY, legal: true, salutation: 'COMPANY', name1: LANDLORD },
    owner: null,
    tenant: null,
    caretaker: null,
    customAttributes: [],
  };
}

function damageOf({ room, roomType, appliance, applianceType, description, images }: RepairReport) {
  const none = { model: null, manufacturer: null, manufacturerType: null, serialNumber: null, serialNumberImage: null };
  return {
    ...none,
    room,
    roomType: isRoom(roomType) ? roomType : 'UNDEFINED',
    appliance,
    applianceType: applianceType !== null && isAppliance(applianceType) ? applianceType : 'UNDEFINED',
    productionNumber: null,
    productionNumberImage: null,
    description,
    images: images.map((image, index) => readImage(image, `images.${index}`)),
    remarks: null,
    customAttributes: [],
  } satisfies DamageNotification['damage'];
}
