import { setImmediate } from 'node:timers/promises';
import { malformed } from '#lib/formats';
import type { Loaded, Omission } from '#lib/kernel';
import type { OpeningDay, PoolHours } from '../model/opening-day.js';

/** Hours as bytes, which a thread can hand to another one without copying: JSON in parts of some weeks. */
export interface PackedHours {
  readonly days: readonly Uint8Array<ArrayBuffer>[];
  readonly omissions: Uint8Array<ArrayBuffer>;
}

const DAYS_PER_PART = 31;
/** Thirteen months of a pool with long texts need a third of it; reading it takes some milliseconds. */
const MOST_BYTES = 2_000_000;

/** @throws AppError UPSTREAM_MALFORMED when the hours are more than a pool could mean */
export function packHours({ value, omissions }: Loaded<PoolHours>): PackedHours {
  const days: Uint8Array<ArrayBuffer>[] = [];
  const refused = pack(omissions);
  let bytes = refused.length;
  for (let at = 0; at < value.length; at += DAYS_PER_PART) {
    const part = pack(value.slice(at, at + DAYS_PER_PART));
    bytes += part.length;
    if (bytes > MOST_BYTES) throw malformed('$', `brings more than ${MOST_BYTES} bytes of hours`);
    days.push(part);
  }
  return { days, omissions: refused };
}

/** In turns: others come first between two parts. */
export async function unpackHours(packed: PackedHours): Promise<Loaded<PoolHours>> {
  const value: OpeningDay[] = [];
  for (const part of packed.days) {
    value.push(...(unpack(part) as PoolHours));
    await setImmediate();
  }
  return { value, omissions: unpack(packed.omissions) as readonly Omission[] };
}

/** What is handed over without being copied. */
export function buffersOf({ days, omissions }: PackedHours): ArrayBuffer[] {
  return [omissions, ...days].map(({ buffer }) => buffer);
}

function pack(content: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(content));
}

function unpack(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
