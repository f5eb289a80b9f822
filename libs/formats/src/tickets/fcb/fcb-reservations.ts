import {
  BOOLEAN,
  closedSequence,
  enumeration,
  type Fields,
  ia5,
  IA5,
  listOf,
  orElse,
  range,
  sequence,
  UTF8,
  type UperType,
} from '../uper/uper-type.js';
import {
  CARRIERS,
  codeTable,
  daysAhead,
  END,
  type FcbVersion,
  LUGGAGE,
  PRICE,
  product,
  REFERENCE,
  secondClass,
  STATION_NAMES,
  STATIONS,
  tariff,
  TIME,
  TRAIN,
  UTC_OFFSET,
} from './fcb-parts.js';

const PLACES = closedSequence({
  'coach?': IA5,
  'placeString?': IA5,
  'placeDescription?': UTF8,
  'placeIA5?': listOf(IA5),
  'placeNum?': listOf(range(1, 254)),
});
const COMPARTMENT = sequence({
  'coachType?': range(1, 99),
  'compartmentType?': range(1, 99),
  'specialAllocation?': range(1, 99),
  'coachTypeDescr?': UTF8,
  'compartmentTypeDescr?': UTF8,
  'specialAllocationDescr?': UTF8,
  position: orElse(enumeration(['unspecified', 'upperLevel', 'lowerLevel']), 'unspecified'),
});
const BERTH = sequence({
  berthType: enumeration(['single', 'special', 'double', 't2', 't3', 't4']),
  numberOfBerths: range(1, 999),
  gender: orElse(enumeration(['unspecified', 'family', 'female', 'male', 'mixed'], true), 'family'),
});
const PRICE_TYPE = orElse(enumeration(['noPrice', 'reservationFee', 'supplement', 'travelPrice']), 'travelPrice');

const serviceBrand = (least: number): Fields => ({
  'serviceBrand?': range(least, 32_000),
  'serviceBrandAbrUTF8?': UTF8,
  'serviceBrandNameUTF8?': UTF8,
});

export function reservation(version: FcbVersion): UperType {
  return sequence({
    ...TRAIN,
    departureDate: orElse(daysAhead(version), 0),
    ...REFERENCE,
    ...product(version),
    ...serviceBrand(0),
    service: orElse(enumeration(['seat', 'couchette', 'berth', 'carcarriage']), 'seat'),
    ...codeTable('UIC_RESERVATION'),
    ...STATIONS,
    ...STATION_NAMES,
    departureTime: TIME,
    'departureUTCOffset?': UTC_OFFSET,
    arrivalDate: orElse(range(version === 1 ? 0 : -1, 20), 0),
    'arrivalTime?': TIME,
    'arrivalUTCOffset?': UTC_OFFSET,
    ...CARRIERS,
    ...secondClass(version),
    'serviceLevel?': ia5(1, 2),
    'places?': PLACES,
    'additionalPlaces?': PLACES,
    'bicyclePlaces?': PLACES,
    'compartmentDetails?': COMPARTMENT,
    numberOfOverbooked: orElse(range(0, 200), 0),
    'berth?': listOf(BERTH),
    'tariffs?': listOf(tariff(version)),
    priceType: PRICE_TYPE,
    ...PRICE,
    typeOfSupplement: orElse(range(0, 9), 0),
    numberOfSupplements: orElse(range(0, 200), 0),
    'luggage?': LUGGAGE,
    ...END,
  });
}

export function carCarriage(version: FcbVersion): UperType {
  const racks = ['none', 'railing', 'luggage', 'ski', 'box', 'oneBox', 'twoBoxes', 'bicycle', 'other'];
  return sequence({
    ...TRAIN,
    beginLoadingDate: orElse(daysAhead(version), 0),
    'beginLoadingTime?': TIME,
    'endLoadingTime?': TIME,
    'loadingUTCOffset?': UTC_OFFSET,
    ...REFERENCE,
    ...product(version),
    ...serviceBrand(1),
    ...codeTable('UIC_RESERVATION'),
    ...STATIONS,
    ...STATION_NAMES,
    'coach?': IA5,
    'place?': IA5,
    'compartmentDetails?': COMPARTMENT,
    numberPlate: IA5,
    'trailerPlate?': IA5,
    carCategory: range(0, 9),
    'boatCategory?': range(0, 6),
    textileRoof: BOOLEAN,
    roofRackType: orElse(enumeration(racks, true), 'none'),
    'roofRackHeight?': range(0, 99),
    'attachedBoats?': range(0, 2),
    'attachedBicycles?': range(0, 4),
    'attachedSurfboards?': range(0, 5),
    'loadingListEntry?': range(0, 999),
    loadingDeck: orElse(enumeration(['unspecified', 'upper', 'lower']), 'upper'),
    ...CARRIERS,
    tariff: tariff(version),
    priceType: PRICE_TYPE,
    ...PRICE,
    ...END,
  });
}
