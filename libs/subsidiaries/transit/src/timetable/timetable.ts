import type { GtfsPosition, GtfsStop } from '#lib/formats';
import type { TransitProduct } from '../model/departure-board.js';
import type { ServiceCalendar } from './service-calendar.js';
import type { ServiceDays } from './service-day.js';

/** A stop, platform or station of a feed. */
export interface TimetableStop {
  readonly id: string;
  readonly name: string;
  readonly kind: GtfsStop['kind'];
  readonly position: GtfsPosition | null;
  readonly parent: string | null;
  readonly platform: string | null;
}

export interface TimetableRoute {
  readonly id: string;
  /** As passengers know it, e.g. `5`. */
  readonly line: string;
  readonly product: TransitProduct;
}

/** Trips, one per index of each column. */
export interface TripColumns {
  readonly ids: readonly string[];
  readonly route: Uint32Array;
  readonly service: Uint32Array;
  /** Index into {@link Timetable.texts}; 0 is none. */
  readonly headsign: Uint32Array;
  /** Where the calls of a trip begin; one entry more than trips. */
  readonly firstCall: Uint32Array;
}

/** Stop times of all trips, those of a trip together in the order of travel. Times in seconds of the service day. */
export interface CallColumns {
  readonly trip: Uint32Array;
  readonly stop: Uint32Array;
  readonly sequence: Uint32Array;
  readonly arrival: Int32Array;
  readonly departure: Int32Array;
  /** Index into {@link Timetable.texts}; 0 is none. */
  readonly headsign: Uint32Array;
  /** 1 where nobody may get on. */
  readonly closed: Uint8Array;
}

/** Calls at which one can get on, by stop and departure: those of stop `s` lie from `first[s]` up to `first[s + 1]`. */
export interface StopBoards {
  readonly first: Uint32Array;
  readonly calls: Uint32Array;
}

/** A trip that is repeated: one begins every `headwaySeconds`, from `from` up to, not including, `until`. */
export interface Frequency {
  readonly from: number;
  readonly until: number;
  readonly headwaySeconds: number;
  readonly exact: boolean;
}

/** A whole feed, ready to be asked. Never changed after it was imported. */
export interface Timetable {
  readonly days: ServiceDays;
  readonly calendar: ServiceCalendar;
  readonly stops: readonly TimetableStop[];
  /** Stops below a stop or a DHID, itself included. */
  readonly stopsBelow: ReadonlyMap<string, readonly number[]>;
  readonly routes: readonly TimetableRoute[];
  readonly trips: TripColumns;
  readonly tripNumbers: ReadonlyMap<string, number>;
  readonly calls: CallColumns;
  readonly texts: readonly string[];
  /** Trips that run once a service day. */
  readonly single: StopBoards;
  /** Trips of {@link Timetable.frequencies}; their times are those of a pattern. */
  readonly repeated: StopBoards;
  readonly frequencies: ReadonlyMap<number, readonly Frequency[]>;
  /** The latest time of any trip, in seconds of its service day. */
  readonly latestSeconds: number;
}
