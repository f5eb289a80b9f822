import type { FeedLines } from './feed.js';

/** A small feed as a model, from which both the files and the expected departures are made. */
export interface ModelFeed {
  readonly zone: string;
  readonly services: readonly ModelService[];
  readonly trips: readonly ModelTrip[];
}

export interface ModelService {
  /** From Monday. */
  readonly weekdays: readonly boolean[];
  readonly from: string;
  readonly until: string;
  readonly exceptions: Readonly<Record<string, boolean>>;
}

export interface ModelTrip {
  readonly service: number;
  readonly calls: readonly { readonly stop: string; readonly time: number; readonly closed: boolean }[];
  readonly frequencies: readonly { readonly from: number; readonly until: number; readonly headway: number }[];
}

export interface ModelDeparture {
  readonly trip: number;
  readonly call: number;
  readonly time: number;
}

const DAY = 86_400_000;

/** Every departure of every trip on every one of these days, by the wall clock that Intl knows. Epoch milliseconds. */
export function allDepartures({ zone, services, trips }: ModelFeed, dates: readonly string[]): ModelDeparture[] {
  const wallClock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const departures: ModelDeparture[] = [];
  for (const date of dates) {
    const start = noonOf(date, wallClock) - DAY / 2;
    for (const [trip, { service, calls, frequencies }] of trips.entries()) {
      if (!runsOn(services[service]!, date)) continue;
      for (const shift of shiftsOf(calls[0]!.time, frequencies)) {
        for (const [call, { time, closed }] of calls.entries()) {
          if (closed || call === calls.length - 1) continue;
          departures.push({ trip, call, time: start + (time + shift) * 1000 });
        }
      }
    }
  }
  return departures.toSorted((a, b) => a.time - b.time || a.trip - b.trip || a.call - b.call);
}

function noonOf(date: string, wallClock: Intl.DateTimeFormat): number {
  for (let quarter = -60; quarter <= 60; quarter += 1) {
    const moment = Date.parse(`${date}T12:00:00Z`) + quarter * 900_000;
    if (wallClock.format(moment) === `${date} 12:00:00`) return moment;
  }
  throw new Error('there is no noon');
}

function runsOn({ weekdays, from, until, exceptions }: ModelService, date: string): boolean {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return exceptions[date] ?? (from <= date && date <= until && weekdays[weekday]!);
}

function shiftsOf(start: number, frequencies: ModelTrip['frequencies']): number[] {
  if (frequencies.length === 0) return [0];
  const shifts: number[] = [];
  for (const { from, until, headway } of frequencies)
    for (let at = from; at < until; at += headway) shifts.push(at - start);
  return shifts;
}

/** The model as GTFS files. Rows of stop times are written backwards: GTFS does not promise an order. */
export function toLines({ zone, services, trips }: ModelFeed): Omit<FeedLines, 'stops' | 'routes'> {
  const calls = trips.flatMap(({ calls: list }, trip) =>
    list.map(({ stop, time, closed }, index) =>
      [`T${trip}`, Number(closed), stop, clockTime(time), index * 3, clockTime(time)].join(','),
    ),
  );
  return {
    agency: ['agency_name,agency_timezone', `Verkehr,${zone}`],
    calendar: [
      'service_id,start_date,end_date,monday,tuesday,wednesday,thursday,friday,saturday,sunday',
      ...services.map(({ weekdays, from, until }, index) =>
        [`S${index}`, compact(from), compact(until), ...weekdays.map(Number)].join(','),
      ),
    ],
    calendar_dates: [
      'exception_type,date,service_id',
      ...services.flatMap(({ exceptions }, index) =>
        Object.entries(exceptions).map(([date, added]) => `${added ? 1 : 2},${compact(date)},S${index}`),
      ),
    ],
    trips: ['trip_id,service_id,route_id', ...trips.map(({ service }, trip) => `T${trip},S${service},R`)],
    stop_times: ['trip_id,pickup_type,stop_id,departure_time,stop_sequence,arrival_time', ...calls.toReversed()],
    frequencies: [
      'trip_id,start_time,end_time,headway_secs,exact_times',
      ...trips.flatMap(({ frequencies }, trip) =>
        frequencies.map(({ from, until, headway }) => `T${trip},${clockTime(from)},${clockTime(until)},${headway},1`),
      ),
    ],
  };
}

function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function compact(date: string): string {
  return date.replaceAll('-', '');
}
