import { addDays, berlinDate, parseHafasTime } from '../hafas/berlin.js';
import { findPrognosis, type Prognosis } from '../hafas/realtime.js';
import { PLANNED_TRIPS, type PlannedTrip } from './planned-trips.js';
import { SERVICES } from './services.js';

const MINUTE = 60_000;
const HALF_A_DAY = 12 * 60 * MINUTE;
/** No trip takes longer, and no prognosis looks further, so others need not be asked. */
const REACH = 3 * 60 * MINUTE;

/** A trip of one day of which the vehicles report something. */
export interface TripUnderWay {
  readonly trip: PlannedTrip;
  /** Day of service, `YYYY-MM-DD`. */
  readonly date: string;
  /** Epoch milliseconds of minute 0 of that day. */
  readonly dayStart: number;
  readonly cancelled: boolean;
  /** How much later than planned the vehicle is, milliseconds; it stays so to the end. */
  readonly delay: number;
  /** For each stop of the trip, in order; undefined where nothing is reported. */
  readonly prognoses: readonly (Prognosis | undefined)[];
}

/** Every trip for which the timetable system has a prognosis at `now` at one of its stops. */
export function tripsUnderWay(now: number): TripUnderWay[] {
  const today = berlinDate(now);
  return [addDays(today, -1), today, addDays(today, 1)].flatMap((date) => {
    const dayStart = startOfServiceDay(date);
    const near = PLANNED_TRIPS.filter((trip) => Math.abs(dayStart + trip.startMinute * MINUTE - now) < REACH);
    const running = new Set(SERVICES.filter((service) => service.runsOn(date)));
    return near
      .filter(({ service }) => running.has(service))
      .flatMap((trip) => {
        const prognoses = trip.calls.map(([, minute], index) => {
          const plannedAt = dayStart + (trip.startMinute + minute) * MINUTE;
          return findPrognosis({ trip: { ...trip, date }, index, plannedAt }, now);
        });
        return underWay(trip, date, dayStart, prognoses);
      });
  });
}

function underWay(
  trip: PlannedTrip,
  date: string,
  dayStart: number,
  prognoses: TripUnderWay['prognoses'],
): TripUnderWay[] {
  const index = prognoses.findIndex((prognosis) => prognosis !== undefined);
  const prognosis = prognoses[index];
  if (prognosis === undefined) return [];
  const plannedAt = dayStart + (trip.startMinute + (trip.calls[index]?.[1] ?? 0)) * MINUTE;
  const { cancelled, expectedAt } = prognosis;
  return [{ trip, date, dayStart, cancelled, delay: expectedAt - plannedAt, prognoses }];
}

/** GTFS counts times from twelve hours before noon, which is midnight but for the days on which the clocks change. */
function startOfServiceDay(date: string): number {
  return (parseHafasTime(date, '120000') ?? Number.NaN) - HALF_A_DAY;
}
