import type { CalendarDate, Instant, Omission } from '#lib/kernel';

/** A stop, address or point of interest. */
export interface HafasLocation {
  readonly kind: 'STOP' | 'ADDRESS' | 'POI' | 'OTHER';
  /** Number in the timetable (`extId`; for railway stations the IBNR). Stops always have one. */
  readonly number: string | null;
  /** DHID (VDV 432), e.g. `de:16053:153045`; null when the system does not send it. */
  readonly dhid: string | null;
  readonly name: string;
  /** Degrees, WGS 84; null when unknown. */
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
  /** Product bits of all lines that stop here; what a bit means is the operator's choice. */
  readonly productBits: number | null;
}

export interface HafasLine {
  /** As passengers know it, e.g. `Str 5`, `Bus 28`, `ICE 690`. */
  readonly name: string;
  /** Short form, e.g. `5`. */
  readonly shortName: string | null;
  readonly operator: string | null;
  /** The one product bit of the line. */
  readonly productBits: number | null;
}

export interface HafasRemark {
  /** HINT: lasting fact of the trip. STATUS: about now. WARNING: message of the operator (HIM). */
  readonly kind: 'HINT' | 'STATUS' | 'WARNING';
  readonly code: string | null;
  readonly title: string | null;
  /** Plain text, without markup. */
  readonly text: string;
}

/** Arrival or departure at one stop. */
export interface HafasEvent {
  readonly planned: Instant;
  /** Null when there is no forecast. */
  readonly expected: Instant | null;
  /** The one in force: changed, else planned. */
  readonly platform: string | null;
  readonly cancelled: boolean;
}

export interface HafasBoardEntry extends HafasEvent {
  readonly journeyId: string | null;
  readonly line: HafasLine;
  /** Where the trip goes (departures) or comes from (arrivals). */
  readonly direction: string | null;
  readonly stop: HafasLocation;
  readonly remarks: readonly HafasRemark[];
}

export interface HafasBoard {
  readonly type: 'DEPARTURES' | 'ARRIVALS';
  /** The stops the board is for; several where a stop consists of parts. */
  readonly stops: readonly HafasLocation[];
  readonly entries: readonly HafasBoardEntry[];
  /** Clock of the system when it answered. */
  readonly answeredAt: Instant | null;
  readonly omissions: readonly Omission[];
}

export interface HafasCall {
  readonly stop: HafasLocation;
  readonly arrival: HafasEvent | null;
  readonly departure: HafasEvent | null;
}

export interface HafasJourney {
  readonly journeyId: string | null;
  readonly date: CalendarDate;
  readonly line: HafasLine;
  readonly direction: string | null;
  readonly cancelled: boolean;
  /** Where the vehicle is, in degrees; null when unknown. */
  readonly position: HafasLocation['position'];
  readonly calls: readonly HafasCall[];
  readonly remarks: readonly HafasRemark[];
}

export interface HafasSection {
  /** JOURNEY by vehicle; WALK, TRANSFER and OTHER otherwise. */
  readonly kind: 'JOURNEY' | 'WALK' | 'TRANSFER' | 'OTHER';
  readonly from: HafasLocation;
  readonly departure: HafasEvent | null;
  readonly to: HafasLocation;
  readonly arrival: HafasEvent | null;
  readonly journey: HafasJourney | null;
}

export interface HafasConnection {
  readonly date: CalendarDate;
  readonly sections: readonly HafasSection[];
}
