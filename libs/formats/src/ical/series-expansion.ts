import type { CalendarEvent, CalendarMoment, CalendarSpan, RecurrenceRule } from './calendar-model.js';
import type { EventSeries } from './event-series.js';
import { ruleWalls, type Spend } from './recurrence.js';
import { DAY, HOME_ZONE, dayOf, toEpoch, toWall, wallOf, type OffsetAt } from './wall-clock.js';
import type { ZoneClocks } from './zone-clocks.js';

/** An event at a time, in seconds since 1970. */
export interface Instance {
  readonly event: CalendarEvent;
  /** Where its series has it; null for single events. */
  readonly original: number | null;
  readonly start: number;
  readonly end: number;
}

/** What takes the place of one instance, or of that and all later ones. */
interface Replacement {
  readonly event: CalendarEvent;
  /** The instance's start by its series. */
  readonly original: number;
  /** Seconds that it was moved by on the wall clock. */
  readonly shift: number;
}

/** Clocks are less than a day apart; the rest is room for clock changes. */
const MARGIN = 3 * DAY;

/** Expands one series into its instances within a window of time. */
export class SeriesExpansion {
  /** Gives the series its zone and its time of day. */
  private readonly lead: CalendarEvent;
  private readonly zone: string;
  private readonly clock: OffsetAt;

  constructor(
    private readonly series: EventSeries,
    private readonly clocks: ZoneClocks,
    private readonly calendarZone: string | null,
    private readonly window: { readonly from: number; readonly until: number },
    private readonly spend: Spend,
  ) {
    this.lead = series.lead;
    this.zone = this.zoneOf(series.lead);
    this.clock = clocks.of(this.zone);
  }

  run(): readonly Instance[] {
    const { master } = this.series;
    if (master?.cancelled === true) return [];
    const replacements = this.series.replacements.map((event) => this.readReplacement(event));
    const regular = master === null ? [] : this.regular(master, replacements);
    const replaced = replacements.map(({ event, original }) => {
      const clock = this.clocks.of(this.zoneOf(event));
      const start = this.clocks.epochOf(event.start, HOME_ZONE);
      return { event, original, start, end: endOf(clock, toWall(clock, start), event.span) };
    });
    return [...regular, ...replaced].filter((each) => !each.event.cancelled && this.isInside(each));
  }

  private regular(master: CalendarEvent, replacements: readonly Replacement[]): readonly Instance[] {
    const changes = replacements
      .filter(({ event }) => event.andFuture)
      .toSorted((left, right) => left.original - right.original);
    const walls = this.wallsOf(master, changes);
    const left = this.leftOut(master);
    for (const { original } of replacements) left.epochs.add(original);
    const isSingle = master.rules.length + master.extra.length + replacements.length === 0;
    const instances: Instance[] = [];
    for (const [wall, ownSpan] of walls) {
      const epoch = toEpoch(this.clock, wall);
      if (left.epochs.has(epoch) || left.days.has(dayOf(wall))) continue;
      const change = changes.findLast(({ original }) => original <= epoch);
      const event = change?.event ?? master;
      const moved = wall + (change?.shift ?? 0);
      const end = endOf(this.clock, moved, ownSpan ?? event.span);
      instances.push({ event, original: isSingle ? null : epoch, start: toEpoch(this.clock, moved), end });
    }
    return instances;
  }

  /** Starts on the series' wall clock that may lie in the window, with the span of those that have their own. */
  private wallsOf(master: CalendarEvent, changes: readonly Replacement[]): ReadonlyMap<number, CalendarSpan | null> {
    const lengths = [master, ...changes.map(({ event }) => event)].map(({ span }) => span.wall + span.exact);
    const shifts = changes.map(({ shift }) => shift);
    const first = toWall(this.clock, this.window.from) - Math.max(...lengths) - Math.max(0, ...shifts) - MARGIN;
    const last = toWall(this.clock, this.window.until) - Math.min(0, ...shifts) + MARGIN;
    const walls = new Map<number, CalendarSpan | null>();
    const start = this.wallIn(master.start);
    if (master.rules.length === 0) walls.set(start, null);
    for (const wall of this.ruleWalls(master.rules, start, first, last)) walls.set(wall, null);
    for (const extra of master.extra) walls.set(this.wallIn(extra.start), extra.span);
    for (const wall of this.ruleWalls(master.exclusionRules, start, first, last)) walls.delete(wall);
    return walls;
  }

  private *ruleWalls(rules: readonly RecurrenceRule[], start: number, first: number, last: number): Generator<number> {
    for (const rule of rules) {
      const until = rule.until === null ? last : Math.min(last, this.lastWallOf(rule.until));
      for (const wall of ruleWalls(rule, start, until, this.spend)) if (wall >= first) yield wall;
    }
  }

  /** A date includes its whole day. */
  private lastWallOf(until: CalendarMoment): number {
    return this.wallIn(until) + (until.zone === null ? DAY - 1 : 0);
  }

  /** EXDATE: a date excludes all of its day, a time the instance that begins at that very moment. */
  private leftOut(master: CalendarEvent): { readonly epochs: Set<number>; readonly days: Set<number> } {
    const epochs = new Set<number>();
    const days = new Set<number>();
    for (const moment of master.excluded) {
      this.spend(1);
      if (this.meansDay(moment)) days.add(dayOf(this.wallIn(moment)));
      else epochs.add(this.clocks.epochOf(moment, this.zone));
    }
    return { epochs, days };
  }

  private readReplacement(event: CalendarEvent): Replacement {
    const moment = event.replaces ?? event.start;
    const timeOfLead = this.wallIn(this.lead.start) - dayOf(this.wallIn(this.lead.start)) * DAY;
    const wall = this.wallIn(moment);
    const originalWall = this.meansDay(moment) ? dayOf(wall) * DAY + timeOfLead : wall;
    return { event, original: toEpoch(this.clock, originalWall), shift: this.wallIn(event.start) - originalWall };
  }

  private meansDay(moment: CalendarMoment): boolean {
    return this.lead.start.zone === null || moment.zone === null;
  }

  /** In a series of whole days the date counts as written; Exchange adds a midnight to it. */
  private wallIn(moment: CalendarMoment): number {
    const asWritten = moment.zone === null || moment.zone === this.zone;
    if (asWritten || (this.lead.start.zone === null && moment.zone !== 'UTC')) return wallOf(moment.local);
    return toWall(this.clock, this.clocks.epochOf(moment, this.zone));
  }

  /** Google writes moments of its calendars in UTC and their zone beside it. */
  private zoneOf({ start }: CalendarEvent): string {
    if (start.zone === 'UTC' && this.calendarZone !== null) return this.calendarZone;
    return start.zone ?? HOME_ZONE;
  }

  private isInside({ start, end }: Instance): boolean {
    const { from, until } = this.window;
    return start < until && (end > from || (start === end && start >= from));
  }
}

/** Never before the start, also when the wall clock leaps over the end. */
function endOf(clock: OffsetAt, startWall: number, span: CalendarSpan): number {
  return Math.max(toEpoch(clock, startWall), toEpoch(clock, startWall + span.wall) + span.exact);
}
