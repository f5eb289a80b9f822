import { addDays, berlinDate, berlinDay, type BerlinDay } from './berlin.js';
import { LINES, type Line } from './network.js';

const MINUTE = 60_000;

/** One run of a line on one day. */
export interface Trip {
  readonly line: Line;
  readonly direction: 1 | 2;
  /** Number of the run, unique on its day. */
  readonly number: number;
  /** Date of its first departure, `YYYY-MM-DD`. */
  readonly date: string;
  /** Stops in the order of travel with minutes from the start. */
  readonly calls: Line['calls'];
}

/** A trip at one of its stops. */
export interface Call {
  readonly trip: Trip;
  /** Position of the stop in `trip.calls`. */
  readonly index: number;
  /** Planned instant, epoch milliseconds. */
  readonly plannedAt: number;
}

/**
 * All planned departures (or arrivals) at a stop from `from` until before `until`, epoch milliseconds, in order of time.
 * Runs start by the wall clock: in March those of the skipped hour drop out, in October those of the doubled hour run
 * twice. Travel takes its minutes regardless of clock changes.
 */
export function callsAt(stopId: string, board: 'DEP' | 'ARR', from: number, until: number): Call[] {
  const days = daysFrom(addDays(berlinDate(from), -1), berlinDate(until));
  return LINES.flatMap((line) =>
    ([1, 2] as const).flatMap((direction) => {
      const calls = callsInDirection(line, direction);
      const index = calls.findIndex(([id]) => id === stopId);
      const call = calls[index];
      if (call === undefined || index === (board === 'DEP' ? calls.length - 1 : 0)) return [];
      const toTrip = (day: BerlinDay, minute: number): Call => ({
        trip: { line, direction, calls, date: day.date, number: runNumber(line, direction, minute) },
        index,
        plannedAt: day.startsAt + (minute + call[1]) * MINUTE,
      });
      return days.flatMap((day) => startMinutes(line, day).map((minute) => toTrip(day, minute)));
    }),
  )
    .filter((call) => call.plannedAt >= from && call.plannedAt < until)
    .toSorted((left, right) => left.plannedAt - right.plannedAt || left.trip.number - right.trip.number);
}

/** Stops in the order of travel with minutes from the start. */
export function callsInDirection(line: Line, direction: Trip['direction']): Line['calls'] {
  if (direction === 1) return line.calls;
  const length = line.calls.at(-1)?.[1] ?? 0;
  return line.calls.map(([id, minute]) => [id, length - minute] as const).toReversed();
}

/** Number of the run that begins so many minutes after the start of the day. */
export function runNumber(line: Line, direction: Trip['direction'], minute: number): number {
  return LINES.indexOf(line) * 10_000 + direction * 2_000 + minute;
}

/** Minutes that have passed since the start of the day at each departure from the terminus. */
function startMinutes(line: Line, day: BerlinDay): number[] {
  const services = line.services.filter(({ days }) => days === 'daily' || (days === 'weekend') === day.isWeekend);
  return day.wallHours.flatMap((wallHour, passedHours) =>
    services.flatMap((service) =>
      minutesInHour(service, wallHour * 60).map((wallMinute) => wallMinute + (passedHours - wallHour) * 60),
    ),
  );
}

/** Departures of the service in the hour that begins at minute `start` of the day. */
function minutesInHour({ from, until, every }: Line['services'][number], start: number): number[] {
  const minutes: number[] = [];
  const first = from + Math.max(0, Math.ceil((start - from) / every)) * every;
  for (let minute = first; minute <= until && minute < start + 60; minute += every) minutes.push(minute);
  return minutes;
}

function daysFrom(first: string, last: string): BerlinDay[] {
  const days: BerlinDay[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) days.push(berlinDay(date));
  return days;
}
