import type { CalendarDate } from '#lib/kernel';

/** Rows of the files of a GTFS feed (gtfs.org), as far as this house uses them. Null: not stated. */
export interface GtfsAgency {
  /** Null where the feed has one agency only and does not number it. */
  readonly id: string | null;
  readonly name: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly timezone: string;
  readonly url: string | null;
}

export interface GtfsStop {
  /** DHID in German feeds, e.g. `de:16053:153135::15313500`. */
  readonly id: string;
  readonly code: string | null;
  /** Only entrances, passages and boarding areas may be without one. */
  readonly name: string | null;
  readonly position: GtfsPosition | null;
  readonly kind: 'STOP' | 'STATION' | 'ENTRANCE' | 'NODE' | 'BOARDING_AREA';
  /** Id of the station (or, for a boarding area, of the platform) it belongs to. */
  readonly parent: string | null;
  readonly platform: string | null;
}

/** Degrees, WGS 84. */
export interface GtfsPosition {
  readonly latitude: number;
  readonly longitude: number;
}

export interface GtfsRoute {
  readonly id: string;
  readonly agency: string | null;
  readonly shortName: string | null;
  readonly longName: string | null;
  /** Basic (0–12) or extended (100–1799) route type. */
  readonly type: number;
  /** RGB in hexadecimal without `#`. */
  readonly color: string | null;
  readonly textColor: string | null;
}

export interface GtfsTrip {
  readonly id: string;
  readonly route: string;
  readonly service: string;
  readonly headsign: string | null;
  readonly shortName: string | null;
  readonly direction: 0 | 1 | null;
}

export interface GtfsStopTime {
  readonly trip: string;
  readonly stop: string;
  readonly sequence: number;
  /** Seconds from noon minus twelve hours of the service day; null where times are to be interpolated. */
  readonly arrival: number | null;
  readonly departure: number | null;
  readonly headsign: string | null;
  readonly pickup: GtfsBoarding;
  readonly dropOff: GtfsBoarding;
}

/** ON_DEMAND: by phone or by arrangement with the driver. */
export type GtfsBoarding = 'REGULAR' | 'NONE' | 'ON_DEMAND';

export interface GtfsCalendar {
  readonly service: string;
  /** From Monday to Sunday. */
  readonly weekdays: readonly boolean[];
  readonly from: CalendarDate;
  /** Last day, included. */
  readonly until: CalendarDate;
}

export interface GtfsCalendarDate {
  readonly service: string;
  readonly date: CalendarDate;
  readonly exception: 'ADDED' | 'REMOVED';
}

export interface GtfsFrequency {
  readonly trip: string;
  /** Seconds like those of stop times. */
  readonly from: number;
  /** No trip begins at this time or later. */
  readonly until: number;
  readonly headwaySeconds: number;
  /** False: departures are only known about. */
  readonly exact: boolean;
}

export interface GtfsFeedInfo {
  readonly publisher: string;
  readonly language: string;
  readonly from: CalendarDate | null;
  readonly until: CalendarDate | null;
  readonly version: string | null;
}
