import type { Label, listLabels } from '#lib/customer';
import { subsidiaries } from '#subsidiaries';

export type LabelTree = Parameters<typeof listLabels>[0];

/** Labels of all models that belong to customers: key of subsidiary → name of the model in the graph → labels. */
export const LABELLED: Readonly<Record<string, Readonly<Record<string, LabelTree>>>> = Object.fromEntries(
  subsidiaries.map(({ key, labels }) => [key, labels as Record<string, LabelTree>]),
);

export const KEYS = Object.keys(LABELLED);

/** What of a label decides who sees the property: its category is for the record of processing only. */
export function rightsOf({ purposes, grid, grantedBy }: Label): string {
  const handedOn = grantedBy === undefined ? '' : `, handed on by ${grantedBy}`;
  return `${purposes.join(', ') || 'own purposes only'}${grid ? ', grid' : ''}${handedOn}`;
}

/** Scopes by which customers hand data of the grid to partners. */
export function handingScopes(listed: typeof listLabels): readonly string[] {
  const labels = Object.values(LABELLED).flatMap((tree) => listed(tree).map(([, { grantedBy }]) => grantedBy));
  return [...new Set(labels.filter((scope) => scope !== undefined))].toSorted();
}
