import { AppError, parseCalendarDate, type Instant, type Omission } from '#lib/kernel';
import { localInstant } from '../local-time/local-time.js';
import { malformed, WireObject } from '../wire/wire-object.js';
import type { CustomAttribute, CustomAttributes, DamageImage, Reachability } from './dta-ra-model.js';
import { readImage } from './read-image.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const LONGEST_LINE = 500;
const LONGEST_IMAGE = 11 * 1024 * 1024;
const MOST_ATTRIBUTES = 50;
const MOST_TIMES = 50;
/** Names that mean something to every JavaScript object. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

export function uuid(wire: WireObject, name: string): string {
  const text = wire.text(name, 50);
  if (!UUID.test(text)) throw malformed(wire.at(name), 'is not a UUID');
  return text.toLowerCase();
}

export function optionalUuid(wire: WireObject, name: string): string | null {
  return wire.optionalText(name, 50) === null ? null : uuid(wire, name);
}

export function optionalLine(wire: WireObject, name: string): string | null {
  return wire.optionalText(name, LONGEST_LINE);
}

/** A whole number; missing and null are null. */
export function optionalInteger(wire: WireObject, name: string): number | null {
  return (wire.value(name) ?? null) === null ? null : wire.integer(name);
}

/** ISO 8601, without offset on Berlin's wall clock. */
export function dateTime(wire: WireObject, name: string): Instant {
  const instant = localInstant(wire.text(name, 50));
  if (instant === undefined) throw malformed(wire.at(name), 'is not a time');
  return instant;
}

/** A broken picture must not cost the report of a damage: it is left out and reported. */
export function image(wire: WireObject, name: string, omissions: Omission[]): DamageImage | null {
  try {
    const text = wire.optionalText(name, LONGEST_IMAGE);
    return text === null ? null : readImage(text, wire.at(name));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    omissions.push({ path: wire.at(name), reason: error.details.reason ?? 'is malformed' });
    return null;
  }
}

/** Plain values only; what is nested or has a reserved name is left out and reported. */
export function customAttributes(wire: WireObject, omissions: Omission[]): CustomAttributes {
  const attributes = wire.optionalObject('customattributes');
  if (attributes === null) return [];
  const names = Object.keys(wire.value('customattributes') as object);
  if (names.length > MOST_ATTRIBUTES) throw malformed(attributes.path, `has more than ${MOST_ATTRIBUTES} entries`);
  return names.flatMap((name, index) => {
    const value = attributes.value(name);
    if (RESERVED.has(name) || name.length > 100 || !isPlain(value)) {
      omissions.push({ path: `${attributes.path}[${index}]`, reason: 'is not a plain attribute' });
      return [];
    }
    return [{ name, value }];
  });
}

function isPlain(value: unknown): value is CustomAttribute['value'] {
  if (typeof value === 'string') return value.length <= 1_000;
  return value === null || typeof value === 'boolean' || typeof value === 'number';
}

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;

export function reachability(person: WireObject): readonly Reachability[] {
  if ((person.value('reachability') ?? null) === null) return [];
  const rows = person.list('reachability');
  const path = person.at('reachability');
  if (rows.length > MOST_TIMES) throw malformed(path, `has more than ${MOST_TIMES} entries`);
  return rows.map((row, index) => {
    const wire = new WireObject(row, `${path}[${index}]`);
    return { date: calendarDay(wire, 'date'), from: timeOfDay(wire, 'from'), to: timeOfDay(wire, 'to') };
  });
}

/** The format writes the day as a time at any hour; only the day counts. */
function calendarDay(wire: WireObject, name: string): string | null {
  const text = wire.optionalText(name, 50);
  if (text === null) return null;
  const date = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0];
  const parsed = date === undefined ? undefined : parseCalendarDate(date);
  if (parsed === undefined) throw malformed(wire.at(name), 'is not a date');
  return parsed;
}

function timeOfDay(wire: WireObject, name: string): string | null {
  const text = wire.optionalText(name, 20);
  if (text === null) return null;
  if (!TIME_OF_DAY.test(text)) throw malformed(wire.at(name), 'is not a time of day');
  return text.length === 5 ? `${text}:00` : text;
}
