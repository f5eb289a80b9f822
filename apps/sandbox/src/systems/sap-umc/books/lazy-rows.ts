import type { Row } from './row.js';

/** Rows by entity type; a type whose rows are many may compute them when they are first asked for. */
export type RowsByType = Readonly<Record<string, readonly Row[]>>;

/** Joins tables without looking at their rows; of two for one type the later counts. */
export function joinedRows(...tables: readonly RowsByType[]): RowsByType {
  return Object.defineProperties({}, Object.assign({}, ...tables.map(Object.getOwnPropertyDescriptors))) as RowsByType;
}

/** A table whose rows are computed once, when one of its types is first asked for. */
export function lazyRows(types: readonly string[], compute: () => RowsByType): RowsByType {
  let computed: RowsByType | undefined;
  const get = (type: string) => () => (computed ??= compute())[type] ?? [];
  const properties = types.map((type) => [type, { get: get(type), enumerable: true }] as const);
  return Object.defineProperties({}, Object.fromEntries(properties)) as RowsByType;
}
