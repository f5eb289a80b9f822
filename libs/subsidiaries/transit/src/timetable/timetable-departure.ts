import type { CalendarDate } from '#lib/kernel';
import type { Departure } from '../model/departure-board.js';
import type { Timetable } from './timetable.js';

/** A call of a trip on a service day. `shift` seconds are added to the times of a repeated trip, else 0. */
export interface Run {
  readonly call: number;
  readonly day: number;
  readonly shift: number;
}

/** A departure with what is needed to find it in realtime data. */
export interface TimetableDeparture extends Departure {
  readonly tripId: string | null;
  /** Day the times of the trip count from; the departure itself may be on the next. */
  readonly serviceDate: CalendarDate | null;
  readonly stopId: string;
  /** False for trips that run "every ten minutes": the time is then a guess. */
  readonly exact: boolean;
  /** Null for a trip that is in no timetable. */
  readonly run: Run | null;
}

/** Epoch seconds of the departure. */
export function departureSeconds({ days, calls }: Timetable, { call, day, shift }: Run): number {
  return days.startOf(day) + (calls.departure[call] as number) + shift;
}

export function arrivalSeconds({ days, calls }: Timetable, { call, day, shift }: Run): number {
  return days.startOf(day) + (calls.arrival[call] as number) + shift;
}

/** Seconds of the service day at which the trip begins. */
export function tripStartSeconds({ trips, calls }: Timetable, { call, shift }: Run): number {
  return (calls.departure[trips.firstCall[calls.trip[call] as number] as number] as number) + shift;
}
