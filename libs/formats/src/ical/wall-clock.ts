import { Temporal } from 'temporal-polyfill';

export const DAY = 86_400;

/** The house is in Jena: times without a zone, and whole days, are meant there. */
export const HOME_ZONE = 'Europe/Berlin';

/** Seconds since 1970 of a wall clock, as if it stood in UTC. */
export function wallOf(local: string): number {
  return Date.parse(local.includes('T') ? `${local}Z` : `${local}T00:00:00Z`) / 1000;
}

/** The calendar day (days since 1970) of a wall clock. */
export function dayOf(wall: number): number {
  return Math.floor(wall / DAY);
}

/** The clock of a time zone: how many seconds it is ahead of UTC at a second since 1970. */
export type OffsetAt = (epoch: number) => number;

/** Offsets change at quarters of an hour at the finest. */
const QUARTER = 900;
const MOST_REMEMBERED = 50_000;

/** The clock of an IANA zone. It remembers what it has looked up, so keep it no longer than one expansion. */
export function ianaClock(zone: string): OffsetAt {
  const known = new Map<number, number>();
  return (epoch) => {
    const quarter = Math.floor(epoch / QUARTER);
    const remembered = known.get(quarter);
    if (remembered !== undefined) return remembered;
    const instant = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER * 1000);
    const offset = instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;
    if (known.size < MOST_REMEMBERED) known.set(quarter, offset);
    return offset;
  };
}

export function toWall(offsetAt: OffsetAt, epoch: number): number {
  return epoch + offsetAt(epoch);
}

/**
 * RFC 5545 (3.3.5): a time that comes twice means the first; one that is skipped counts with the offset before the
 * gap, so it moves forward.
 */
export function toEpoch(offsetAt: OffsetAt, wall: number): number {
  const before = wall - offsetAt(wall - DAY);
  if (offsetAt(before) === wall - before) return before;
  const after = wall - offsetAt(wall + DAY);
  return offsetAt(after) === wall - after ? after : before;
}
