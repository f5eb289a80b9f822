import { compareDecimals } from './books/decimal-text.js';
import { cellOf, type Row } from './books/row.js';
import type { EntityType, Property } from './model/service-model.js';
import type { SetOptions } from './uri/query-options.js';

/** Rows in one answer. SAP's providers page long sets by themselves, whatever `$top` says. */
const PAGE_ROWS = 100;

/** The rows of the page that was asked for, and the token of the next one; null on the last. */
export function pageOf(
  rows: readonly Row[],
  { skip, top, skipToken }: SetOptions,
): { readonly rows: readonly Row[]; readonly nextToken: number | null } {
  const window = rows.slice(skip, skip + (top ?? rows.length));
  const end = skipToken + PAGE_ROWS;
  return { rows: window.slice(skipToken, end), nextToken: end < window.length ? end : null };
}

/** The rows that `$filter` lets through. */
export function filtered(rows: readonly Row[], { filter }: SetOptions): readonly Row[] {
  return filter === null ? rows : rows.filter(filter.matches);
}

/** Sorted as `$orderby` says. Empty values come first, as on the database. */
export function ordered(rows: readonly Row[], { orderBy }: SetOptions, type: EntityType): readonly Row[] {
  const compare = (a: Row, b: Row): number => {
    for (const { property, descending } of orderBy) {
      const order = difference(type.properties.get(property) as Property, a, b);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
  return orderBy.length === 0 ? rows : rows.toSorted(compare);
}

function difference(property: Property, a: Row, b: Row): number {
  const [left, right] = [cellOf(property, a), cellOf(property, b)];
  if (property.type === 'Edm.Decimal' && left !== null && right !== null) {
    return compareDecimals(String(left), String(right));
  }
  const [first, second] = [String(left ?? ''), String(right ?? '')];
  return first < second ? -1 : first > second ? 1 : 0;
}
