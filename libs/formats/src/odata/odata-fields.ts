import { instantOf, parseDecimal, type CalendarDate, type DecimalText, type Instant } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import { dayOf, parseODataDate } from './odata-date.js';

/** SAP's way to say that a validity has no end. */
const OPEN_END = '9999-12-31';

/**
 * The day of an Edm.DateTime or Edm.DateTimeOffset field.
 * @throws AppError UPSTREAM_MALFORMED when it is missing or no `/Date(…)/`
 */
export function dayField(wire: WireObject, name: string): CalendarDate {
  const date = parseODataDate(wire.text(name));
  const day = date && dayOf(date);
  if (day === undefined) throw malformed(wire.at(name), 'is not a date of OData v2');
  return day;
}

/**
 * The moment of an Edm.DateTime field whose time of day counts; without an offset it is UTC.
 * @throws AppError UPSTREAM_MALFORMED when it is missing or no `/Date(…)/`
 */
export function instantField(wire: WireObject, name: string): Instant {
  const date = parseODataDate(wire.text(name));
  if (date === undefined) throw malformed(wire.at(name), 'is not a date of OData v2');
  return instantOf(date.ticks);
}

/** Last day of a validity. Missing, null and 31.12.9999 mean that it is open: null. */
export function endDayField(wire: WireObject, name: string): CalendarDate | null {
  if (wire.optionalText(name) === null) return null;
  const day = dayField(wire, name);
  return day === OPEN_END ? null : day;
}

/** An Edm.Decimal, which JSON carries as text. */
export function decimalField(wire: WireObject, name: string, scale = 2): DecimalText {
  const decimal = parseDecimal(wire.text(name), scale);
  if (decimal === undefined) throw malformed(wire.at(name), 'is not a decimal number');
  return decimal;
}

/** A flag: Edm.Boolean, or ABAP's `X` and blank. Missing and null are false. */
export function flagField(wire: WireObject, name: string): boolean {
  const value = wire.value(name) ?? false;
  if (typeof value === 'boolean') return value;
  if (value === 'X') return true;
  if (value === '' || value === ' ') return false;
  throw malformed(wire.at(name), 'is neither true or false nor X or blank');
}

/** The entity a navigation leads to; null when there is none or when the answer leaves it out (`__deferred`). */
export function expandedEntity(wire: WireObject, name: string): WireObject | null {
  const entity = wire.optionalObject(name);
  return entity === null || entity.has('__deferred') ? null : entity;
}

/** Rows and their path of an expanded collection; null when the answer leaves it out (`__deferred`). */
export function expandedRows(
  wire: WireObject,
  name: string,
): { readonly rows: readonly unknown[]; readonly path: string } | null {
  // Services of OData version 1 send the list itself, later ones an object around it.
  if (Array.isArray(wire.value(name))) return { rows: wire.list(name), path: wire.at(name) };
  const collection = expandedEntity(wire, name);
  return collection && { rows: collection.list('results'), path: collection.at('results') };
}
