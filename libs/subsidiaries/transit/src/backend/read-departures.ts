import type { Loaded } from '#lib/kernel';
import { malformed, type HafasBoard, type HafasBoardEntry, type HafasRemark } from '#lib/formats';
import type { Departure, DepartureBoard, TransitProduct } from '../model/departure-board.js';
import { shortKey } from '../model/short-key.js';
import { readStop } from './read-stop.js';

/** Product bits as VMT uses them. */
const PRODUCTS: readonly (readonly [bits: number, product: TransitProduct])[] = [
  [1 | 2 | 4, 'LONG_DISTANCE'],
  [8 | 16, 'REGIONAL'],
  [32, 'TRAM'],
  [256, 'BUS'],
];

/** Code of the remark that only names the operator. */
const OPERATOR = 'OPERATOR';

/**
 * The board as this house shows it.
 * @param first systems may send more than they were asked for
 * @throws AppError UPSTREAM_MALFORMED when the board does not say which stop it is for
 */
export function readDepartureBoard(board: HafasBoard, number: string, first: number): Loaded<DepartureBoard> {
  // Some systems name the stop only with its departures.
  const locations = [...board.stops, ...board.entries.map((entry) => entry.stop)];
  const stops = locations.flatMap((location) => readStop(location) ?? []);
  const stop = stops.find((candidate) => candidate.number === number) ?? stops[0];
  if (stop === undefined) throw malformed('svcResL[0].res.locRefL', 'names no stop');
  return {
    value: { stop, departures: board.entries.slice(0, first).map((entry) => readDeparture(entry, stop.number)) },
    omissions: board.omissions,
    ...(board.answeredAt === null ? {} : { asOf: board.answeredAt }),
  };
}

function readDeparture(entry: HafasBoardEntry, stopNumber: string): Departure {
  const { journeyId, line, direction, planned, expected, cancelled, platform, remarks } = entry;
  return {
    key: shortKey([stopNumber, journeyId ?? `${line.name} ${direction ?? ''}`, planned]),
    line: line.name,
    product: productOf(line.productBits),
    direction: direction ?? '',
    planned,
    expected,
    cancelled,
    platform,
    remarks: remarks.filter(({ code }) => code !== OPERATOR).map(readText),
  };
}

function productOf(bits: number | null): TransitProduct {
  return PRODUCTS.find(([mask]) => (mask & (bits ?? 0)) !== 0)?.[1] ?? 'OTHER';
}

function readText({ title, text }: HafasRemark): string {
  return title === null || title === text ? text : `${title}: ${text}`;
}
