/** A point of a calendar as its author wrote it. Its wall clock stays when the clocks change. */
export interface CalendarMoment {
  /** `YYYY-MM-DD` for a whole day, else `YYYY-MM-DDTHH:MM:SS`. */
  readonly local: string;
  /** IANA name, or the name of one of {@link Calendar.zones}; null for a whole day. */
  readonly zone: string | null;
}

/**
 * How long something takes: first `wall` seconds on the wall clock (whole days, opening times), then `exact` seconds
 * of real time. Both differ by an hour across a clock change.
 */
export interface CalendarSpan {
  readonly wall: number;
  readonly exact: number;
}

export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A weekday, 0 = Monday; `nth` counts within month or year, negative from its end, 0 means each. */
export interface RuleWeekday {
  readonly weekday: number;
  readonly nth: number;
}

/** RRULE of RFC 5545 (3.3.10). An empty list means that the part is not given. */
export interface RecurrenceRule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  /** Last moment, inclusive. */
  readonly until: CalendarMoment | null;
  /** First day of the week, 0 = Monday. */
  readonly weekStart: number;
  readonly byMonth: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly RuleWeekday[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySecond: readonly number[];
  readonly bySetPos: readonly number[];
}

/** A moment that a series has besides its rules. */
export interface ExtraMoment {
  readonly start: CalendarMoment;
  /** Only for periods; others last as long as their series. */
  readonly span: CalendarSpan | null;
}

export interface CalendarEvent {
  /** Place in the file, e.g. `VEVENT[3]`. */
  readonly path: string;
  readonly uid: string | null;
  readonly summary: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly categories: readonly string[];
  readonly cancelled: boolean;
  /** Revision; of two versions the higher one counts. */
  readonly sequence: number;
  /** When this version was written, as in the file; empty when it does not say. */
  readonly stamp: string;
  readonly start: CalendarMoment;
  readonly span: CalendarSpan;
  readonly rules: readonly RecurrenceRule[];
  readonly exclusionRules: readonly RecurrenceRule[];
  readonly extra: readonly ExtraMoment[];
  readonly excluded: readonly CalendarMoment[];
  /** The instance of the series that this event replaces; null for the series itself and for single events. */
  readonly replaces: CalendarMoment | null;
  /** Whether the replacement also goes for all later instances (RANGE=THISANDFUTURE). */
  readonly andFuture: boolean;
}

/** From its onset on, clocks show `offset` seconds more than UTC. */
export interface Observance {
  readonly onset: string;
  readonly offsetBefore: number;
  readonly offset: number;
  readonly rules: readonly RecurrenceRule[];
  readonly extra: readonly string[];
}

/** A time zone that has no IANA name, as the file itself defines it (VTIMEZONE). */
export interface CalendarZone {
  readonly name: string;
  readonly observances: readonly Observance[];
}

export interface Calendar {
  readonly name: string | null;
  /** The author's zone (X-WR-TIMEZONE); moments in UTC are meant on its wall clock. */
  readonly zone: string | null;
  readonly zones: readonly CalendarZone[];
  readonly events: readonly CalendarEvent[];
}
