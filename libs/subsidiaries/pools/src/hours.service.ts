import { Inject, Injectable } from '@nestjs/common';
import {
  addDays,
  berlinDate,
  CLOCK,
  instantOf,
  type CalendarDate,
  type Clock,
  type Instant,
  type Reading,
  type RequestScope,
  type Source,
} from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { CalendarBackend } from './backend/calendar.backend.js';
import { checkDays } from './hours/hours-window.js';
import { isOpenAt, type OpeningDay, type PoolHours } from './model/opening-day.js';
import type { Pool } from './model/pool.js';
import { HOURS } from './operations.js';

/** A day of hours with what only this moment can say of it. */
export interface KnownDay extends OpeningDay {
  /** Null unless the day is today. */
  readonly openNow: boolean | null;
  readonly source: Source;
}

/** When the pools are open: public. */
@Injectable()
export class HoursService {
  constructor(
    private readonly backend: CalendarBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError UPSTREAM_* when the calendar cannot be read */
  async findToday(scope: RequestScope, pool: Pool): Promise<KnownDay | null> {
    const today = berlinDate(this.now());
    return this.pick(await this.read(scope, pool), today, today)[0] ?? null;
  }

  /**
   * The hours from `from` to `until`, both included.
   * @throws AppError INVALID_INPUT for more than 62 days or days too far away; UPSTREAM_* when the calendar cannot be
   *   read
   */
  async listDays(
    scope: RequestScope,
    pool: Pool,
    from: CalendarDate,
    until: CalendarDate,
  ): Promise<readonly KnownDay[]> {
    checkDays(from, until, berlinDate(this.now()));
    return this.pick(await this.read(scope, pool), from, until);
  }

  private read(scope: RequestScope, { key, calendar }: Pool): Promise<Reading<PoolHours>> {
    return this.upstream.read(
      { operation: HOURS, account: null, args: [key], load: (call) => this.backend.getHours(calendar, call) },
      scope,
    );
  }

  private pick({ value, source }: Reading<PoolHours>, from: CalendarDate, until: CalendarDate): readonly KnownDay[] {
    const now = this.now();
    const today = berlinDate(now);
    const yesterday = addDays(today, -1);
    // A long night belongs to yesterday and may still go on.
    const openNow = isOpenAt(
      value.filter(({ date }) => date === today || date === yesterday),
      now,
    );
    const days = value.filter(({ date }) => date >= from && date <= until);
    return days.map((day) => Object.assign({}, day, { openNow: day.date === today ? openNow : null, source }));
  }

  private now(): Instant {
    return instantOf(this.clock.now());
  }
}
