import { parseCalendarDate, type CalendarDate, type Loaded } from '#lib/kernel';
import { malformed, readRows, WireObject } from '../wire/wire-object.js';

/** Days off in some of the German states, both ends included. */
export interface Holiday {
  readonly name: string;
  readonly first: CalendarDate;
  readonly last: CalendarDate;
  /** Codes of ISO 3166-2:DE without the country, e.g. `TH`. */
  readonly states: readonly string[];
}

export interface HolidayList {
  readonly kind: 'public' | 'school';
  readonly holidays: readonly Holiday[];
}

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_ROWS = 20_000;
const MOST_STATES = 16;

/**
 * Reads a list of ics.tools: public holidays of Germany, or school holidays of one state, which it names once for all.
 * @throws AppError UPSTREAM_MALFORMED when it is neither, or when none of its rows can be read
 */
export function readHolidays(bytes: Uint8Array): Loaded<HolidayList> {
  const document = new WireObject(parseJson(bytes), '$');
  const rows = document.list('holidays');
  if (rows.length > MOST_ROWS) throw malformed('$.holidays', `has more than ${MOST_ROWS} rows`);
  const state = readState(document.optionalObject('metadata')?.text('code', 2) ?? null, '$.metadata.code');
  const { value, omissions } = readRows(rows, '$.holidays', (row, path) =>
    readHoliday(new WireObject(row, path), state),
  );
  const [first] = omissions;
  if (value.length === 0 && first) throw malformed(first.path, first.reason);
  return { value: { kind: state === null ? 'public' : 'school', holidays: value }, omissions };
}

function readHoliday(wire: WireObject, state: string | null): Holiday {
  const first = readDate(wire, state === null ? 'startDate' : 'date');
  const last = readDate(wire, 'endDate');
  if (last < first) throw malformed(wire.at('endDate'), 'lies before the first day');
  return { name: wire.text('name', 200), first, last, states: state === null ? readStates(wire) : [state] };
}

function readStates(wire: WireObject): readonly string[] {
  const states = wire.list('states');
  if (states.length > MOST_STATES) throw malformed(wire.at('states'), `has more than ${MOST_STATES} entries`);
  return states.map((state, index) => {
    const path = `${wire.at('states')}[${index}]`;
    return readState(typeof state === 'string' ? state : '', path) ?? '';
  });
}

function readState(code: string | null, path: string): string | null {
  if (code !== null && !/^[A-Z]{2}$/.test(code)) throw malformed(path, 'is no code of a state');
  return code;
}

function readDate(wire: WireObject, name: string): CalendarDate {
  const date = parseCalendarDate(wire.text(name, 10));
  if (date === undefined) throw malformed(wire.at(name), 'is no date');
  return date;
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 4 MiB');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('$', 'is not JSON in UTF-8');
  }
}
