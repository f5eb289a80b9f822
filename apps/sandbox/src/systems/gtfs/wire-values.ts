import type { Line } from '../hafas/network.js';

/** `2026-11-22` as GTFS writes it: `20261122`. */
export function gtfsDate(date: string): string {
  return date.replaceAll('-', '');
}

/** `H:MM:SS`, past 24:00 for trips that go on after midnight. */
export function gtfsTime(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}:00`;
}

/** Id of the line in `routes.txt`. */
export function routeId(line: Line): string {
  return `vmt:${line.operator.short}:${line.name}`;
}
