import {
  BOOLEAN,
  closedSequence,
  enumeration,
  type Fields,
  ia5,
  IA5,
  INTEGER,
  listOf,
  OCTETS,
  orElse,
  range,
  sequence,
  UTF8,
  type UperType,
} from '../uper/uper-type.js';

/** Versions of the flexible content barcode (UIC 90918-9): 1.3, 2.0 and 3.0. */
export type FcbVersion = 1 | 2 | 3;

/** Company by its RICS code. */
export const RICS = range(1, 32_000);
export const RICS_LIST = listOf(RICS);
export const STATION = range(1, 9_999_999);
/** Quarters of an hour from local time to UTC. */
export const UTC_OFFSET = range(-60, 60);
/** Minutes of the day. */
export const TIME = range(0, 1_440);
const SERVICE_BRANDS = listOf(range(1, 32_000));

const CODE_TABLE = enumeration(['UIC', 'UIC_RESERVATION', 'ERA', 'LOCAL', 'PROPRIETARY']);
const PASSENGER = enumeration(['adult', 'senior', 'child', 'youth', 'dog', 'bicycle', 'freePerson', 'freeChild'], true);
const GENDER = enumeration(['unspecified', 'female', 'male', 'other'], true);
const GEO_UNIT = enumeration(['MICRO', 'TENTH_MILLI', 'MILLI', 'CENTI', 'DECI']);

export const EXTENSION = closedSequence({ extensionId: IA5, extensionData: OCTETS });
export const VAT = listOf(
  closedSequence({ country: range(1, 999), percentage: range(0, 999), 'amount?': INTEGER, 'vatId?': IA5 }),
);

export const codeTable = (absent: 'UIC' | 'UIC_RESERVATION'): Fields => ({
  stationCodeTable: orElse(CODE_TABLE, absent),
});
export const STATIONS: Fields = {
  'fromStationNum?': STATION,
  'fromStationIA5?': IA5,
  'toStationNum?': STATION,
  'toStationIA5?': IA5,
};
export const STATION_NAMES: Fields = { 'fromStationNameUTF8?': UTF8, 'toStationNameUTF8?': UTF8 };
export const CARRIERS: Fields = { 'carrierNum?': RICS_LIST, 'carrierIA5?': listOf(IA5) };
export const BRANDS: Fields = { 'includedServiceBrands?': SERVICE_BRANDS, 'excludedServiceBrands?': SERVICE_BRANDS };
export const INCLUDED_CARRIERS: Fields = {
  'includedCarrierNum?': RICS_LIST,
  'includedCarrierIA5?': listOf(IA5),
  'excludedCarrierNum?': RICS_LIST,
  'excludedCarrierIA5?': listOf(IA5),
};

export function product(version: FcbVersion): Fields {
  return {
    'productOwnerNum?': RICS,
    'productOwnerIA5?': IA5,
    'productIdNum?': range(0, version === 1 ? 32_000 : 65_535),
    'productIdIA5?': IA5,
  };
}

/** Days from the day of issue. */
export function firstDay(version: FcbVersion): UperType {
  return range(version === 3 ? -367 : -1, 700);
}

/** Days from the first day. */
export function lastDay(version: FcbVersion): UperType {
  return { 1: range(0, 370), 2: range(-1, 370), 3: range(-1, 500) }[version];
}

export function activatedDays(version: FcbVersion): UperType {
  return listOf(range(0, version === 3 ? 500 : 370));
}

export function validity(version: FcbVersion): Fields {
  return {
    validFromDay: orElse(firstDay(version), 0),
    'validFromTime?': TIME,
    'validFromUTCOffset?': UTC_OFFSET,
    validUntilDay: orElse(lastDay(version), 0),
    'validUntilTime?': TIME,
    'validUntilUTCOffset?': UTC_OFFSET,
  };
}

/** Since version 2: EN 1545-1 codes. */
export function transportTypes(version: FcbVersion): Fields {
  const codes = listOf(range(0, 31));
  return version === 1 ? {} : { 'includedTransportType?': codes, 'excludedTransportType?': codes };
}

export function travelClass(version: FcbVersion): UperType {
  const first = ['notApplicable', 'first', 'second', 'tourist', 'comfort', 'premium', 'business', 'all'];
  const added = ['premiumFirst', 'standardFirst', 'premiumSecond', 'standardSecond'];
  return enumeration(version === 1 ? first : [...first, ...added], true);
}

export const GEO_POINT = closedSequence({
  geoUnit: orElse(GEO_UNIT, 'MILLI'),
  coordinateSystem: orElse(enumeration(['WGS84', 'GRS80']), 'WGS84'),
  hemisphereLongitude: orElse(enumeration(['EAST', 'WEST']), 'EAST'),
  hemisphereLatitude: orElse(enumeration(['NORTH', 'SOUTH']), 'NORTH'),
  longitude: INTEGER,
  latitude: INTEGER,
  'accuracy?': GEO_UNIT,
});

export const CARD_REFERENCE = sequence({
  'cardIssuerNum?': RICS,
  'cardIssuerIA5?': IA5,
  'cardIdNum?': INTEGER,
  'cardIdIA5?': IA5,
  'cardName?': UTF8,
  'cardType?': INTEGER,
  'leadingCardIdNum?': INTEGER,
  'leadingCardIdIA5?': IA5,
  'trailingCardIdNum?': INTEGER,
  'trailingCardIdIA5?': IA5,
});

export const TICKET_LINKS = listOf(
  sequence({
    'referenceIA5?': IA5,
    'referenceNum?': INTEGER,
    'issuerName?': UTF8,
    'issuerPNR?': IA5,
    'productOwnerNum?': RICS,
    'productOwnerIA5?': IA5,
    ticketType: orElse(
      enumeration(['openTicket', 'pass', 'reservation', 'carCarriageReservation'], true),
      'openTicket',
    ),
    linkMode: orElse(enumeration(['issuedTogether', 'onlyValidInCombination'], true), 'issuedTogether'),
  }),
);

export function traveler(version: FcbVersion): UperType {
  const birthday: Fields =
    version === 1
      ? { 'dayOfBirth?': range(0, 370) }
      : { 'monthOfBirth?': range(1, 12), 'dayOfBirthInMonth?': range(1, 31) };
  return sequence({
    'firstName?': UTF8,
    'secondName?': UTF8,
    'lastName?': UTF8,
    'idCard?': IA5,
    'passportId?': IA5,
    'title?': ia5(1, 3),
    'gender?': GENDER,
    'customerIdIA5?': IA5,
    'customerIdNum?': INTEGER,
    'yearOfBirth?': range(1901, 2155),
    ...birthday,
    ticketHolder: BOOLEAN,
    'passengerType?': PASSENGER,
    'passengerWithReducedMobility?': BOOLEAN,
    'countryOfResidence?': range(1, 999),
    'countryOfPassport?': range(1, 999),
    'countryOfIdCard?': range(1, 999),
    'status?': listOf(
      closedSequence({
        'statusProviderNum?': RICS,
        'statusProviderIA5?': IA5,
        'customerStatus?': INTEGER,
        'customerStatusDescr?': IA5,
      }),
    ),
  });
}

export function tariff(version: FcbVersion): UperType {
  return sequence({
    numberOfPassengers: orElse(range(1, 200), 1),
    'passengerType?': PASSENGER,
    'ageBelow?': range(1, 64),
    'ageAbove?': range(1, 128),
    'travelerid?': listOf(range(version === 1 ? 0 : 1, 254)),
    restrictedToCountryOfResidence: BOOLEAN,
    'restrictedToRouteSection?': closedSequence({ ...codeTable('UIC'), ...STATIONS, ...STATION_NAMES }),
    'seriesDataDetails?': closedSequence({
      'supplyingCarrier?': RICS,
      'offerIdentification?': range(1, 99),
      'series?': INTEGER,
    }),
    'tariffIdNum?': INTEGER,
    'tariffIdIA5?': IA5,
    'tariffDesc?': UTF8,
    'reductionCard?': listOf(CARD_REFERENCE),
  });
}

export const LUGGAGE = sequence({
  maxHandLuggagePieces: orElse(range(0, 99), 3),
  maxNonHandLuggagePieces: orElse(range(0, 99), 1),
  'registeredLuggage?': listOf(
    sequence({ 'registrationId?': IA5, 'maxWeight?': range(1, 99), 'maxSize?': range(1, 300) }),
  ),
});

export const REFERENCE: Fields = { 'referenceIA5?': IA5, 'referenceNum?': INTEGER };
/** Two kinds of documents name the number first. */
export const NUMBER_FIRST: Fields = { 'referenceNum?': INTEGER, 'referenceIA5?': IA5 };
export const END: Fields = { 'infoText?': UTF8, 'extension?': EXTENSION };
export const PRICE: Fields = { 'price?': INTEGER, 'vatDetail?': VAT };
export const TRAIN: Fields = { 'trainNum?': INTEGER, 'trainIA5?': IA5 };

export const daysAhead = (version: FcbVersion): UperType => range(-1, version === 3 ? 500 : 370);
export const dayOfYear = (version: FcbVersion): UperType => range(0, version === 3 ? 500 : 370);
export const secondClass = (version: FcbVersion): Fields => ({ classCode: orElse(travelClass(version), 'second') });
