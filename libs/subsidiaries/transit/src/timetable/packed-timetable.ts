import { ServiceCalendar, type CalendarData } from './service-calendar.js';
import { ServiceDays } from './service-day.js';
import type { Timetable } from './timetable.js';

/** A timetable as plain data, which a thread can hand to another one. */
export interface PackedTimetable extends Omit<Timetable, 'days' | 'calendar' | 'tripNumbers'> {
  readonly zone: string;
  readonly calendar: CalendarData;
}

export function packTimetable({ days, calendar, tripNumbers: _rebuilt, ...tables }: Timetable): PackedTimetable {
  return { ...tables, zone: days.zone, calendar: calendar.data };
}

export function unpackTimetable({ zone, calendar, ...tables }: PackedTimetable): Timetable {
  return {
    ...tables,
    days: new ServiceDays(zone),
    calendar: new ServiceCalendar(calendar),
    tripNumbers: new Map(tables.trips.ids.map((id, number) => [id, number])),
  };
}

/** What is handed over without being copied: the columns, which are most of it. */
export function buffersOf({ trips, calls, single, repeated }: PackedTimetable): ArrayBuffer[] {
  const columns = [trips, calls, single, repeated].flatMap((table) => Object.values(table) as readonly unknown[]);
  const buffers = columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []));
  return [...new Set(buffers)];
}
