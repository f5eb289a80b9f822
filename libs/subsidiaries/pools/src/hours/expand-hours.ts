import { setImmediate } from 'node:timers/promises';
import { expandCalendar, malformed, type Occurrence, type readCalendar } from '#lib/formats';
import type { Clock, Instant, Loaded, Omission } from '#lib/kernel';
import type { HoursEntry } from './opening-spans.js';

type Calendar = ReturnType<typeof readCalendar>['value'];
type CalendarEvent = Calendar['events'][number];

const MOST_EVENTS = 2_000;
const MOST_ENTRIES = 5_000;
/** A series of opening hours: some rules, some times a day, some exceptions. */
const MOST_RULES = 4;
const MOST_TIMES_A_DAY = 12;
const MOST_MOMENTS = 1_000;
/** Computing time for one calendar; a real one takes a fiftieth of it. */
const MOST_WORK_MS = 2_000;
/** After so much of it others have their turn. */
const TURN_MS = 10;
const LONGEST_TITLE = 200;
const LONGEST_NOTE = 500;

/**
 * The entries of a calendar between two instants. Series are expanded one at a time, and the process is free for others
 * in between. A series that repeats like no opening hours do costs itself only.
 * @throws AppError UPSTREAM_MALFORMED when the calendar as a whole is more than a pool could mean
 */
export async function expandHours(
  calendar: Calendar,
  window: { readonly from: Instant; readonly until: Instant },
  clock: Clock,
): Promise<Loaded<readonly HoursEntry[]>> {
  if (calendar.events.length > MOST_EVENTS) throw malformed('$', `has more than ${MOST_EVENTS} events`);
  const entries: HoursEntry[] = [];
  const omissions: Omission[] = [];
  let work = 0;
  let turn = 0;
  for (const events of seriesOf(calendar.events)) {
    const begun = clock.monotonic();
    const expanded = expandSeries({ ...calendar, events }, window);
    for (const occurrence of expanded.value) entries.push(entryOf(occurrence));
    for (const omission of expanded.omissions) omissions.push(omission);
    if (entries.length > MOST_ENTRIES) throw malformed('$', `has more than ${MOST_ENTRIES} entries in the window`);
    turn += clock.monotonic() - begun;
    if (turn < TURN_MS) continue;
    work += turn;
    turn = 0;
    if (work > MOST_WORK_MS) throw malformed('$', 'takes too long to expand');
    await setImmediate();
  }
  return { value: entries, omissions };
}

function expandSeries(
  calendar: Calendar,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Loaded<readonly Occurrence[]> {
  const refused = refusedPart(calendar.events);
  return refused === undefined ? expandCalendar(calendar, from, until) : { value: [], omissions: [refused] };
}

/** Events that belong together by their UID; the calendar's own expansion sorts out which version counts. */
function seriesOf(events: readonly CalendarEvent[]): Iterable<readonly CalendarEvent[]> {
  const groups = new Map<unknown, CalendarEvent[]>();
  for (const event of events) {
    const key = event.uid ?? event;
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  return groups.values();
}

function refusedPart(events: readonly CalendarEvent[]): Omission | undefined {
  for (const event of events) {
    const reason = refusalOf(event);
    if (reason !== null) return { path: event.path, reason };
  }
  return undefined;
}

function refusalOf({ rules, exclusionRules, extra, excluded }: CalendarEvent): string | null {
  const all = [...rules, ...exclusionRules];
  if (all.length > MOST_RULES) return `has more than ${MOST_RULES} rules`;
  if (extra.length + excluded.length > MOST_MOMENTS) return `has more than ${MOST_MOMENTS} single moments`;
  if (all.some(({ frequency }) => /^(?:HOURLY|MINUTELY|SECONDLY)$/.test(frequency))) return 'repeats within a day';
  const times = all.map(({ byHour, byMinute, bySecond }) =>
    [byHour, byMinute, bySecond].reduce((product, part) => product * Math.max(1, part.length), 1),
  );
  return times.some((count) => count > MOST_TIMES_A_DAY) ? `repeats more than ${MOST_TIMES_A_DAY} times a day` : null;
}

function entryOf({ start, end, allDay, summary, description, categories }: Occurrence): HoursEntry {
  return {
    start,
    end,
    allDay,
    title: shortened(summary, LONGEST_TITLE),
    note: shortened(description, LONGEST_NOTE),
    categories,
  };
}

/** Texts repeat with each occurrence; a long one must not fill the cache. */
function shortened(text: string | null, longest: number): string | null {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return null;
  return trimmed.length > longest ? `${trimmed.slice(0, longest - 1)}…` : trimmed;
}
