import {
  BOOLEAN,
  closedSequence,
  enumeration,
  ia5,
  IA5,
  INTEGER,
  listOf,
  orElse,
  range,
  sequence,
  UTF8,
  type UperType,
} from '../uper/uper-type.js';
import {
  activatedDays,
  BRANDS,
  CARRIERS,
  codeTable,
  dayOfYear,
  END,
  EXTENSION,
  type FcbVersion,
  firstDay,
  INCLUDED_CARRIERS,
  lastDay,
  LUGGAGE,
  NUMBER_FIRST,
  PRICE,
  product,
  REFERENCE,
  secondClass,
  STATION,
  STATION_NAMES,
  STATIONS,
  tariff,
  TICKET_LINKS,
  TIME,
  TRAIN,
  transportTypes,
  travelClass,
  traveler,
  UTC_OFFSET,
  validity,
} from './fcb-parts.js';
import { region } from './fcb-region.js';

const returnRoute = (version: FcbVersion): UperType =>
  sequence({ ...STATIONS, ...STATION_NAMES, 'validReturnRegionDesc?': UTF8, 'validReturnRegion?': region(version) });

export function openTicket(version: FcbVersion): UperType {
  return sequence({
    ...NUMBER_FIRST,
    ...product(version),
    'extIssuerId?': INTEGER,
    'issuerAuthorizationId?': INTEGER,
    returnIncluded: BOOLEAN,
    ...codeTable('UIC'),
    ...STATIONS,
    ...STATION_NAMES,
    'validRegionDesc?': UTF8,
    'validRegion?': region(version),
    'returnDescription?': returnRoute(version),
    ...validity(version),
    'activatedDay?': activatedDays(version),
    ...secondClass(version),
    'serviceLevel?': ia5(1, 2),
    ...CARRIERS,
    ...BRANDS,
    'tariffs?': listOf(tariff(version)),
    ...PRICE,
    'infoText?': UTF8,
    'includedAddOns?': listOf(includedOpenTicket(version)),
    'luggage?': LUGGAGE,
    ...transportTypes(version),
    'extension?': EXTENSION,
  });
}

function includedOpenTicket(version: FcbVersion): UperType {
  return sequence({
    ...product(version),
    'externalIssuerId?': INTEGER,
    'issuerAuthorizationId?': INTEGER,
    ...codeTable('UIC'),
    'validRegion?': region(version),
    ...validity(version),
    'classCode?': travelClass(version),
    'serviceLevel?': ia5(1, 2),
    ...CARRIERS,
    ...BRANDS,
    'tariffs?': listOf(tariff(version)),
    'infoText?': UTF8,
    ...transportTypes(version),
    'extension?': EXTENSION,
  });
}

export function pass(version: FcbVersion): UperType {
  const periods = closedSequence({
    'validityPeriod?': listOf(closedSequence(validity(version))),
    'excludedTimeRange?': listOf(closedSequence({ fromTime: TIME, untilTime: TIME })),
  });
  const trains = sequence({
    ...validity(version),
    ...INCLUDED_CARRIERS,
    ...BRANDS,
    boardingOrArrival: orElse(enumeration(['boarding', 'arrival'], true), 'boarding'),
  });
  return sequence({
    ...NUMBER_FIRST,
    ...product(version),
    'passType?': range(1, 250),
    'passDescription?': UTF8,
    ...secondClass(version),
    ...validity(version),
    'validityPeriodDetails?': periods,
    'numberOfValidityDays?': range(0, version === 3 ? 500 : 370),
    ...(version === 3 ? { 'trainValidity?': trains } : {}),
    'numberOfPossibleTrips?': range(1, 250),
    'numberOfDaysOfTravel?': range(1, 250),
    'activatedDay?': activatedDays(version),
    'countries?': listOf(range(1, 250)),
    ...INCLUDED_CARRIERS,
    ...BRANDS,
    'validRegion?': region(version),
    'tariffs?': listOf(tariff(version)),
    ...PRICE,
    ...END,
  });
}

export function voucher(version: FcbVersion): UperType {
  return sequence({
    ...REFERENCE,
    ...product(version),
    validFromYear: range(2016, 2269),
    validFromDay: dayOfYear(version),
    validUntilYear: range(2016, 2269),
    validUntilDay: dayOfYear(version),
    value: orElse(INTEGER, 0),
    'type?': range(1, 32_000),
    ...END,
  });
}

export function customerCard(version: FcbVersion): UperType {
  return sequence({
    'customer?': traveler(version),
    'cardIdIA5?': IA5,
    'cardIdNum?': INTEGER,
    validFromYear: range(2016, 2269),
    'validFromDay?': dayOfYear(version),
    validUntilYear: orElse(range(0, 250), 0),
    'validUntilDay?': dayOfYear(version),
    'classCode?': travelClass(version),
    'cardType?': range(1, 1_000),
    'cardTypeDescr?': UTF8,
    'customerStatus?': INTEGER,
    'customerStatusDescr?': IA5,
    'includedServices?': listOf(INTEGER),
    'extension?': EXTENSION,
  });
}

export function counterMark(version: FcbVersion): UperType {
  return sequence({
    ...REFERENCE,
    ...product(version),
    'ticketReferenceIA5?': IA5,
    'ticketReferenceNum?': INTEGER,
    numberOfCountermark: range(1, 200),
    totalOfCountermarks: range(1, 200),
    groupName: UTF8,
    ...codeTable('UIC'),
    ...STATIONS,
    ...STATION_NAMES,
    'validRegionDesc?': UTF8,
    'validRegion?': region(version),
    returnIncluded: BOOLEAN,
    'returnDescription?': returnRoute(version),
    ...validity(version),
    ...secondClass(version),
    ...CARRIERS,
    ...BRANDS,
    ...END,
  });
}

export function parkingGround(version: FcbVersion): UperType {
  return sequence({
    ...REFERENCE,
    parkingGroundId: IA5,
    fromParkingDate: range(version === 3 ? -367 : -1, 370),
    untilParkingDate: orElse(dayOfYear(version), 0),
    ...product(version),
    'accessCode?': IA5,
    location: UTF8,
    ...codeTable('UIC'),
    'stationNum?': INTEGER,
    'stationIA5?': UTF8,
    'specialInformation?': UTF8,
    'entryTrack?': UTF8,
    'numberPlate?': IA5,
    ...PRICE,
    'extension?': EXTENSION,
  });
}

export function fipTicket(version: FcbVersion): UperType {
  return sequence({
    ...REFERENCE,
    ...product(version),
    validFromDay: orElse(firstDay(version), 0),
    validUntilDay: orElse(lastDay(version), 0),
    'activatedDay?': activatedDays(version),
    ...CARRIERS,
    numberOfTravelDays: range(1, 200),
    includesSupplements: BOOLEAN,
    ...secondClass(version),
    'extension?': EXTENSION,
  });
}

export function stationPassage(version: FcbVersion): UperType {
  return sequence({
    ...REFERENCE,
    ...product(version),
    'productName?': UTF8,
    ...codeTable('UIC'),
    'stationNum?': listOf(INTEGER),
    'stationIA5?': listOf(IA5),
    'stationNameUTF8?': listOf(UTF8),
    'areaCodeNum?': listOf(INTEGER),
    'areaCodeIA5?': listOf(IA5),
    'areaNameUTF8?': listOf(UTF8),
    // The first day is always written here.
    ...validity(version),
    validFromDay: firstDay(version),
    'numberOfDaysValid?': INTEGER,
    'extension?': EXTENSION,
  });
}

export const DELAY_CONFIRMATION = sequence({
  ...REFERENCE,
  ...TRAIN,
  'departureYear?': range(2016, 2269),
  'departureDay?': range(1, 366),
  'departureTime?': TIME,
  'departureUTCOffset?': UTC_OFFSET,
  ...codeTable('UIC'),
  'stationNum?': STATION,
  'stationIA5?': IA5,
  delay: range(1, 999),
  trainCancelled: BOOLEAN,
  confirmationType: orElse(enumeration(['train', 'traveler', 'linkedTicket'], true), 'traveler'),
  'affectedTickets?': TICKET_LINKS,
  ...END,
});
