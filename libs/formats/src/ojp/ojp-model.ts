import type { CalendarDate, Instant, Money, Omission } from '#lib/kernel';

/** A text in one or several languages, as sent; a language may be unknown. Empty when there is none. */
export type OjpText = readonly { readonly language: string | null; readonly text: string }[];

/** Degrees, WGS 84. */
export interface OjpPosition {
  readonly latitude: number;
  readonly longitude: number;
}

export type OjpPlaceKind = 'STOP_POINT' | 'STOP_PLACE' | 'ADDRESS' | 'POI' | 'LOCALITY' | 'POSITION';

/** Names a place; `ref` is the system's own, opaque and not stable in every system. */
export interface OjpPlaceRef {
  readonly kind: OjpPlaceKind;
  /** Null for a mere position. */
  readonly ref: string | null;
  /** DHID (VDV 432), e.g. `de:16053:153045`, when the system uses it as reference or sends it as private code. */
  readonly dhid: string | null;
  readonly name: OjpText;
  readonly position: OjpPosition | null;
}

export interface OjpPlace extends OjpPlaceRef {
  /** The stop place a stop point belongs to. */
  readonly parentRef: string | null;
  readonly localityRef: string | null;
  readonly modes: readonly OjpMode[];
}

export interface OjpFoundPlace extends OjpPlace {
  /** False when the place must be refined before it can be used, e.g. a street without a house number. */
  readonly complete: boolean;
  /** Between 0 and 1; null when not sent. */
  readonly probability: number | null;
}

export interface OjpMode {
  /** As sent, e.g. `tram`, `bus`, `rail`. */
  readonly mode: string;
  readonly submode: string | null;
  readonly name: OjpText;
}

/** Arrival or departure. */
export interface OjpEventTime {
  readonly planned: Instant;
  /** Null when there is no forecast. */
  readonly estimated: Instant | null;
}

export interface OjpCall {
  readonly stop: OjpPlaceRef;
  readonly plannedPlatform: OjpText;
  readonly estimatedPlatform: OjpText;
  readonly arrival: OjpEventTime | null;
  readonly departure: OjpEventTime | null;
  /** Place in the trip's stops, from 1. */
  readonly order: number | null;
  /** The stop is left out. */
  readonly cancelled: boolean;
  readonly unplanned: boolean;
  readonly boarding: boolean;
  readonly alighting: boolean;
}

/** A vehicle's trip on one day. */
export interface OjpService {
  readonly journeyRef: string | null;
  readonly operatingDay: CalendarDate | null;
  readonly lineRef: string | null;
  readonly lineName: OjpText;
  readonly mode: OjpMode | null;
  readonly operatorRefs: readonly string[];
  readonly origin: OjpText;
  readonly destination: OjpText;
  readonly destinationRef: string | null;
  readonly cancelled: boolean;
  readonly unplanned: boolean;
  readonly notes: readonly { readonly code: string | null; readonly text: OjpText }[];
}

export interface OjpStopEvent {
  readonly id: string;
  readonly call: OjpCall;
  readonly previousCalls: readonly OjpCall[];
  readonly onwardCalls: readonly OjpCall[];
  readonly service: OjpService;
  /** The trip or the stop at this place is cancelled. */
  readonly cancelled: boolean;
  readonly problems: readonly OjpProblem[];
}

export interface OjpTimedLeg {
  readonly kind: 'TIMED';
  readonly id: string | null;
  readonly board: OjpCall;
  readonly intermediates: readonly OjpCall[];
  readonly alight: OjpCall;
  readonly service: OjpService;
}

/** A change (`TRANSFER`) or a way of one's own, by foot, bicycle or on demand (`CONTINUOUS`). */
export interface OjpUntimedLeg {
  readonly kind: 'TRANSFER' | 'CONTINUOUS';
  readonly id: string | null;
  /** As sent, e.g. `walk`, `foot`. */
  readonly mode: string | null;
  readonly from: OjpPlaceRef;
  readonly to: OjpPlaceRef;
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly durationSeconds: number | null;
  readonly lengthMetres: number | null;
}

export type OjpLeg = OjpTimedLeg | OjpUntimedLeg;

export interface OjpTrip {
  readonly id: string;
  readonly durationSeconds: number;
  readonly start: Instant;
  readonly end: Instant;
  readonly transfers: number | null;
  readonly distanceMetres: number | null;
  readonly cancelled: boolean;
  readonly legs: readonly OjpLeg[];
  readonly problems: readonly OjpProblem[];
}

export interface OjpFareProduct {
  readonly id: string;
  readonly name: string | null;
  /** RICS-like or national code of who sets the fare. */
  readonly authorityRef: string | null;
  /** Null when it is not for sale here or depends on more. */
  readonly price: Money | null;
  /** As sent, e.g. `secondClass`. */
  readonly travelClass: string | null;
}

export interface OjpFare {
  readonly id: string;
  readonly products: readonly OjpFareProduct[];
  readonly problems: readonly OjpProblem[];
}

/** What the system says went wrong. */
export interface OjpProblem {
  /** E.g. `STOPEVENT_NOEVENTFOUND`; `unknown` when there is none that may stand in a log. */
  readonly code: string;
  /** The system's own sentence. It may quote what was asked for: never log it. */
  readonly text: string | null;
}

export type OjpContent =
  | { readonly kind: 'LOCATIONS'; readonly locations: readonly OjpFoundPlace[] }
  | { readonly kind: 'STOP_EVENTS'; readonly places: readonly OjpPlace[]; readonly events: readonly OjpStopEvent[] }
  | { readonly kind: 'TRIPS'; readonly places: readonly OjpPlace[]; readonly trips: readonly OjpTrip[] }
  | { readonly kind: 'FARES'; readonly fares: readonly OjpFare[] }
  /** An answer without a reader: it is well-formed, no more is known than its problems. */
  | { readonly kind: 'OTHER' };

export type OjpDelivery = OjpContent & {
  /** Element name, e.g. `OJPTripDelivery`, `TripResponse`. */
  readonly name: string;
  /** The system says that it could not answer. */
  readonly failed: boolean;
  readonly problems: readonly OjpProblem[];
  readonly omissions: readonly Omission[];
};

interface OjpHeader {
  readonly dialect: 'OJP' | 'TRIAS';
  /** E.g. `2.0`, `1.2`; null when not sent. */
  readonly version: string | null;
  /** When it was sent, by the sender's clock. */
  readonly at: Instant | null;
  /** Name of the sending system. */
  readonly sender: string | null;
}

export interface OjpResponse extends OjpHeader {
  readonly kind: 'RESPONSE';
  readonly failed: boolean;
  readonly problems: readonly OjpProblem[];
  readonly deliveries: readonly OjpDelivery[];
}

/** What was asked, in short. */
export interface OjpQuestion {
  /** Element name, e.g. `OJPStopEventRequest`. */
  readonly name: string;
  readonly kind: OjpContent['kind'];
  /** Text to be searched. */
  readonly text: string | null;
  readonly places: readonly { readonly role: 'AT' | 'FROM' | 'VIA' | 'TO'; readonly place: OjpPlaceRef }[];
  readonly time: Instant | null;
  /** Whether `time` is for departing or arriving. */
  readonly timeIs: 'DEPARTURE' | 'ARRIVAL' | 'BOTH' | null;
  /** How many results are wanted. */
  readonly limit: number | null;
}

export interface OjpRequest extends OjpHeader {
  readonly kind: 'REQUEST';
  readonly questions: readonly OjpQuestion[];
}

export type OjpMessage = OjpRequest | OjpResponse;
