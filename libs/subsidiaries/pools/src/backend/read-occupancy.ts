import type { Loaded } from '#lib/kernel';
import { readGateCounters } from '#lib/formats';
import type { Occupancy } from '../model/occupancy.js';

/**
 * Gates that miss people let a counter drift below zero towards closing time; nobody is inside then.
 * @throws AppError UPSTREAM_MALFORMED when the answer is no list of counters
 */
export function readOccupancy(bytes: Buffer): Loaded<readonly Occupancy[]> {
  const { value, omissions } = readGateCounters(bytes);
  const occupancies = value.map(({ organizationUnitId, persons, capacity }) => ({
    organizationUnitId,
    persons: Math.max(0, persons),
    capacity,
  }));
  return { value: occupancies, omissions };
}
