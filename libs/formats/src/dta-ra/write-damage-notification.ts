import { formatBerlin, type Instant } from '#lib/kernel';
import type {
  CustomAttributes,
  Damage,
  DamageLocation,
  DamageNotification,
  DtaRaPerson,
  Reachability,
} from './dta-ra-model.js';
import {
  APPLIANCE_TYPES,
  MANUFACTURER_TYPES,
  numberOfWord,
  PERSON_TYPES,
  ROOM_TYPES,
  SALUTATIONS,
} from './dta-ra-tables.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a `damagenotification` as JSON, fields in the order of the format. What is not stated is left out, as the
 * format asks. Times are Berlin's wall clock without offset; in the hour that comes twice in October a reader takes the
 * first one.
 */
export function writeDamageNotification(notification: DamageNotification): string {
  const { contact, contactType, sender, senderType } = notification;
  return JSON.stringify({
    version: notification.version,
    namespace: notification.namespace,
    id: notification.id,
    notificationdate: localTime(notification.notifiedAt),
    location: location(notification.location),
    damage: damage(notification.damage),
    sendingperson: person(sender),
    sendingpersontype: numberOfWord(PERSON_TYPES, senderType),
    ...stated({
      contactperson: contact && person(contact),
      contactpersontype: contactType && numberOfWord(PERSON_TYPES, contactType),
      customattributes: attributes(notification.customAttributes),
    }),
  });
}

function localTime(instant: Instant): string {
  return formatBerlin(instant).slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}

function location(place: DamageLocation): Fields {
  return stated({
    realestateid: place.realEstateId,
    realestatenumber: place.realEstateNumber,
    realestatename: place.realEstateName,
    houseid: place.houseId,
    housenumber: place.houseNumber,
    unitid: place.unitId,
    unitnumber: place.unitNumber,
    unitname: place.unitName,
    street: place.street,
    number: place.number,
    zip: place.postcode,
    city: place.city,
    floor: place.floor,
    manager: place.manager && person(place.manager),
    management: person(place.management),
    owner: place.owner && person(place.owner),
    tenant: place.tenant && person(place.tenant),
    maintenance: place.caretaker && person(place.caretaker),
    customattributes: attributes(place.customAttributes),
  });
}

function damage(what: Damage): Fields {
  return stated({
    room: what.room,
    roomtype: numberOfWord(ROOM_TYPES, what.roomType),
    appliance: what.appliance,
    appliancetype: numberOfWord(APPLIANCE_TYPES, what.applianceType),
    model: what.model,
    manufacturer: what.manufacturer,
    manufacturertype: what.manufacturerType && numberOfWord(MANUFACTURER_TYPES, what.manufacturerType),
    serialnumber: what.serialNumber,
    serialnumberimage: what.serialNumberImage?.base64,
    productionnumber: what.productionNumber,
    productionnumberimage: what.productionNumberImage?.base64,
    damagedescription: what.description,
    damageimage1: what.images[0]?.base64,
    damageimage2: what.images[1]?.base64,
    remarks: what.remarks,
    customattributes: attributes(what.customAttributes),
  });
}

function person(who: DtaRaPerson): Fields {
  return stated({
    personid: who.id,
    legal: who.legal,
    salutation: numberOfWord(SALUTATIONS, who.salutation),
    name1: who.name1,
    name2: who.name2,
    email: who.email,
    mobile: who.mobile,
    phoneprivate: who.phonePrivate,
    phonebusiness: who.phoneBusiness,
    reachability: who.reachability.length === 0 ? null : who.reachability.map(reachability),
    customattributes: attributes(who.customAttributes),
  });
}

function reachability({ date, from, to }: Reachability): Fields {
  return stated({ date: date === null ? null : `${date}T00:00:00`, from, to });
}

function attributes(list: CustomAttributes): Fields | null {
  return list.length === 0 ? null : Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

function stated(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
