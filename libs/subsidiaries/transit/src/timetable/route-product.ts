import type { TransitProduct } from '../model/departure-board.js';

const BASIC: readonly TransitProduct[] = ['TRAM', 'OTHER', 'REGIONAL', 'BUS'];
const TROLLEYBUS = 11;
/** Extended rail types that are no local traffic: high speed, long distance, inter-regional, car and sleeper trains. */
const LONG_DISTANCE = new Set([101, 102, 103, 104, 105]);

/**
 * What a GTFS route type means to passengers: basic types (0–12) and the extended ones (Hierarchical Vehicle Types,
 * 100–1799). A type this house does not know is OTHER.
 */
export function productOfRouteType(type: number): TransitProduct {
  if (type < 100) return type === TROLLEYBUS ? 'BUS' : (BASIC[type] ?? 'OTHER');
  if (LONG_DISTANCE.has(type)) return 'LONG_DISTANCE';
  switch (Math.floor(type / 100)) {
    case 1:
    case 3:
      return 'REGIONAL';
    case 2:
    case 7:
    case 8:
      return 'BUS';
    case 9:
      return 'TRAM';
    default:
      return 'OTHER';
  }
}
