import { cellOf, type Cell, type Row } from '../books/row.js';
import type { Shelf } from '../books/shelf.js';
import { type EntityType, type Navigation, type Property, typeNamed } from '../model/service-model.js';
import type { Found } from '../read-resource.js';
import type { Shape } from '../uri/shape.js';
import { entityUri } from './entity-uri.js';
import type { Origin } from './json.js';
import { xmlText } from './xml-text.js';

const DATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices';
const NAMESPACES = `xmlns="http://www.w3.org/2005/Atom" xmlns:m="${DATA}/metadata" xmlns:d="${DATA}"`;
const HEAD = '<?xml version="1.0" encoding="utf-8"?>';

/** Atom as SAP answers when nobody asks for JSON. `updated` is an ISO instant. */
export function atomBody(
  found: Extract<Found, { kind: 'set' | 'entity' | 'property' | 'service document' }>,
  origin: Origin,
  updated: string,
): { readonly contentType: string; readonly body: string } {
  const base = `xml:base="${xmlText(origin.root)}"`;
  switch (found.kind) {
    case 'service document':
      return { contentType: 'application/atomsvc+xml', body: `${HEAD}${serviceDocument(origin, base)}` };
    case 'set': {
      const count = found.count === null ? '' : `<m:count>${found.count}</m:count>`;
      const entries = found.rows.map((row) => entry(found.type, row, found.shape, found.shelf, origin, updated));
      const set = found.type.set ?? '';
      const next = found.next === null ? '' : `<link rel="next" href="${xmlText(origin.root + found.next)}"/>`;
      const body = `${HEAD}<feed ${NAMESPACES} ${base}>${titled(`${origin.root}${set}`, set, updated)}${count}${entries.join('')}${next}</feed>`;
      return { contentType: 'application/atom+xml;type=feed', body };
    }
    case 'entity': {
      const body = entry(found.type, found.row, found.shape, found.shelf, origin, updated);
      return {
        contentType: 'application/atom+xml;type=entry',
        body: `${HEAD}${body.replace('<entry>', `<entry ${NAMESPACES} ${base}>`)}`,
      };
    }
    case 'property':
      return {
        contentType: 'application/xml',
        body: `${HEAD}${element(found.property, found.cell, origin, ` xmlns:d="${DATA}"`)}`,
      };
  }
}

function serviceDocument({ service }: Origin, base: string): string {
  const sets = [...service.sets.keys()].map(
    (set) => `<app:collection href="${set}"><atom:title type="text">${set}</atom:title></app:collection>`,
  );
  const names = 'xmlns:app="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom"';
  return `<app:service xml:lang="de" ${base} ${names}><app:workspace><atom:title type="text">Data</atom:title>${sets.join('')}</app:workspace></app:service>`;
}

function entry(type: EntityType, row: Row, shape: Shape, shelf: Shelf, origin: Origin, updated: string): string {
  const uri = entityUri(type, row);
  const shown = (name: string): boolean => shape.selected === null || shape.selected.has(name);
  const properties = [...type.properties.values()].filter(({ name }) => shown(name));
  const data = `<m:properties>${properties.map((one) => element(one, cellOf(one, row), origin)).join('')}</m:properties>`;
  const links = [...type.navigations.values()]
    .filter(({ name }) => shown(name))
    .map((one) => link(one, row, uri, shape, shelf, origin, updated));
  const category = `<category term="${origin.service.name}.${type.name}" scheme="${DATA}/scheme"/>`;
  const content = type.hasStream
    ? `<content type="${xmlText(String(row['MimeType']))}" src="${xmlText(uri)}/$value"/>${data}`
    : `<content type="application/xml">${data}</content>`;
  const self = `<link href="${xmlText(uri)}" rel="self" title="${type.name}"/>`;
  return `<entry>${titled(`${origin.root}${uri}`, uri, updated)}${category}${self}${links.join('')}${content}</entry>`;
}

function link(
  to: Navigation,
  row: Row,
  uri: string,
  shape: Shape,
  shelf: Shelf,
  origin: Origin,
  updated: string,
): string {
  const inner = shape.expanded.get(to.name);
  const kind = to.many ? 'feed' : 'entry';
  const start = `<link href="${xmlText(`${uri}/${to.name}`)}" rel="${DATA}/related/${to.name}" type="application/atom+xml;type=${kind}" title="${to.name}"`;
  if (inner === undefined) return `${start}/>`;
  const type = typeNamed(origin.service, to.to);
  const entries = shelf.related(row, to).map((target) => entry(type, target, inner, shelf, origin, updated));
  const inline = to.many
    ? `<feed>${titled(`${origin.root}${uri}/${to.name}`, to.name, updated)}${entries.join('')}</feed>`
    : (entries[0] ?? '');
  return `${start}><m:inline>${inline}</m:inline></link>`;
}

function titled(id: string, title: string, updated: string): string {
  return `<id>${xmlText(id)}</id><title type="text">${xmlText(title)}</title><updated>${updated}</updated>`;
}

function element(property: Property, cell: Cell, origin: Origin, attributes = ''): string {
  const name = `d:${property.name}`;
  if (cell === null)
    return `<${name}${attributes} m:null="true"${attributes === '' ? '' : ` xmlns:m="${DATA}/metadata"`}/>`;
  if (typeof property.type === 'string') return `<${name}${attributes}>${xmlText(String(cell))}</${name}>`;
  const inner = [...typeNamed(origin.service, property.type.complex).properties.values()];
  return `<${name}${attributes}>${inner.map((one) => element(one, cellOf(one, cell as Row), origin)).join('')}</${name}>`;
}
