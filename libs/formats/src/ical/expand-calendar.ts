import { epochOf, instantOf, type Instant, type Loaded, type Omission } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';
import type { Calendar } from './calendar-model.js';
import { seriesOf } from './event-series.js';
import { omissionOf } from './read-calendar.js';
import { stepCounter } from './recurrence.js';
import { SeriesExpansion, type Instance } from './series-expansion.js';
import { ZoneClocks } from './zone-clocks.js';

/** One time at which an event takes place. */
export interface Occurrence {
  readonly uid: string | null;
  /** The start that the rule of its series gives, also when it was moved; null for single events. */
  readonly recurrenceId: Instant | null;
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  /** Whole days in Berlin. */
  readonly allDay: boolean;
  readonly summary: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly categories: readonly string[];
}

const MOST_OCCURRENCES = 50_000;
const MOST_STEPS_OF_A_SERIES = 300_000;
const MOST_STEPS = 3_000_000;

/**
 * What takes place between two instants, `until` exclusive, in order of its start. Cancelled instances are left out.
 * Daylight saving changes no opening time: instances keep their wall-clock time. A rule that needs too many steps
 * costs its series only.
 * @throws AppError UPSTREAM_MALFORMED when the calendar needs too many steps altogether or has more than 50,000
 * occurrences in that time
 */
export function expandCalendar(calendar: Calendar, from: Instant, until: Instant): Loaded<readonly Occurrence[]> {
  const window = { from: epochOf(from) / 1000, until: epochOf(until) / 1000 };
  const clocks = new ZoneClocks();
  for (const zone of calendar.zones) clocks.add(zone);
  const spendOfAll = stepCounter(MOST_STEPS, '$');
  const occurrences: Occurrence[] = [];
  const omissions: Omission[] = [];
  for (const series of seriesOf(calendar.events)) {
    const path = series.lead.path;
    const spendOfSeries = stepCounter(MOST_STEPS_OF_A_SERIES, path);
    const spend = (steps: number): void => {
      spendOfSeries(steps);
      spendOfAll(steps);
    };
    try {
      const expansion = new SeriesExpansion(series, clocks, calendar.zone, window, spend);
      for (const instance of expansion.run()) occurrences.push(toOccurrence(instance));
      if (occurrences.length > MOST_OCCURRENCES) throw malformed('$', `has more than ${MOST_OCCURRENCES} occurrences`);
    } catch (error) {
      const omission = omissionOf(error, path);
      if (omission.path === '$') throw error;
      omissions.push(omission);
    }
  }
  return { value: occurrences.toSorted(inOrder), omissions };
}

function toOccurrence({ event, original, start, end }: Instance): Occurrence {
  const { uid, summary, description, location, categories } = event;
  return {
    uid,
    recurrenceId: original === null ? null : instantOf(original * 1000),
    start: instantOf(start * 1000),
    end: instantOf(end * 1000),
    allDay: event.start.zone === null,
    summary,
    description,
    location,
    categories,
  };
}

function inOrder(left: Occurrence, right: Occurrence): number {
  return compare(left.start, right.start) || compare(left.end, right.end) || compare(left.uid ?? '', right.uid ?? '');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
