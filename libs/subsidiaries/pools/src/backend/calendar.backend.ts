import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  type CalendarDate,
  type Clock,
  type Instant,
  type Loaded,
} from '#lib/kernel';
import { Upstream, type Connection, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import { readHoursAside } from '../hours/expand-aside.js';
import { keptDays } from '../hours/hours-window.js';
import type { PoolHours } from '../model/opening-day.js';
import { PoolsSettings } from '../pools.settings.js';
import { bodyOf } from './http-answer.js';

/** Years of opening hours need a tenth of it. */
const MAX_BODY_BYTES = 500_000;
/** From the start of the thread on; a calendar may compute for two seconds of it. */
const EXPANSION_MS = 6_000;

interface Expanded {
  /** Of the calendar's bytes and the day. */
  readonly version: string;
  readonly hours: Promise<Loaded<PoolHours>>;
}

/** The calendars of opening hours (iCalendar over HTTP). */
@Injectable()
export class CalendarBackend implements OnApplicationShutdown {
  private readonly connection: Connection;
  /** The last version of each calendar; also one that could not be read, which would not get better. */
  private readonly expanded = new Map<string, Expanded>();
  /** Expansions under way, one for each calendar. */
  private readonly running = new Map<string, AbortController>();

  constructor(
    upstream: Upstream,
    settings: PoolsSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.connection = upstream.connect({
      name: 'calendar',
      baseUrl: settings.calendarUrl,
      maxBodyBytes: MAX_BODY_BYTES,
    });
  }

  onApplicationShutdown(): void {
    for (const each of this.running.values()) each.abort(new AppError('UPSTREAM_UNAVAILABLE', 'shutting down'));
  }

  /** The hours of a pool on all days that may be asked for. @param calendar one of our own names, not foreign input */
  async getHours(calendar: string, call: UpstreamCall): Promise<Loaded<PoolHours>> {
    const request = {
      method: 'GET',
      path: `/calendars/${calendar}.ics`,
      headers: { accept: 'text/calendar' },
    } as const;
    const response = await this.connection.send(request, call);
    const loaded = await this.expandOnce(calendar, bodyOf(response));
    const asOf = this.datedBy(response);
    return asOf === undefined ? loaded : { ...loaded, asOf };
  }

  private expandOnce(calendar: string, bytes: Buffer): Promise<Loaded<PoolHours>> {
    const today = berlinDate(instantOf(this.clock.now()));
    const version = `${today} ${createHash('sha256').update(bytes).digest('hex')}`;
    const known = this.expanded.get(calendar);
    if (known?.version === version) return known.hours;
    const hours = this.expand(calendar, bytes, today);
    this.expanded.set(calendar, { version, hours });
    hours.catch((error: unknown) => {
      // What cannot be read would not get better; what took too long may go well next time.
      const isFinal = error instanceof AppError && error.code === 'UPSTREAM_MALFORMED';
      if (!isFinal && this.expanded.get(calendar)?.hours === hours) this.expanded.delete(calendar);
    });
    return hours;
  }

  /** For whoever asks meanwhile: under its own deadline, whatever becomes of the first who asked. */
  private async expand(calendar: string, bytes: Buffer, today: CalendarDate): Promise<Loaded<PoolHours>> {
    const running = new AbortController();
    this.running.get(calendar)?.abort(new AppError('UPSTREAM_UNAVAILABLE', 'the calendar has changed meanwhile'));
    this.running.set(calendar, running);
    const cancel = this.clock.after(EXPANSION_MS, () => {
      running.abort(new AppError('UPSTREAM_TIMEOUT', 'the calendar took too long to expand'));
    });
    try {
      return await readHoursAside({ bytes, ...keptDays(today) }, this.clock, running.signal);
    } finally {
      cancel();
      if (this.running.get(calendar) === running) this.running.delete(calendar);
    }
  }

  /** When the calendar was last changed, if the server says so and it is not ahead of us. */
  private datedBy({ headers }: HttpResponse): Instant | undefined {
    const changed = headers['last-modified'];
    if (typeof changed !== 'string' || !HTTP_DATE.test(changed)) return undefined;
    const epoch = Date.parse(changed);
    return epoch > this.clock.now() || Number.isNaN(epoch) ? undefined : instantOf(epoch);
  }
}

/** RFC 9110, e.g. `Sun, 22 Nov 2026 17:00:00 GMT`. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
