import { type EntityType, type ServiceModel, typeNamed } from '../model/service-model.js';
import { badRequest, unknownProperty } from '../sap-error.js';

/** Which properties and navigations of an entity are shown, and which navigations are expanded in place. */
export interface Shape {
  /** Null: all of them. */
  readonly selected: ReadonlySet<string> | null;
  readonly expanded: ReadonlyMap<string, Shape>;
}

interface Draft {
  selected: Set<string> | null;
  readonly type: EntityType;
  readonly expanded: Map<string, Draft>;
}

const MOST_PATHS = 50;
const LONGEST_PATH = 8;

/**
 * Joins `$expand` and `$select` of a type.
 * @throws SapError 400 for a name that the type does not have, or a path into a navigation that is not expanded
 */
export function shapeOf(expand: string, select: string, type: EntityType, service: ServiceModel): Shape {
  const root: Draft = { selected: null, type, expanded: new Map() };
  for (const path of pathsOf(expand)) expandPath(root, path, service);
  for (const path of pathsOf(select)) selectPath(root, path);
  return finished(root);
}

function pathsOf(text: string): string[][] {
  const paths = text === '' ? [] : text.split(',').map((path) => path.trim().split('/'));
  if (paths.length > MOST_PATHS || paths.some((path) => path.length > LONGEST_PATH)) {
    throw badRequest('Zu viele Pfade in $expand oder $select');
  }
  return paths;
}

function expandPath(draft: Draft, path: readonly string[], service: ServiceModel): void {
  let here = draft;
  for (const name of path) {
    const navigation = here.type.navigations.get(name);
    if (navigation === undefined) throw unknownProperty(name, here.type.name);
    const next = here.expanded.get(name) ?? {
      selected: null,
      type: typeNamed(service, navigation.to),
      expanded: new Map(),
    };
    here.expanded.set(name, next);
    here = next;
  }
}

function selectPath(draft: Draft, path: readonly string[]): void {
  const [name = '', ...rest] = path;
  const { type } = draft;
  if (name === '*' && rest.length === 0) {
    draft.selected = new Set([...(draft.selected ?? []), ...type.properties.keys()]);
    return;
  }
  if (!type.properties.has(name) && !type.navigations.has(name)) throw unknownProperty(name, type.name);
  draft.selected = new Set([...(draft.selected ?? []), name]);
  if (rest.length === 0) return;
  const inner = draft.expanded.get(name);
  if (inner === undefined) throw badRequest(`Navigation ${name} wird ausgewählt, aber nicht expandiert`);
  selectPath(inner, rest);
}

function finished({ selected, expanded }: Draft): Shape {
  const visible = [...expanded].filter(([name]) => selected === null || selected.has(name));
  return { selected, expanded: new Map(visible.map(([name, inner]) => [name, finished(inner)])) };
}
