/**
 * A type of ASN.1 as far as the unaligned packed encoding rules (X.691) need it. `open` types end in `...`: newer
 * versions may add to them, and what they add is skipped.
 */
export type UperType =
  | { readonly kind: 'boolean' | 'utf8' | 'octets' }
  /** Without bounds it may be of any size. */
  | { readonly kind: 'integer'; readonly bounds: Bounds | null }
  /** Without bounds its length is written in front. */
  | { readonly kind: 'ia5'; readonly length: Bounds | null }
  | { readonly kind: 'enumeration'; readonly names: readonly string[]; readonly open: boolean }
  /** The item is a function because a type may contain itself. */
  | { readonly kind: 'list'; readonly item: () => UperType }
  | { readonly kind: 'sequence'; readonly fields: readonly UperField[]; readonly open: boolean }
  | { readonly kind: 'choice'; readonly options: readonly (readonly [string, UperType])[]; readonly open: boolean };

interface Bounds {
  readonly least: number;
  readonly most: number;
}

export interface UperField {
  readonly name: string;
  readonly type: UperType;
  readonly optional: boolean;
  /** Value when it is absent; undefined when it is then unknown. */
  readonly absent: string | number | undefined;
}

/** Integers without bounds are bigints, the others numbers; an unknown enumeration value or choice is `null`. */
export type UperValue = boolean | number | bigint | string | Uint8Array | null | readonly UperValue[] | UperRecord;
export interface UperRecord {
  readonly [name: string]: UperValue;
}

export const BOOLEAN: UperType = { kind: 'boolean' };
export const UTF8: UperType = { kind: 'utf8' };
export const OCTETS: UperType = { kind: 'octets' };
export const INTEGER: UperType = { kind: 'integer', bounds: null };
export const IA5: UperType = { kind: 'ia5', length: null };

export function range(least: number, most: number): UperType {
  return { kind: 'integer', bounds: { least, most } };
}

export function ia5(least: number, most = least): UperType {
  return { kind: 'ia5', length: { least, most } };
}

export function listOf(item: UperType | (() => UperType)): UperType {
  return { kind: 'list', item: typeof item === 'function' ? item : () => item };
}

export function enumeration(names: readonly string[], open = false): UperType {
  return { kind: 'enumeration', names, open };
}

/** A field that has this value when it is absent. */
export function orElse(type: UperType, absent: string | number): Defaulted {
  return { type, absent };
}

interface Defaulted {
  readonly type: UperType;
  readonly absent: string | number;
}

/** Fields in the order of the standard; a name that ends in `?` is optional and so is a field with {@link orElse}. */
export type Fields = Readonly<Record<string, UperType | Defaulted>>;

export function sequence(fields: Fields): UperType {
  return { kind: 'sequence', fields: fieldsOf(fields), open: true };
}

/** A sequence to which nothing can be added. */
export function closedSequence(fields: Fields): UperType {
  return { kind: 'sequence', fields: fieldsOf(fields), open: false };
}

export function choice(options: Readonly<Record<string, UperType>>): UperType {
  return { kind: 'choice', options: Object.entries(options), open: true };
}

function fieldsOf(fields: Fields): readonly UperField[] {
  return Object.entries(fields).map(([key, given]) => {
    const name = key.replace(/\?$/, '');
    if ('absent' in given) return { name, type: given.type, optional: true, absent: given.absent };
    return { name, type: given, optional: name !== key, absent: undefined };
  });
}
