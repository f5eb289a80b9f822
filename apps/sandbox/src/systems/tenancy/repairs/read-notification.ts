import { APPLIANCE_TYPES, MANUFACTURER_TYPES, PERSON_TYPES, ROOM_TYPES, SALUTATIONS } from './codes.js';
import { Complaint, Members } from './members.js';

/** What the ERP keeps of a damage notification. */
export interface Notification {
  /** The sender's UUID, in lower case. */
  readonly id: string;
  /** Number of the flat as the ERP has it (`ObjektNr`), e.g. `2117 / 1 / 16`. */
  readonly unitNumber: string;
  readonly roomType: number;
  readonly applianceType: number;
  readonly description: string;
  /** Which pictures came, with their size in bytes. */
  readonly images: readonly { readonly name: string; readonly bytes: number }[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?(?:Z|[+-]\d{2}:\d{2})?$/;
const IMAGES = ['serialnumberimage', 'productionnumberimage', 'damageimage1', 'damageimage2'];

const LONGEST_NAME = 255;
const LONGEST_DESCRIPTION = 2000;
const LARGEST_IMAGE = 2 * 1024 * 1024;

/**
 * Reads a `damagenotification` of DTA-RA 1. Members that the standard does not know are ignored without a word.
 * @throws Complaint about the first thing that is wrong
 */
export function readNotification(value: unknown): Notification {
  const members = Members.of(value);
  members.shaped('version', /^1\.\d{1,3}\.\d{1,3}$/);
  members.filledText('namespace', LONGEST_NAME);
  const id = members.shaped('id', UUID).toLowerCase();
  checkDateTime(members, 'notificationdate');
  const unitNumber = readLocation(members.object('location'));
  const damage = readDamage(members.object('damage'));
  checkPerson(members.object('sendingperson'));
  members.code('sendingpersontype', PERSON_TYPES);
  if (members.has('contactperson')) {
    checkPerson(members.object('contactperson'));
    members.code('contactpersontype', PERSON_TYPES);
  }
  return { id, unitNumber, ...damage };
}

/** The flat that a notification is about, as far as it can be seen before anything is checked. */
export function unitNumberOf(value: unknown): string {
  const unitNumber = (value as { location?: { unitnumber?: unknown } | null } | null)?.location?.unitnumber;
  return typeof unitNumber === 'string' ? unitNumber : '';
}

/** The standard asks for no unit at all; the ERP, which cannot find a tenant by an address, does. */
function readLocation(location: Members): string {
  location.filledText('street', LONGEST_NAME);
  location.filledText('zip', LONGEST_NAME);
  location.filledText('city', LONGEST_NAME);
  checkPerson(location.object('management'));
  return location.filledText('unitnumber', LONGEST_NAME);
}

function readDamage(damage: Members): Pick<Notification, 'roomType' | 'applianceType' | 'description' | 'images'> {
  for (const name of ['room', 'appliance', 'model', 'manufacturer', 'serialnumber', 'productionnumber', 'remarks']) {
    damage.optionalText(name, LONGEST_NAME);
  }
  if (damage.has('manufacturertype')) damage.code('manufacturertype', MANUFACTURER_TYPES);
  return {
    roomType: damage.code('roomtype', ROOM_TYPES),
    applianceType: damage.code('appliancetype', APPLIANCE_TYPES),
    description: damage.filledText('damagedescription', LONGEST_DESCRIPTION),
    images: IMAGES.filter((name) => damage.has(name)).map((name) => ({ name, bytes: sizeOfImage(damage, name) })),
  };
}

/** Bare Base64 of RFC 4648, section 4: without line breaks and without `data:`. */
function sizeOfImage(damage: Members, name: string): number {
  const text = damage.text(name, Number.POSITIVE_INFINITY);
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new Complaint(`${damage.pathOf(name)} ist kein Base64`);
  }
  const bytes = (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  if (bytes > LARGEST_IMAGE) throw new Complaint(`${damage.pathOf(name)} ist größer als 2 MB`);
  return bytes;
}

/** The standard's own example writes a salutation out instead of its code, so both are taken. */
function checkPerson(person: Members): void {
  person.flag('legal');
  const salutation = person.get('salutation');
  if (typeof salutation !== 'string' || ![...SALUTATIONS.values()].includes(salutation)) {
    person.code('salutation', SALUTATIONS);
  }
  person.filledText('name1', LONGEST_NAME);
  person.text('name2', LONGEST_NAME);
  for (const name of ['email', 'mobile', 'phoneprivate', 'phonebusiness']) person.optionalText(name, LONGEST_NAME);
}

/** Local time without an offset is what the standard shows. */
function checkDateTime(members: Members, name: string): void {
  const [day = ''] = members.shaped(name, DATE_TIME).split('T');
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) throw members.unknown(name);
}
