import { JsonNumber, type ExactJson, type ExactObject } from './exact-json.js';

/** JSON as plain data; numbers are the text they were written as. */
export type PlainJson = null | boolean | string | readonly PlainJson[] | { readonly [name: string]: PlainJson };

/** Names that would reach a prototype when somebody copies fields one by one. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function isObject(value: ExactJson): value is ExactObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

export function isList(value: ExactJson): value is readonly ExactJson[] {
  return Array.isArray(value);
}

/**
 * Fields of an object by the names of the standard. Editions and languages differ in capitals and underscores
 * (`coErgaenzung`, `co_ergaenzung`, `CoErgaenzung`), so those do not count; the exact name comes first.
 */
export class FieldIndex {
  private readonly keys = new Map<string, string>();

  constructor(private readonly object: ExactObject) {
    for (const key of Object.keys(object)) if (!this.keys.has(bareName(key))) this.keys.set(bareName(key), key);
  }

  /** The key that stands for `name` in this object; undefined when there is none. */
  keyOf(name: string): string | undefined {
    return Object.hasOwn(this.object, name) ? name : this.keys.get(bareName(name));
  }

  /** Missing is null. */
  value(name: string): ExactJson {
    const key = this.keyOf(name);
    return key === undefined ? null : (this.object[key] ?? null);
  }

  /** All fields but those of these keys. */
  others(keys: ReadonlySet<string>): Readonly<Record<string, PlainJson>> {
    return plainFields(this.object, (key) => !keys.has(key));
  }
}

function bareName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

export function plainFields(
  object: ExactObject,
  wanted: (key: string) => boolean = () => true,
): Readonly<Record<string, PlainJson>> {
  const keys = Object.keys(object).filter((key) => !RESERVED.has(key) && wanted(key));
  return Object.fromEntries(keys.map((key) => [key, plainJson(object[key] ?? null)]));
}

function plainJson(value: ExactJson): PlainJson {
  if (value instanceof JsonNumber) return value.literal;
  if (isList(value)) return value.map(plainJson);
  return isObject(value) ? plainFields(value) : value;
}
