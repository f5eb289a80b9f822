import { Decimal } from 'decimal.js';
import { parseDecimal, type DecimalText, type Omission } from '#lib/kernel';
import { malformed, readRows } from '../wire/wire-object.js';
import { parseBo4eDate, type Bo4eDate } from './bo4e-date.js';
import { JsonNumber, type ExactJson } from './exact-json.js';
import { FieldIndex, isList, isObject, type PlainJson } from './object-fields.js';

/** What is noticed on the way and does not spoil the object. */
export interface Notes {
  /** Rows left out because they are malformed. */
  readonly omissions: Omission[];
  /** Values kept although they fail a check, such as the check digit of a market location. */
  readonly warnings: Omission[];
}

/**
 * Reads one field. `value` is never null: a missing or null field is `absent`.
 * @throws AppError UPSTREAM_MALFORMED with `path`
 */
export interface Field<T> {
  readonly read: (value: Exclude<ExactJson, null>, path: string, notes: Notes) => T;
  readonly absent: T;
}

/** Fields by the names of the standard. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** A component as data: every field of the standard may be absent, and unknown ones are kept in `extra`. */
export type Component<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T : never;
} & {
  /** Fields of the sender's own and of editions of the standard that are not typed here; numbers as text. */
  readonly extra: Readonly<Record<string, PlainJson>>;
};

const LONGEST_TEXT = 10_000;
const LONGEST_WORD = 100;
/** Of one list. */
export const MOST_ITEMS = 100_000;

/** Text; a number counts by its digits. Empty text is absent. */
export const text: Field<string | null> = field((value, path) => {
  const found = literalOf(value);
  if (found === undefined) throw malformed(path, 'is not text');
  if (found.length > LONGEST_TEXT) throw malformed(path, `is longer than ${LONGEST_TEXT} characters`);
  return found === '' ? null : found;
});

/** Text that should pass `check`. Genuine identifiers fail theirs, so a failure is only a warning. */
export function identifier(check: (id: string) => boolean, reason: string): Field<string | null> {
  return field((value, path, notes) => {
    const found = text.read(value, path, notes);
    if (found !== null && !check(found)) notes.warnings.push({ path, reason });
    return found;
  });
}

/** An exact number, written as number or as text, with the digits it was written with. */
export const decimal: Field<DecimalText | null> = field((value, path) => {
  const literal = literalOf(value);
  if (literal === '') return null;
  const plain = literal === undefined ? '' : withoutExponent(literal);
  const parsed = parseDecimal(plain, plain.split('.')[1]?.length ?? 0);
  if (parsed === undefined) throw malformed(path, 'is not a decimal number');
  return parsed;
});

function withoutExponent(literal: string): string {
  const power = /^[+-]?\d{1,40}(?:\.\d{1,40})?[eE]([+-]?\d{1,2})$/.exec(literal)?.[1];
  return power !== undefined && Math.abs(Number(power)) <= 20 ? new Decimal(literal).toFixed() : literal;
}

/** A whole number: `12`, `12.0`, `"12"`, and `"Item12"` as generated XML classes name it. */
export const integer: Field<number | null> = field((value, path) => {
  const literal = literalOf(value);
  if (literal === '') return null;
  const digits = /^(?:Item)?([+-]?\d{1,15})(?:\.0{1,20})?$/.exec(literal ?? '')?.[1];
  if (digits === undefined) throw malformed(path, 'is not a whole number');
  return Number(digits);
});

export const flag: Field<boolean | null> = field((value, path) => {
  if (value === '') return null;
  const spoken = String(typeof value === 'string' ? value.toLowerCase() : value);
  if (spoken !== 'true' && spoken !== 'false') throw malformed(path, 'is neither true nor false');
  return spoken === 'true';
});

export const date: Field<Bo4eDate | null> = field((value, path) => {
  if (value === '') return null;
  const parsed = typeof value === 'string' ? parseBo4eDate(value) : undefined;
  if (parsed === undefined) throw malformed(path, 'is not a date');
  return parsed;
});

/**
 * A word of an enumeration in capitals. Its place in `words` and other spellings (`HGAS` for `H_GAS`) become the word;
 * a place without a list stays a number, for it meant different words in different editions.
 */
export function word(words: readonly string[] = []): Field<string | null> {
  return field((value, path) => {
    if (value instanceof JsonNumber) {
      if (!/^\d{1,4}$/.test(value.literal)) throw malformed(path, 'is not a word');
      return words[Number(value.literal)] ?? value.literal;
    }
    if (typeof value !== 'string' || value.length > LONGEST_WORD) throw malformed(path, 'is not a word');
    const found = value.trim().toUpperCase();
    if (found === '') return null;
    return words.find((each) => bare(each) === bare(found)) ?? found;
  });
}

function bare(found: string): string {
  return found.replace(/[_\s-]/g, '');
}

/** A list; one malformed item costs itself only. Missing and null are empty. */
export function list<T>(item: Field<T | null>): Field<readonly T[]> {
  return {
    absent: [],
    read: (value, path, notes) => {
      if (!isList(value)) throw malformed(path, 'is not a list');
      if (value.length > MOST_ITEMS) throw malformed(path, `has more than ${MOST_ITEMS} items`);
      const rows = readRows(value, path, (row, at) => {
        const found = row as ExactJson;
        return found === null ? null : item.read(found, at, notes);
      });
      for (const omission of rows.omissions) notes.omissions.push(omission);
      return rows.value.filter((each) => each !== null);
    },
  };
}

/** A list of words. SAP wraps each in an object of one field, whose name says nothing. */
export function wordList(): Field<readonly string[]> {
  const single = word();
  return list(
    field((value, path, notes) => {
      const [inner = null, ...more] = isObject(value) ? Object.values(value) : [value];
      if (more.length > 0) throw malformed(path, 'is not a word');
      return inner === null ? null : single.read(inner, path, notes);
    }),
  );
}

export function component<F extends Fields>(fields: F): Field<Component<F> | null> {
  return field((value, path, notes) => {
    if (!isObject(value)) throw malformed(path, 'is not an object');
    const index = new FieldIndex(value);
    const keys = new Set<string>();
    const known = Object.entries(fields).map(([name, { read, absent }]) => {
      const key = index.keyOf(name) ?? name;
      keys.add(key);
      const found = index.value(name);
      return [name, found === null ? absent : read(found, `${path}.${key}`, notes)] as const;
    });
    return { ...Object.fromEntries(known), extra: index.others(keys) } as unknown as Component<F>;
  });
}

function field<T>(read: Field<T | null>['read']): Field<T | null> {
  return { read, absent: null };
}

/** What was written, were it a number or text. */
function literalOf(value: ExactJson): string | undefined {
  if (value instanceof JsonNumber) return value.literal;
  return typeof value === 'string' ? value : undefined;
}
