import type { CalendarMoment, CalendarZone, Observance } from './calendar-model.js';
import { ruleWalls, stepCounter, type Spend } from './recurrence.js';
import { DAY, ianaClock, toEpoch, wallOf, type OffsetAt } from './wall-clock.js';

/** Definitions are followed until here; then the last offset stays. */
const LAST_ONSET = wallOf('2100-01-01');
const MOST_STEPS = 500_000;

/** The clocks of all zones of one calendar. */
export class ZoneClocks {
  private readonly clocks = new Map<string, OffsetAt>();
  private readonly spend = stepCounter(MOST_STEPS, 'VTIMEZONE');

  /**
   * Makes a zone known that has no IANA name. Of two with the same name the first counts.
   * @throws AppError UPSTREAM_MALFORMED when it takes too many steps to follow all definitions up to this one
   */
  add(zone: CalendarZone): void {
    if (!this.has(zone.name)) this.clocks.set(zone.name, definedClock(zone, this.spend));
  }

  has(zone: string): boolean {
    return this.clocks.has(zone);
  }

  of(zone: string): OffsetAt {
    const clock = this.clocks.get(zone) ?? ianaClock(zone);
    this.clocks.set(zone, clock);
    return clock;
  }

  /** Seconds since 1970; of a whole day its begin in `zoneOfDays`. */
  epochOf(moment: CalendarMoment, zoneOfDays: string): number {
    return toEpoch(this.of(moment.zone ?? zoneOfDays), wallOf(moment.local));
  }
}

interface Onset {
  readonly epoch: number;
  readonly offset: number;
}

/** Before its first onset a zone has the offset that ends with it. */
function definedClock({ observances }: CalendarZone, spend: Spend): OffsetAt {
  const onsets = observances
    .flatMap((each) => onsetsOf(each, spend))
    .toSorted((left, right) => left.epoch - right.epoch);
  const [first] = observances.toSorted((left, right) => wallOf(left.onset) - wallOf(right.onset));
  return (epoch) => {
    let low = 0;
    let high = onsets.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((onsets[middle]?.epoch ?? Infinity) <= epoch) low = middle + 1;
      else high = middle;
    }
    return onsets[low - 1]?.offset ?? first?.offsetBefore ?? 0;
  };
}

function onsetsOf({ onset, offsetBefore, offset, rules, extra }: Observance, spend: Spend): readonly Onset[] {
  const start = wallOf(onset);
  const byRules = rules.flatMap((rule) => {
    const until =
      rule.until === null ? LAST_ONSET : wallOf(rule.until.local) + (rule.until.zone === null ? DAY : offsetBefore);
    return [...ruleWalls(rule, start, Math.min(until, LAST_ONSET), spend)];
  });
  const walls = new Set([start, ...extra.map(wallOf), ...byRules]);
  return [...walls].map((wall) => ({ epoch: wall - offsetBefore, offset }));
}
