import type { Instant, Source } from '#lib/kernel';
import type { Stop } from './stop.js';

export const TRANSIT_PRODUCTS = ['TRAM', 'BUS', 'REGIONAL', 'LONG_DISTANCE', 'OTHER'] as const;
export type TransitProduct = (typeof TRANSIT_PRODUCTS)[number];

/** Departures at a stop, in the order of the timetable system. */
export interface DepartureBoard {
  readonly stop: Stop;
  readonly departures: readonly Departure[];
}

export interface Departure {
  /** Stable name of this departure: the same trip at the same stop and planned time. */
  readonly key: string;
  /** As passengers know it, e.g. `Str 5`. */
  readonly line: string;
  readonly product: TransitProduct;
  /** Empty when the timetable system names none. */
  readonly direction: string;
  readonly planned: Instant;
  /** Null without a forecast. */
  readonly expected: Instant | null;
  readonly cancelled: boolean;
  readonly platform: string | null;
  readonly remarks: readonly string[];
}

const POLL_SECONDS = 15;
/** A stale board means that the system has trouble: asking less often helps it back. */
const POLL_SECONDS_WHEN_STALE = 60;

/** Seconds after which asking again can bring news. */
export function pollAfterSeconds({ stale }: Source): number {
  return stale ? POLL_SECONDS_WHEN_STALE : POLL_SECONDS;
}
