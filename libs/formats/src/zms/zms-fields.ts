import { instantOf, type Instant } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';

const MOST_ROWS = 10_000;
/** The year 9999. */
const LAST_SECOND = 253_402_300_799;

/** ZMS is written in PHP: numbers come as numbers or as text, and an empty object comes as an empty list. */
export function wholeNumber(wire: WireObject, name: string): number {
  const value = wire.value(name);
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw malformed(wire.at(name), 'is not a whole number');
  return number;
}

export function optionalNumber(wire: WireObject, name: string): number | null {
  return isAbsent(wire.value(name)) ? null : wholeNumber(wire, name);
}

/** Identifiers come as text or as numbers. */
export function identifier(wire: WireObject, name: string): string {
  const value = wire.value(name);
  return typeof value === 'number' ? String(wholeNumber(wire, name)) : wire.text(name, 100);
}

export function optionalIdentifier(wire: WireObject, name: string): string | null {
  return isAbsent(wire.value(name)) ? null : identifier(wire, name);
}

/** True, false, 1, 0 and both as text. */
export function optionalFlag(wire: WireObject, name: string): boolean | null {
  const value = wire.value(name);
  if (isAbsent(value)) return null;
  if (typeof value === 'boolean') return value;
  const number = wholeNumber(wire, name);
  if (number !== 0 && number !== 1) throw malformed(wire.at(name), 'is not true or false');
  return number === 1;
}

/** Seconds since 1970; 0 means never. */
export function optionalTimestamp(wire: WireObject, name: string): Instant | null {
  const seconds = optionalNumber(wire, name);
  return seconds === null || seconds === 0 ? null : instantAt(seconds, wire.at(name));
}

export function timestamp(wire: WireObject, name: string): Instant {
  return instantAt(wholeNumber(wire, name), wire.at(name));
}

export function instantAt(seconds: number, path: string): Instant {
  if (seconds < 0 || seconds > LAST_SECOND) throw malformed(path, 'is out of range');
  return instantOf(seconds * 1000);
}

/** Minutes as a number, or `HH:MM:SS` as the database writes it. */
export function optionalSeconds(wire: WireObject, name: string): number | null {
  const value = wire.value(name);
  if (isAbsent(value)) return null;
  const clock = typeof value === 'string' ? /^(\d{1,4}):(\d{2}):(\d{2})$/.exec(value) : null;
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const minutes = typeof value === 'string' && /^\d{1,9}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof minutes !== 'number' || !(minutes >= 0 && minutes < 1e9)) throw malformed(wire.at(name), 'is no duration');
  return Math.round(minutes * 60);
}

/** Null when it is missing or an empty list. */
export function optionalPart(wire: WireObject, name: string): WireObject | null {
  const value = wire.value(name);
  return Array.isArray(value) && value.length === 0 ? null : wire.optionalObject(name);
}

/** Rows of a list, which may come as an object with the keys "0", "1" …; missing is empty. */
export function rowsOf(value: unknown, path: string): readonly unknown[] {
  if (isAbsent(value)) return [];
  const rows = Array.isArray(value) ? (value as readonly unknown[]) : valuesByNumber(value);
  if (rows === undefined) throw malformed(path, 'is not a list');
  if (rows.length > MOST_ROWS) throw malformed(path, `has more than ${MOST_ROWS} rows`);
  return rows;
}

function valuesByNumber(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).filter(([key]) => !key.startsWith('$'));
  return entries.every(([key]) => /^\d{1,9}$/.test(key)) ? entries.map(([, row]) => row as unknown) : undefined;
}

function isAbsent(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}
