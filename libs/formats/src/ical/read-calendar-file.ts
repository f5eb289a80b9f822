import { instantOf, type Loaded } from '#lib/kernel';
import type { Calendar } from './calendar-model.js';
import { expandCalendar, type Occurrence } from './expand-calendar.js';
import { readCalendar } from './read-calendar.js';
import { malformed } from '../wire/wire-object.js';
import { DAY, wallOf } from './wall-clock.js';

interface CalendarFile extends Calendar {
  /** Of the two years from the first event on. */
  readonly occurrences: readonly Occurrence[];
}

const SHOWN = 2 * 366 * DAY;

/**
 * Reads an iCalendar file with what takes place within two years of its first event.
 * @throws AppError UPSTREAM_MALFORMED when it is none, or when none of its events can be read
 */
export function readCalendarFile(bytes: Uint8Array): Loaded<CalendarFile> {
  const { value: calendar, omissions } = readCalendar(bytes);
  const [lost] = omissions;
  if (calendar.events.length === 0 && lost) throw malformed(lost.path, lost.reason);
  const starts = calendar.events.map(({ start }) => wallOf(start.local));
  const from = starts.reduce((earliest, start) => Math.min(earliest, start), Infinity) - DAY;
  const expanded =
    starts.length === 0 ? null : expandCalendar(calendar, instantOf(from * 1000), instantOf((from + SHOWN) * 1000));
  return {
    value: { ...calendar, occurrences: expanded?.value ?? [] },
    omissions: [...omissions, ...(expanded?.omissions ?? [])],
  };
}
