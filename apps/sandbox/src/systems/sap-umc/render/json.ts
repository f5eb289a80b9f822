import { cellOf, type Cell, type Row } from '../books/row.js';
import type { Shelf } from '../books/shelf.js';
import {
  type EntityType,
  type Navigation,
  type Property,
  type ServiceModel,
  typeNamed,
} from '../model/service-model.js';
import type { Found } from '../read-resource.js';
import type { Shape } from '../uri/shape.js';
import { entityUri } from './entity-uri.js';

/** Where entities say they live. */
export interface Origin {
  readonly service: ServiceModel;
  /** Absolute, with a slash at the end. */
  readonly root: string;
}

type Json = Readonly<Record<string, unknown>>;

/** OData v2 JSON ("verbose") as SAP writes it. */
export function jsonBody(found: Exclude<Found, { kind: 'bytes' | 'metadata' }>, origin: Origin): string {
  return escapeDates(JSON.stringify({ d: content(found, origin) }));
}

function content(found: Exclude<Found, { kind: 'bytes' | 'metadata' }>, origin: Origin): Json {
  switch (found.kind) {
    case 'service document':
      return { EntitySets: [...origin.service.sets.keys()] };
    case 'set':
      return {
        ...(found.count !== null && { __count: String(found.count) }),
        results: found.rows.map((row) => entity(found.type, row, found.shape, found.shelf, origin)),
        ...(found.next !== null && { __next: `${origin.root}${found.next}` }),
      };
    case 'entity':
      return entity(found.type, found.row, found.shape, found.shelf, origin);
    case 'property':
      return { [found.property.name]: value(found.property, found.cell, origin) };
  }
}

function entity(type: EntityType, row: Row, shape: Shape, shelf: Shelf, origin: Origin): Json {
  const uri = `${origin.root}${entityUri(type, row)}`;
  const shown = (name: string): boolean => shape.selected === null || shape.selected.has(name);
  const properties = [...type.properties.values()].filter(({ name }) => shown(name));
  const navigations = [...type.navigations.values()].filter(({ name }) => shown(name));
  return {
    __metadata: {
      id: uri,
      uri,
      type: `${origin.service.name}.${type.name}`,
      ...(type.hasStream && { content_type: row['MimeType'], media_src: `${uri}/$value` }),
    },
    ...Object.fromEntries(properties.map((one) => [one.name, value(one, cellOf(one, row), origin)])),
    ...Object.fromEntries(navigations.map((one) => [one.name, navigationValue(one, row, uri, shape, shelf, origin)])),
  };
}

function navigationValue(to: Navigation, row: Row, uri: string, shape: Shape, shelf: Shelf, origin: Origin): unknown {
  const inner = shape.expanded.get(to.name);
  if (inner === undefined) return { __deferred: { uri: `${uri}/${to.name}` } };
  const type = typeNamed(origin.service, to.to);
  const entities = shelf.related(row, to).map((target) => entity(type, target, inner, shelf, origin));
  return to.many ? { results: entities } : (entities[0] ?? null);
}

function value(property: Property, cell: Cell, origin: Origin): unknown {
  if (typeof property.type !== 'string') return complexValue(property.type.complex, cell as Row, origin);
  return property.type === 'Edm.DateTime' && cell !== null ? `/Date(${Date.parse(`${String(cell)}Z`)})/` : cell;
}

function complexValue(name: string, row: Row, origin: Origin): Json {
  const properties = [...typeNamed(origin.service, name).properties.values()];
  return {
    __metadata: { type: `${origin.service.name}.${name}` },
    ...Object.fromEntries(properties.map((one) => [one.name, value(one, cellOf(one, row), origin)])),
  };
}

/** SAP escapes the slashes of dates, and of nothing else. */
function escapeDates(json: string): string {
  return json.replace(/"\/Date\((-?\d+)\)\/"/g, '"\\/Date($1)\\/"');
}
