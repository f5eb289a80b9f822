import type { Trip } from './timetable.js';

/** Stops that have several platforms; elsewhere none is named. */
const WITH_PLATFORMS = new Set([
  '8011956',
  '8010240',
  '8010309',
  '153166',
  '153017',
  '153018',
  '153022',
  '153024',
  '153029',
]);

/** Platforms of a trip at one of its stops. */
export interface Platforms {
  readonly planned: string;
  /** Where it stops when it does not at the planned one. */
  readonly other: string;
}

/** Undefined where platforms have no names. */
export function platformsOf(
  { line, direction, calls }: Pick<Trip, 'line' | 'direction' | 'calls'>,
  index: number,
): Platforms | undefined {
  if (!WITH_PLATFORMS.has(calls[index]?.[0] ?? '')) return undefined;
  const names = line.vehicle.icon === 'prod_bus' ? ['A', 'B'] : ['1', '2'];
  const planned = names[direction - 1] ?? '';
  return { planned, other: names.find((name) => name !== planned) ?? '' };
}
