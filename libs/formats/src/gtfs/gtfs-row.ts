import { parseCalendarDate, type CalendarDate } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';

/** Names of the columns a file has, with their places in a row. */
export type GtfsColumns = ReadonlyMap<string, number>;

const LONGEST_TEXT = 10_000;
/** Trips that run for more than a week do not exist. */
const LATEST_SECONDS = 7 * 24 * 3600;

/**
 * One row of a GTFS file, read strictly: a missing or wrong field is UPSTREAM_MALFORMED with its place
 * (`stops.txt[3].stop_lat`, rows counted from 0 behind the header). An absent column counts as empty.
 */
export class GtfsRow {
  constructor(
    private readonly columns: GtfsColumns,
    private readonly cells: readonly string[],
    private readonly file: string,
    /** Counted from 0 behind the header. */
    readonly index: number,
  ) {}

  text(name: string): string {
    return this.optionalText(name) ?? this.missing(name);
  }

  optionalText(name: string): string | null {
    const column = this.columns.get(name);
    const value = column === undefined ? undefined : this.cells[column];
    if (value === undefined || value === '') return null;
    if (value.length > LONGEST_TEXT) throw this.wrong(name, `is longer than ${LONGEST_TEXT} characters`);
    return value;
  }

  /** A whole number from 0. */
  integer(name: string): number {
    return this.optionalInteger(name) ?? this.missing(name);
  }

  optionalInteger(name: string): number | null {
    const text = this.optionalText(name);
    if (text === null) return null;
    if (!/^\d{1,9}$/.test(text)) throw this.wrong(name, 'is not a whole number');
    return Number(text);
  }

  /** Degrees between `-bound` and `bound`. */
  degrees(name: string, bound: number): number {
    const text = this.text(name);
    const value = /^[+-]?\d{1,3}(?:\.\d{0,30})?$/.test(text) ? Number(text) : Number.NaN;
    if (!(Math.abs(value) <= bound)) throw this.wrong(name, `is not a number between -${bound} and ${bound}`);
    return value;
  }

  /** `true` for 1, `false` for 0. */
  flag(name: string): boolean {
    const value = this.integer(name);
    if (value > 1) throw this.wrong(name, 'is neither 0 nor 1');
    return value === 1;
  }

  /** `YYYYMMDD`. */
  date(name: string): CalendarDate {
    return this.optionalDate(name) ?? this.missing(name);
  }

  optionalDate(name: string): CalendarDate | null {
    const text = this.optionalText(name);
    if (text === null) return null;
    const date = /^\d{8}$/.test(text)
      ? parseCalendarDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)
      : undefined;
    if (date === undefined) throw this.wrong(name, 'is not a date YYYYMMDD');
    return date;
  }

  /** Seconds of `H:MM:SS`, counted from noon minus twelve hours of the service day; 24:00:00 and later is the next day. */
  time(name: string): number {
    return this.optionalTime(name) ?? this.missing(name);
  }

  optionalTime(name: string): number | null {
    const text = this.optionalText(name);
    if (text === null) return null;
    const [, hours, minutes, seconds] = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text) ?? [];
    const value = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    if (Number.isNaN(value)) throw this.wrong(name, 'is not a time HH:MM:SS');
    if (value > LATEST_SECONDS) throw this.wrong(name, 'is more than a week');
    return value;
  }

  /** Error for a field of this row. */
  wrong(name: string, reason: string): Error {
    return malformed(`${this.path}.${name}`, reason);
  }

  get path(): string {
    return `${this.file}[${this.index}]`;
  }

  private missing(name: string): never {
    throw this.wrong(name, 'is missing');
  }
}
