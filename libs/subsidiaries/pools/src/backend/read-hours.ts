import { setImmediate } from 'node:timers/promises';
import { malformed, readCalendar } from '#lib/formats';
import { addDays, berlinInstant, type CalendarDate, type Clock, type Loaded } from '#lib/kernel';
import { expandHours } from '../hours/expand-hours.js';
import { openingDays } from '../hours/opening-days.js';
import type { OpeningDay, PoolHours } from '../model/opening-day.js';

/** Days that are worked out in one go. */
const PART_DAYS = 62;
/** What begins on the last day may end later, and closures may fall into it until then. */
const MARGIN_DAYS = 3;

/**
 * The hours of `count` days from `first` on in a calendar of opening hours.
 * @throws AppError UPSTREAM_MALFORMED when it is no calendar, when none of its events can be read (the pool would look
 *   closed), or when it is more than a pool could mean
 */
export async function readHours(
  bytes: Uint8Array,
  first: CalendarDate,
  count: number,
  clock: Clock,
): Promise<Loaded<PoolHours>> {
  const { value: calendar, omissions } = readCalendar(bytes);
  const [lost] = omissions;
  if (calendar.events.length === 0 && lost) throw malformed(lost.path, lost.reason);
  const from = berlinInstant(first, 0, 0);
  const until = berlinInstant(addDays(first, count + MARGIN_DAYS), 0, 0);
  const entries = await expandHours(calendar, { from, until }, clock);
  const hours: OpeningDay[] = [];
  while (hours.length < count) {
    await setImmediate();
    const days = Math.min(PART_DAYS, count - hours.length);
    for (const day of openingDays(entries.value, addDays(first, hours.length), days)) hours.push(day);
  }
  return { value: hours, omissions: [...omissions, ...entries.omissions] };
}
