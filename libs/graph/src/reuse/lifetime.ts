import {
  addDays,
  berlinDate,
  berlinInstant,
  epochOf,
  instantOf,
  type CalendarDate,
  type ReadUse,
  type RequestScope,
} from '#lib/kernel';

/**
 * Until when an answer may be given again: as long as each of its reads is fresh, the caller signed in, and it is the
 * same day in Berlin, since what is due or overdue changes at midnight.
 * @param begun clock time in milliseconds at which the answer was begun
 * @returns clock time in milliseconds; null where it may not at all
 */
export function reusableUntil({ caller, principal, uses }: RequestScope, begun: number): number | null {
  if (caller.kind !== 'customer' || principal !== caller) return null;
  const ends = uses.map(freshUntil);
  if (ends.includes(null)) return null;
  return Math.min(caller.expiresAt, nextMidnight(begun), ...(ends as number[]));
}

/** Null for a read that failed, was stale, lacks rows or may not be kept. */
function freshUntil({ state, omissions, failure, freshUntil: until }: ReadUse): number | null {
  const isWhole = failure === null && omissions.length === 0;
  return isWhole && (state === 'LIVE' || state === 'CACHED') && until !== undefined ? until : null;
}

/** Asked for every answer, and the same all day long. */
function nextMidnight(now: number): number {
  if (now < day.from || now >= day.until) {
    const date = berlinDate(instantOf(now));
    day = { from: midnightOf(date), until: midnightOf(addDays(date, 1)) };
  }
  return day.until;
}

/** The day in Berlin that was asked for last, in clock milliseconds. */
let day = { from: 0, until: 0 };

function midnightOf(date: CalendarDate): number {
  return epochOf(berlinInstant(date, 0, 0));
}
