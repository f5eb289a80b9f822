import type { Loaded, Omission } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import {
  customAttributes,
  dateTime,
  image,
  optionalInteger,
  optionalLine,
  optionalUuid,
  reachability,
  uuid,
} from './dta-ra-fields.js';
import type { Damage, DamageLocation, DamageNotification, DtaRaPerson } from './dta-ra-model.js';
import {
  APPLIANCE_TYPES,
  MANUFACTURER_TYPES,
  PERSON_TYPES,
  ROOM_TYPES,
  SALUTATION_WORDS,
  SALUTATIONS,
  wordOfNumber,
  type Salutation,
} from './dta-ra-tables.js';

/** Four pictures of 5 MiB in base64, and the text. */
const MOST_BYTES = 32 * 1024 * 1024;
const LONGEST_DESCRIPTION = 10_000;

/**
 * Reads a `damagenotification` of the DTA-RA exchange format (W&W Immo Informatik), JSON in UTF-8. Broken pictures and
 * attributes are left out and reported; `null` counts as left out.
 * @throws AppError UPSTREAM_MALFORMED for anything else that is missing or wrong
 */
export function readDamageNotification(bytes: Uint8Array): Loaded<DamageNotification> {
  const omissions: Omission[] = [];
  const wire = new WireObject(parse(bytes), '');
  const value: DamageNotification = {
    version: wire.text('version', 50),
    namespace: wire.text('namespace', 200),
    id: uuid(wire, 'id'),
    notifiedAt: dateTime(wire, 'notificationdate'),
    location: readLocation(wire.object('location'), omissions),
    damage: readDamage(wire.object('damage'), omissions),
    sender: readPerson(wire.object('sendingperson'), omissions),
    senderType: wordOfNumber(PERSON_TYPES, wire.integer('sendingpersontype')),
    contact: optionalPerson(wire, 'contactperson', omissions),
    contactType: optionalWord(wire, 'contactpersontype', PERSON_TYPES),
    customAttributes: customAttributes(wire, omissions),
  };
  return { value, omissions };
}

function parse(bytes: Uint8Array): unknown {
  if (bytes.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 32 MiB');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('$', 'is not JSON in UTF-8');
  }
}

function readLocation(wire: WireObject, omissions: Omission[]): DamageLocation {
  return {
    realEstateId: optionalUuid(wire, 'realestateid'),
    realEstateNumber: optionalLine(wire, 'realestatenumber'),
    realEstateName: optionalLine(wire, 'realestatename'),
    houseId: optionalUuid(wire, 'houseid'),
    houseNumber: optionalLine(wire, 'housenumber'),
    unitId: optionalUuid(wire, 'unitid'),
    unitNumber: optionalLine(wire, 'unitnumber'),
    unitName: optionalLine(wire, 'unitname'),
    street: wire.text('street', 500),
    number: optionalLine(wire, 'number'),
    postcode: wire.text('zip', 20),
    city: wire.text('city', 200),
    floor: optionalInteger(wire, 'floor'),
    manager: optionalPerson(wire, 'manager', omissions),
    management: readPerson(wire.object('management'), omissions),
    owner: optionalPerson(wire, 'owner', omissions),
    tenant: optionalPerson(wire, 'tenant', omissions),
    // The format's own example misspells the field.
    caretaker: optionalPerson(wire, wire.has('maintenance') ? 'maintenance' : 'maintainance', omissions),
    customAttributes: customAttributes(wire, omissions),
  };
}

function readDamage(wire: WireObject, omissions: Omission[]): Damage {
  const images = ['damageimage1', 'damageimage2'].map((name) => image(wire, name, omissions));
  return {
    room: optionalLine(wire, 'room'),
    roomType: wordOfNumber(ROOM_TYPES, wire.integer('roomtype')),
    appliance: optionalLine(wire, 'appliance'),
    applianceType: wordOfNumber(APPLIANCE_TYPES, wire.integer('appliancetype')),
    model: optionalLine(wire, 'model'),
    manufacturer: optionalLine(wire, 'manufacturer'),
    manufacturerType: optionalWord(wire, 'manufacturertype', MANUFACTURER_TYPES),
    serialNumber: optionalLine(wire, 'serialnumber'),
    serialNumberImage: image(wire, 'serialnumberimage', omissions),
    productionNumber: optionalLine(wire, 'productionnumber'),
    productionNumberImage: image(wire, 'productionnumberimage', omissions),
    description: wire.text('damagedescription', LONGEST_DESCRIPTION),
    images: images.filter((each) => each !== null),
    remarks: wire.optionalText('remarks', LONGEST_DESCRIPTION),
    customAttributes: customAttributes(wire, omissions),
  };
}

function optionalPerson(wire: WireObject, name: string, omissions: Omission[]): DtaRaPerson | null {
  const person = wire.optionalObject(name);
  return person === null ? null : readPerson(person, omissions);
}

function readPerson(wire: WireObject, omissions: Omission[]): DtaRaPerson {
  return {
    id: optionalUuid(wire, 'personid'),
    legal: wire.boolean('legal'),
    salutation: readSalutation(wire),
    name1: wire.textOrEmpty('name1', 200),
    name2: wire.textOrEmpty('name2', 200),
    email: optionalLine(wire, 'email'),
    mobile: optionalLine(wire, 'mobile'),
    phonePrivate: optionalLine(wire, 'phoneprivate'),
    phoneBusiness: optionalLine(wire, 'phonebusiness'),
    reachability: reachability(wire),
    customAttributes: customAttributes(wire, omissions),
  };
}

function readSalutation(wire: WireObject): Salutation {
  const value = wire.value('salutation');
  if (typeof value === 'string') return SALUTATION_WORDS.get(value.trim().toLowerCase()) ?? 'OTHER';
  return wordOfNumber(SALUTATIONS, wire.integer('salutation'));
}

function optionalWord<T extends Readonly<Record<number, string>>>(wire: WireObject, name: string, table: T) {
  const number = optionalInteger(wire, name);
  return number === null ? null : wordOfNumber(table, number);
}
