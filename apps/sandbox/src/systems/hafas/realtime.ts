import { createHash } from 'node:crypto';
import type { Call } from './timetable.js';

const MINUTE = 60_000;
/** Vehicles report what happens from a quarter of an hour behind to an hour ahead. */
const BEHIND = 15 * MINUTE;
const AHEAD = 60 * MINUTE;

/** No call is more than this late, milliseconds. */
export const LONGEST_DELAY = 9 * MINUTE;

/** What the vehicles report about a call. */
export interface Prognosis {
  readonly cancelled: boolean;
  readonly expectedAt: number;
  /** The vehicle stops at the other platform than planned. */
  readonly platformChanged: boolean;
}

/**
 * The prognosis for a call; undefined for calls further away than an hour. Always the same for the same trip: about
 * half of them are on time, one in thirty is cancelled.
 */
export function findPrognosis(call: Call, now: number): Prognosis | undefined {
  if (call.plannedAt < now - BEHIND || call.plannedAt > now + AHEAD) return undefined;
  const chance = createHash('sha256').update(`${call.trip.date} ${call.trip.number}`).digest();
  const late = Math.max(0, (chance.readUInt8(0) % 20) - 10) * MINUTE;
  return {
    cancelled: chance.readUInt8(1) % 30 === 0,
    expectedAt: call.plannedAt + late,
    platformChanged: chance.readUInt8(2) % 40 === 0,
  };
}
