import {
  BOOLEAN,
  choice,
  closedSequence,
  type Fields,
  IA5,
  INTEGER,
  listOf,
  OCTETS,
  range,
  sequence,
  type UperType,
} from '../uper/uper-type.js';
import {
  BRANDS,
  CARRIERS,
  codeTable,
  type FcbVersion,
  GEO_POINT,
  RICS,
  STATION,
  STATION_NAMES,
  STATIONS,
  TIME,
  UTC_OFFSET,
} from './fcb-parts.js';

/** Where a ticket is valid. */
export function region(version: FcbVersion): UperType {
  return listOf(
    choice({
      trainLink: trainLink(version),
      viaStations: viaStation(version),
      zones: zone(),
      lines: line(version),
      polygone: closedSequence({
        firstEdge: GEO_POINT,
        edges: listOf(closedSequence({ longitude: INTEGER, latitude: INTEGER })),
      }),
    }),
  );
}

function trainLink(version: FcbVersion): UperType {
  return closedSequence({
    'trainNum?': INTEGER,
    'trainIA5?': IA5,
    travelDate: range(-1, version === 3 ? 500 : 370),
    departureTime: TIME,
    'departureUTCOffset?': UTC_OFFSET,
    ...STATIONS,
    ...STATION_NAMES,
  });
}

function viaStation(version: FcbVersion): UperType {
  const type: UperType = sequence({
    ...codeTable('UIC'),
    'stationNum?': STATION,
    'stationIA5?': IA5,
    'alternativeRoutes?': listOf(() => type),
    'route?': listOf(() => type),
    border: BOOLEAN,
    ...CARRIERS,
    'seriesId?': INTEGER,
    'routeId?': INTEGER,
    ...(version === 3 ? BRANDS : {}),
  });
  return type;
}

const ENTRY_AND_EXIT: Fields = {
  'entryStationNum?': STATION,
  'entryStationIA5?': IA5,
  'terminatingStationNum?': STATION,
  'terminatingStationIA5?': IA5,
};

function zone(): UperType {
  return sequence({
    'carrierNum?': RICS,
    'carrierIA5?': IA5,
    ...codeTable('UIC'),
    ...ENTRY_AND_EXIT,
    'city?': INTEGER,
    'zoneId?': listOf(INTEGER),
    'binaryZoneId?': OCTETS,
    'nutsCode?': IA5,
  });
}

function line(version: FcbVersion): UperType {
  const city: Fields = version === 1 ? { 'city?': STATION, 'binaryZoneId?': OCTETS } : { 'city?': INTEGER };
  return sequence({
    'carrierNum?': RICS,
    'carrierIA5?': IA5,
    'lineId?': listOf(INTEGER),
    ...codeTable('UIC'),
    ...ENTRY_AND_EXIT,
    ...city,
  });
}
