import { parseGlobalId } from '#lib/kernel';
import { isStopNumber, type Stop } from './stop.js';

/** How a caller names a stop. */
export interface StopReference {
  readonly number: string;
  /** The DHID of the stop, when the caller gave one. */
  readonly dhid: string | null;
}

/** Country, district and stop; area and quay may follow (VDV 432). */
const DHID = /^([a-z]{2}:\d{1,8}:(\d{1,12}))(?::[\w.-]{0,32}){0,2}$/;

/**
 * Reads a node id of a stop, a DHID, or a number (IBNR). In DHIDs of VMT the third part is the number in the timetable.
 * @returns undefined when it is none of them
 */
export function parseStopReference(id: string): StopReference | undefined {
  if (id.length > 200) return undefined;
  if (isStopNumber(id)) return { number: id, dhid: null };
  const [, dhid, number] = DHID.exec(id) ?? [];
  if (dhid !== undefined && number !== undefined) return { number, dhid };
  const node = parseGlobalId(id);
  return node?.type === 'Stop' && isStopNumber(node.key) ? { number: node.key, dhid: null } : undefined;
}

/** False when the stop found by number has another DHID than the one asked for. Stops without a DHID match. */
export function isMeant({ dhid: asked }: StopReference, { dhid: found }: Stop): boolean {
  return asked === null || found === null || found === asked || found.startsWith(`${asked}:`);
}
