import { dateOfDay } from './service-day.js';
import type { ImportedTimetable } from './import-timetable.js';

/** A timetable as plain data for people: its network and how much runs in it, without its millions of calls. */
export function describeTimetable({ timetable, omissions, omitted }: ImportedTimetable): object {
  const { days, calendar, stops, routes, trips, calls, frequencies } = timetable;
  return {
    timeZone: days.zone,
    from: dateOfDay(calendar.span.first),
    until: dateOfDay(calendar.span.last),
    counts: {
      stops: stops.length,
      routes: routes.length,
      services: calendar.size,
      trips: trips.ids.length,
      repeatedTrips: frequencies.size,
      stopTimes: calls.trip.length,
    },
    routes,
    stops,
    omissions,
    omitted,
  };
}
