import type { HafasLocation } from '#lib/formats';
import { isStopNumber, type Stop } from '../model/stop.js';

/** @returns null for addresses, points of interest and what this system cannot ask for by number */
export function readStop({ kind, number, dhid, name, position }: HafasLocation): Stop | null {
  if (kind !== 'STOP' || number === null || !isStopNumber(number)) return null;
  return { number, dhid, name, latitude: position?.latitude ?? null, longitude: position?.longitude ?? null };
}
