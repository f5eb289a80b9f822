import type { CalendarDate } from '#lib/kernel';

/** One comparison of a `$filter`. Property names are ours, values are anybody's. */
export interface Comparison {
  readonly property: string;
  readonly is: 'eq' | 'ge' | 'le';
  readonly value: { readonly text: string } | { readonly day: CalendarDate };
}

/** A `$filter` that demands all of them, encoded for an address. No value can end its literal or the option. */
export function odataFilter(...comparisons: readonly Comparison[]): string {
  const demands = comparisons.map(({ property, is, value }) => `${property} ${is} ${literal(value)}`);
  return `$filter=${encodeURIComponent(demands.join(' and ')).replaceAll("'", '%27')}`;
}

function literal(value: Comparison['value']): string {
  if ('day' in value) return `datetime'${value.day}T00:00:00'`;
  return `'${value.text.replace(/\p{Surrogate}/gu, '\u{fffd}').replaceAll("'", "''")}'`;
}
