import type { GtfsCalendar, GtfsCalendarDate } from '#lib/formats';
import { dayOfDate, weekdayOfDay } from './service-day.js';

interface Service {
  /** One bit a weekday, Monday lowest. */
  weekdays: number;
  from: number;
  until: number;
  /** Exceptions to it, by day. */
  readonly exceptions: Map<number, boolean>;
}

/** A calendar as plain data, which can be sent to another thread. */
export interface CalendarData {
  readonly numbers: ReadonlyMap<string, number>;
  readonly services: readonly Service[];
  readonly span: ServiceCalendar['span'];
}

/** Which services run on which days: the weekly calendar with its exceptions, or exceptions alone. */
export class ServiceCalendar {
  private readonly numbers: Map<string, number>;
  private readonly services: Service[];
  private firstDay: number;
  private lastDay: number;

  constructor(data: CalendarData = { numbers: new Map(), services: [], span: { first: Infinity, last: -Infinity } }) {
    this.numbers = new Map(data.numbers);
    this.services = [...data.services];
    this.firstDay = data.span.first;
    this.lastDay = data.span.last;
  }

  get data(): CalendarData {
    return { numbers: this.numbers, services: this.services, span: this.span };
  }

  addCalendar({ service, weekdays, from, until }: GtfsCalendar): void {
    const entry = this.serviceOf(service);
    entry.weekdays = weekdays.reduce((bits, runs, weekday) => bits | (Number(runs) << weekday), 0);
    entry.from = dayOfDate(from);
    entry.until = dayOfDate(until);
    this.extendTo(entry.from);
    this.extendTo(entry.until);
  }

  addException({ service, date, exception }: GtfsCalendarDate): void {
    const day = dayOfDate(date);
    this.serviceOf(service).exceptions.set(day, exception === 'ADDED');
    this.extendTo(day);
  }

  /** Number of a service, by which the timetable knows it. */
  numberOf(service: string): number | undefined {
    return this.numbers.get(service);
  }

  get size(): number {
    return this.services.length;
  }

  /** First and last day that the calendar says anything about, both included. */
  get span(): { readonly first: number; readonly last: number } {
    return { first: this.firstDay, last: this.lastDay };
  }

  runs(service: number, day: number): boolean {
    const entry = this.services[service];
    if (entry === undefined) return false;
    const exception = entry.exceptions.get(day);
    if (exception !== undefined) return exception;
    return day >= entry.from && day <= entry.until && ((entry.weekdays >> weekdayOfDay(day)) & 1) === 1;
  }

  private serviceOf(id: string): Service {
    const known = this.services[this.numbers.get(id) ?? -1];
    if (known !== undefined) return known;
    const service: Service = { weekdays: 0, from: 0, until: -1, exceptions: new Map() };
    this.numbers.set(id, this.services.length);
    this.services.push(service);
    return service;
  }

  private extendTo(day: number): void {
    this.firstDay = Math.min(this.firstDay, day);
    this.lastDay = Math.max(this.lastDay, day);
  }
}
