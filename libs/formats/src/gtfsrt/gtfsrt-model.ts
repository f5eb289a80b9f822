import type { CalendarDate, Instant, Omission } from '#lib/kernel';

/** A GTFS Realtime feed (gtfs.org, version 2.0). Null: not stated. */
export interface RealtimeFeed {
  readonly version: string;
  /** When the feed was made. */
  readonly timestamp: Instant | null;
  /** True when it holds changes to the feed before it only. */
  readonly differential: boolean;
  readonly tripUpdates: readonly RealtimeTripUpdate[];
  readonly vehicles: readonly RealtimeVehicle[];
  readonly alerts: readonly RealtimeAlert[];
  /** Entities of earlier feeds that no longer hold. */
  readonly deleted: readonly string[];
  /** The first hundred entities that had to be left out. */
  readonly omissions: readonly Omission[];
  readonly omitted: number;
}

/** OTHER: a value this house does not know. ADDED is the older word for NEW. */
export type TripRelationship =
  'SCHEDULED' | 'ADDED' | 'UNSCHEDULED' | 'CANCELED' | 'REPLACEMENT' | 'DUPLICATED' | 'DELETED' | 'NEW' | 'OTHER';

/** Names a trip, or a class of trips in alerts, in the words of the timetable. */
export interface RealtimeTrip {
  readonly trip: string | null;
  readonly route: string | null;
  readonly direction: number | null;
  readonly startDate: CalendarDate | null;
  /** Seconds of the service day; names one run of a repeated trip. */
  readonly startSeconds: number | null;
  readonly relationship: TripRelationship;
}

export interface RealtimeTripUpdate {
  readonly entity: string;
  readonly trip: RealtimeTrip;
  readonly vehicle: string | null;
  readonly timestamp: Instant | null;
  /** Seconds behind the timetable (negative: ahead) as far as no stop says otherwise. */
  readonly delaySeconds: number | null;
  readonly stops: readonly RealtimeStopUpdate[];
  /** When a DUPLICATED trip runs, and where a new one goes. */
  readonly properties: {
    readonly startDate: CalendarDate | null;
    readonly startSeconds: number | null;
    readonly headsign: string | null;
  };
}

export interface RealtimeStopUpdate {
  /** One of sequence and stop is there at least. */
  readonly sequence: number | null;
  readonly stop: string | null;
  /** Stop or platform that is served instead. */
  readonly assignedStop: string | null;
  readonly arrival: RealtimeStopEvent | null;
  readonly departure: RealtimeStopEvent | null;
  readonly relationship: 'SCHEDULED' | 'SKIPPED' | 'NO_DATA' | 'UNSCHEDULED' | 'OTHER';
}

/** When both are there, the time counts. */
export interface RealtimeStopEvent {
  readonly delaySeconds: number | null;
  readonly time: Instant | null;
}

export interface RealtimeVehicle {
  readonly entity: string;
  readonly trip: RealtimeTrip | null;
  readonly vehicle: string | null;
  readonly label: string | null;
  /** Degrees, WGS 84; bearing in degrees clockwise from north, speed in metres a second. */
  readonly position: {
    readonly latitude: number;
    readonly longitude: number;
    readonly bearing: number | null;
    readonly speed: number | null;
  } | null;
  readonly status: 'INCOMING_AT' | 'STOPPED_AT' | 'IN_TRANSIT_TO' | 'OTHER';
  readonly stop: string | null;
  readonly sequence: number | null;
  readonly timestamp: Instant | null;
  /** The specification's word, e.g. `FEW_SEATS_AVAILABLE`; OTHER for one this house does not know. */
  readonly occupancy: string | null;
  readonly occupancyPercentage: number | null;
}

export interface RealtimeAlert {
  readonly entity: string;
  /** Always active when empty. */
  readonly activePeriods: readonly { readonly from: Instant | null; readonly until: Instant | null }[];
  readonly informed: readonly RealtimeSelector[];
  /** The specification's word without its ending, e.g. `STRIKE`; OTHER also for one this house does not know. */
  readonly cause: string;
  /** Likewise, e.g. `DETOUR`. */
  readonly effect: string;
  readonly severity: 'UNKNOWN' | 'INFO' | 'WARNING' | 'SEVERE' | 'OTHER';
  readonly title: readonly RealtimeText[];
  readonly text: readonly RealtimeText[];
  readonly url: readonly RealtimeText[];
}

/** All that is stated must apply. */
export interface RealtimeSelector {
  readonly agency: string | null;
  readonly route: string | null;
  readonly routeType: number | null;
  readonly direction: number | null;
  readonly stop: string | null;
  readonly trip: RealtimeTrip | null;
}

/** Language as BCP 47 tag. */
export interface RealtimeText {
  readonly text: string;
  readonly language: string | null;
}
