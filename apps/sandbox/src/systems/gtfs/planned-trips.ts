import { LINES, type Line, type Service as Interval } from '../hafas/network.js';
import { callsInDirection, runNumber } from '../hafas/timetable.js';
import { DAILY, HOLIDAY, SCHOOL, WEEKEND, WORKING, type Service } from './services.js';

/** One run of a line as the feed plans it, on every day of its service. */
export interface PlannedTrip {
  readonly id: string;
  readonly line: Line;
  readonly direction: 1 | 2;
  readonly service: Service;
  /** Number of the run in the timetable system. */
  readonly number: number;
  /** Minutes after the start of the day. */
  readonly startMinute: number;
  readonly calls: Line['calls'];
  /** The feed gives this trip once and repeats it by `frequencies.txt`; its runs share the id. */
  readonly repeats: Interval | null;
}

/** The night bus is planned by its headway. */
const BY_HEADWAY = 'N2';

export const PLANNED_TRIPS: readonly PlannedTrip[] = LINES.flatMap((line) =>
  line.services.flatMap((interval) =>
    servicesOf(line, interval).flatMap((service) =>
      ([1, 2] as const).flatMap((direction) => tripsOf(line, interval, service, direction)),
    ),
  ),
);

/** The same times on school days and in the holidays are two services for buses, as in plans with school trips. */
function servicesOf(line: Line, { days }: Interval): readonly Service[] {
  if (days === 'daily') return [DAILY];
  if (days === 'weekend') return [WEEKEND];
  return line.vehicle.icon === 'prod_bus' ? [SCHOOL, HOLIDAY] : [WORKING];
}

function tripsOf(line: Line, interval: Interval, service: Service, direction: 1 | 2): PlannedTrip[] {
  const calls = callsInDirection(line, direction);
  const repeats = line.name === BY_HEADWAY ? interval : null;
  const trips: PlannedTrip[] = [];
  for (let minute = interval.from; minute <= interval.until; minute += interval.every) {
    const run = repeats === null ? `.${minute}` : '';
    const id = `${line.name}.${direction}.${service.id}${run}`;
    const number = runNumber(line, direction, minute);
    trips.push({ id, line, direction, service, number, startMinute: minute, calls, repeats });
  }
  return trips;
}
