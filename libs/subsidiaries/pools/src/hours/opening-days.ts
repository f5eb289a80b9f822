import { addDays, berlinInstant, type CalendarDate } from '#lib/kernel';
import type { PoolHours } from '../model/opening-day.js';
import { closes, explainsClosing, openingSpans, type HoursEntry } from './opening-spans.js';

/**
 * The hours of `count` days from `first` on, closed days included.
 * @throws AppError UPSTREAM_MALFORMED when the entries open more often than any pool could
 */
export function openingDays(entries: readonly HoursEntry[], first: CalendarDate, count: number): PoolHours {
  const spans = openingSpans(entries);
  const announcing = entries.filter((entry) => entry.allDay || closes(entry));
  let begin = berlinInstant(first, 0, 0);
  let at = spans.findIndex(({ opens }) => opens >= begin);
  if (at === -1) at = spans.length;
  let next = first;
  return Array.from({ length: count }, () => {
    const date = next;
    next = addDays(date, 1);
    const end = berlinInstant(next, 0, 0);
    const ofDay = announcing.filter((entry) => entry.start < end && entry.end > begin);
    const firstSpan = at;
    while (at < spans.length && spans[at]!.opens < end) at += 1;
    const open = spans.slice(firstSpan, at);
    begin = end;
    return {
      date,
      spans: open,
      closedReason: open.length > 0 ? null : reasonOf(ofDay),
      notices: ofDay.flatMap(({ title }) => title ?? []),
    };
  });
}

/** A closure explains it best, else a pause that lasts all day. */
function reasonOf(entries: readonly HoursEntry[]): string | null {
  const titled = entries.filter(({ title }) => title !== null);
  return (titled.find(closes) ?? titled.find(explainsClosing))?.title ?? null;
}
