import type { Label, Labels, LabelTree } from './label.js';

/**
 * The value without what may not be shown: such a property is null, a list of which nothing may be shown is empty, and
 * so is null an object of which nothing may be shown. The value itself stays as it is, since others may share it; what
 * may be shown as a whole is shared, not copied.
 */
export function prune<T>(value: T, labels: Labels<T>, mayShow: (label: Label) => boolean): T {
  return pruneBy(value, sightOf(labels as LabelTree, mayShow)) as T;
}

/** All labels of a tree with the path of their property, e.g. `supplyPoint.marketLocation`. */
export function listLabels(labels: LabelTree, path = ''): [path: string, label: Label][] {
  if (isLabel(labels)) return [[path, labels]];
  return Object.entries(labels).flatMap(([property, inner]) =>
    listLabels(inner, path === '' ? property : `${path}.${property}`),
  );
}

/** What is seen of a value: all, nothing, or of each property so much. */
type Sight = boolean | ReadonlyMap<string, Sight>;

/** Asks once for each label, however many rows there are. */
function sightOf(labels: LabelTree, mayShow: (label: Label) => boolean): Sight {
  if (isLabel(labels)) return mayShow(labels);
  const branches = branchesOf(labels);
  const sights = branches.map(([, inner]) => sightOf(inner, mayShow));
  const first = sights[0] ?? false;
  // Mostly a caller sees all of it or nothing, and nobody needs to know of each property.
  if (typeof first === 'boolean' && sights.every((sight) => sight === first)) return first;
  return new Map(branches.map(([property], index) => [property, sights[index] as Sight]));
}

/** Trees are written into the code, and looked through for every read. */
const branchesKnown = new WeakMap<LabelTree, readonly [string, LabelTree][]>();

function branchesOf(labels: Exclude<LabelTree, Label>): readonly [string, LabelTree][] {
  const known = branchesKnown.get(labels);
  if (known !== undefined) return known;
  const branches = Object.entries(labels);
  branchesKnown.set(labels, branches);
  return branches;
}

function pruneBy(value: unknown, sight: Sight): unknown {
  if (sight === true) return value;
  if (Array.isArray(value)) return sight === false ? [] : value.map((element) => pruneBy(element, sight));
  if (sight === false || typeof value !== 'object' || value === null) return null;
  // What nobody has labelled is shown to nobody.
  const entries = Object.entries(value).map(([name, inner]) => [name, pruneBy(inner, sight.get(name) ?? false)]);
  return Object.fromEntries(entries) as unknown;
}

function isLabel(labels: LabelTree): labels is Label {
  return Object.hasOwn(labels, 'category') && typeof (labels as Label).category === 'string';
}
