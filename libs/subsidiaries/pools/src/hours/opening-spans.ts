import { malformed } from '#lib/formats';
import type { Instant } from '#lib/kernel';
import type { OpeningSpan } from '../model/opening-day.js';

/** What the hours need to know of a calendar entry. */
export interface HoursEntry {
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  readonly allDay: boolean;
  readonly title: string | null;
  readonly note: string | null;
  readonly categories: readonly string[];
}

interface Closure {
  readonly start: Instant;
  readonly end: Instant;
}

const CLOSED = /^\s*(?:heute\s+)?(?:geschlossen|closed)\b/i;
/** Words for a time without opening hours. They explain a closed day but close none: early swimming pauses, too. */
const PAUSE = /pause|ferien|revision|wartung|ruhetag|schließ/i;
/** Long spans, each cut by many closures, would multiply. */
const MOST_SPANS = 20_000;

/** Entries that close: their title begins with "geschlossen", or they have that category. */
export function closes({ title, categories }: HoursEntry): boolean {
  return [title ?? '', ...categories].some((text) => CLOSED.test(text));
}

/** Entries that can explain why a day has no hours. */
export function explainsClosing(entry: HoursEntry): boolean {
  return closes(entry) || PAUSE.test(entry.title ?? '');
}

/**
 * The opening spans of a calendar, sorted. Entries with times open, entries that close cut out of them what they
 * cover; other whole-day entries are notices and open nothing.
 * @throws AppError UPSTREAM_MALFORMED when there are more than any pool could have
 */
export function openingSpans(entries: readonly HoursEntry[]): readonly OpeningSpan[] {
  const closures = merged(entries.filter(closes));
  const spans: OpeningSpan[] = [];
  for (const entry of entries) {
    if (entry.allDay || closes(entry)) continue;
    for (const span of openParts(entry, closures)) spans.push(span);
    if (spans.length > MOST_SPANS) throw malformed('$', `opens more than ${MOST_SPANS} times`);
  }
  return spans.toSorted((left, right) => Number(left.opens > right.opens) - Number(left.opens < right.opens));
}

/** Closures that touch or overlap count as one. */
function merged(entries: readonly Closure[]): readonly Closure[] {
  const closures: Closure[] = [];
  for (const { start, end } of entries.toSorted((left, right) => (left.start < right.start ? -1 : 1))) {
    const last = closures.at(-1);
    if (last === undefined || start > last.end) closures.push({ start, end });
    else if (end > last.end) closures[closures.length - 1] = { start: last.start, end };
  }
  return closures;
}

/** What is left of an entry between the closures, which are sorted and apart from each other. */
function openParts({ start, end, title, note }: HoursEntry, closures: readonly Closure[]): readonly OpeningSpan[] {
  const parts: OpeningSpan[] = [];
  let opens = start;
  for (const closure of closures) {
    if (closure.end <= opens) continue;
    if (closure.start >= end) break;
    if (closure.start > opens) parts.push({ opens, closes: closure.start, title, note });
    opens = closure.end;
  }
  if (opens < end) parts.push({ opens, closes: end, title, note });
  return parts;
}
