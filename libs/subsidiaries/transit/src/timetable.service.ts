import { Inject, Injectable } from '@nestjs/common';
import type { RealtimeFeed } from '#lib/formats';
import {
  berlinDate,
  CLOCK,
  epochOf,
  instantOf,
  type Clock,
  type Instant,
  type Reading,
  type RequestScope,
} from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { GtfsBackend } from './backend/gtfs.backend.js';
import { Impatience } from './impatience.js';
import type { Departure, DepartureBoard } from './model/departure-board.js';
import { shortKey } from './model/short-key.js';
import type { Stop } from './model/stop.js';
import type { StopReference } from './model/stop-reference.js';
import { TIMETABLE, TRIP_UPDATES } from './operations.js';
import { TimetableKeeper, type KeptTimetable } from './timetable-keeper.js';
import { listDepartures } from './timetable/departures.js';
import { indexUpdates, listLiveDepartures, type LiveUpdates } from './timetable/live-departures.js';
import { dateOfDay } from './timetable/service-day.js';
import { withoutMembers } from './timetable/stop-directory.js';
import type { TimetableDeparture } from './timetable/timetable-departure.js';

/** Forecasts that are older say nothing about a tram that comes in three minutes. */
const OLDEST_UPDATES_MS = 120_000;

/** Stops and departures from the timetable in the process: what is answered when HAFAS cannot be asked. */
@Injectable()
export class TimetableService {
  private readonly impatience: Impatience;
  private readonly indexed = new WeakMap<RealtimeFeed, { readonly of: KeptTimetable; readonly updates: LiveUpdates }>();

  constructor(
    private readonly keeper: TimetableKeeper,
    private readonly backend: GtfsBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.impatience = new Impatience(clock);
  }

  /** False where there will never be a timetable. */
  get isPresent(): boolean {
    return this.keeper.isPresent;
  }

  /** @throws AppError UPSTREAM_* while there is none */
  read(scope: RequestScope): Promise<Reading<KeptTimetable>> {
    const load = async () => {
      const value = await this.keeper.get();
      return { value, omissions: [], asOf: value.asOf };
    };
    return this.upstream.read({ operation: TIMETABLE, account: null, args: [], load }, scope);
  }

  /** Stops whose names have all words of the text. */
  async listStops(scope: RequestScope, text: string, first: number): Promise<Reading<readonly Stop[]>> {
    const reading = await this.read(scope);
    return { ...reading, value: reading.value.directory.search(text, first), source: stale(reading) };
  }

  /** Null when the timetable has no such stop, which does not mean that there is none. */
  async findStop(scope: RequestScope, { number, dhid }: StopReference): Promise<Stop | null> {
    const { value } = await this.read(scope);
    const stop = value.directory.find(number, dhid);
    return stop === undefined ? null : withoutMembers(stop);
  }

  /**
   * The next departures, with forecasts when there are fresh ones; without them the reading counts as stale.
   * @returns null when the timetable cannot tell: it lacks the stop or ends before
   */
  async findDepartures(
    scope: RequestScope,
    { number, dhid }: StopReference,
    first: number,
    from: Instant | null,
  ): Promise<Reading<DepartureBoard> | null> {
    const [reading, feed] = await Promise.all([this.read(scope), this.findUpdates(scope)]);
    const { timetable, directory } = reading.value;
    const stop = directory.find(number, dhid);
    const query = { from: from ?? instantOf(this.clock.now()), first };
    if (stop === undefined || !covers(reading.value, query.from)) return null;
    const found =
      feed === null
        ? listDepartures(timetable, stop.members, query)
        : listLiveDepartures(timetable, this.updatesOf(feed.value, reading.value), stop.members, query);
    const departures = found.map((departure) => toDeparture(departure, stop.number));
    const source = feed === null ? stale(reading) : { ...reading.source, asOf: feed.source.asOf };
    return { value: { stop: withoutMembers(stop), departures }, omissions: [], source };
  }

  /** Null when there are none, or only old ones. */
  private async findUpdates(scope: RequestScope): Promise<Reading<RealtimeFeed> | null> {
    try {
      const reading = await this.impatience.read(scope, (hurried) =>
        this.upstream.read(
          { operation: TRIP_UPDATES, account: null, args: [], load: (call) => this.backend.getTripUpdates(call) },
          hurried,
        ),
      );
      const age = Math.abs(this.clock.now() - epochOf(reading.source.asOf));
      // Changes alone say nothing without the feeds before them.
      return age <= OLDEST_UPDATES_MS && !reading.value.differential ? reading : null;
    } catch {
      return null;
    }
  }

  /** A feed is prepared once for all who ask until the next one. */
  private updatesOf(feed: RealtimeFeed, kept: KeptTimetable): LiveUpdates {
    const known = this.indexed.get(feed);
    if (known?.of === kept) return known.updates;
    const updates = indexUpdates(kept.timetable, feed);
    this.indexed.set(feed, { of: kept, updates });
    return updates;
  }
}

/** Whether the timetable says anything about that day. */
function covers({ timetable }: KeptTimetable, from: Instant): boolean {
  const { first, last } = timetable.calendar.span;
  const day = berlinDate(from);
  return day >= dateOfDay(first) && day <= dateOfDay(last);
}

function stale({ source }: Reading<unknown>): Reading<unknown>['source'] {
  return { ...source, stale: true };
}

function toDeparture(departure: TimetableDeparture, stopNumber: string): Departure {
  const { key, line, product, direction, planned, expected, cancelled, platform, remarks } = departure;
  return {
    key: shortKey([stopNumber, key]),
    line,
    product,
    direction,
    planned,
    expected,
    cancelled,
    platform,
    remarks,
  };
}
