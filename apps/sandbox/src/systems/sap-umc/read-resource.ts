import type { Household } from '../../world/household.js';
import type { World } from '../../world/world.js';
import type { Backend } from './books/backend.js';
import { withBookings } from './books/booked-contracts.js';
import { cellOf, type Cell, type Row } from './books/row.js';
import { householdWith, isCustomerKey, isPublic, Shelf } from './books/shelf.js';
import { invoicePdf } from './invoice-pdf.js';
import { type EntityType, type Property, type ServiceModel, typeNamed } from './model/service-model.js';
import { callFunction, contractIn, functionAt } from './read-function.js';
import { householdSought, isAccountSearch, searchAccounts } from './search-accounts.js';
import { badRequest, notFound, SapError, unknownSegment } from './sap-error.js';
import { namedKeys, type Segment, segmentsOf } from './uri/addressing.js';
import { filtered, ordered, pageOf } from './set-page.js';
import { filterOf } from './uri/filter.js';
import {
  type RawOptions,
  rawOptions,
  refuseSetOptions,
  setOptions,
  shapeOption,
  withSkipToken,
} from './uri/query-options.js';
import type { Shape } from './uri/shape.js';

/** What a GET found, before it is written in a format. */
export type Found =
  | { readonly kind: 'service document' }
  | { readonly kind: 'metadata' }
  | {
      readonly kind: 'set';
      readonly type: EntityType;
      readonly rows: readonly Row[];
      readonly shape: Shape;
      readonly count: number | null;
      /** Path and query of the next page below the service root; null on the last. */
      readonly next: string | null;
      readonly shelf: Shelf;
    }
  | {
      readonly kind: 'entity';
      readonly type: EntityType;
      readonly row: Row;
      readonly shape: Shape;
      readonly shelf: Shelf;
    }
  | { readonly kind: 'property'; readonly property: Property; readonly cell: Cell }
  | {
      readonly kind: 'bytes';
      readonly contentType: string;
      readonly bytes: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A GET below a service root, path and query as they were sent. */
export interface Read {
  readonly service: ServiceModel;
  readonly path: string;
  readonly query: string;
}

/** Where a resource path has led so far. */
interface Place {
  readonly type: EntityType;
  readonly rows: readonly Row[];
  readonly single: boolean;
}

/**
 * The household that a read concerns: by the keys of the first segment, else by what `$filter` demands.
 * @returns undefined for public data and for numbers that nobody has
 * @throws SapError for a path or filter that cannot be read
 */
export function ownerOf(world: World, { service, path, query }: Read): Household | undefined {
  if (isAccountSearch(service, path)) return householdSought(world, service, query);
  const called = functionAt(service, path);
  if (called !== undefined) return householdWith(world, 'ContractID', contractIn(called, query));
  const segments = segmentsOf(path);
  const type = service.sets.get(segments[0]?.name ?? '');
  return type && householdAmong(world, numbersGiven(type, segments, rawOptions(query), service));
}

/**
 * Reads one resource.
 * @throws SapError as SAP Gateway refuses
 */
export function readResource(backend: Backend, read: Read): Found {
  const { world } = backend;
  const { service, path, query } = read;
  const segments = segmentsOf(path);
  const options = rawOptions(query);
  const [first, ...rest] = segments;
  if (first === undefined) return { kind: 'service document' };
  if (first.name === '$metadata' && rest.length === 0) return { kind: 'metadata' };
  if (isAccountSearch(service, path)) return foundAccounts(backend, read, options);
  const called = functionAt(service, path);
  if (called !== undefined)
    return { kind: 'property', ...callFunction(world, called, bookedOwner(backend, read), query) };
  const type = service.sets.get(first.name);
  if (type === undefined) throw unknownSegment(first.name);
  const given = numbersGiven(type, segments, options, service);
  if (!isPublic(type.name) && ![...given.keys()].some(isCustomerKey)) throw customerMissing(type, service);
  const owner = householdAmong(world, given);
  const shelf = owner === undefined ? Shelf.ofMasterData(world) : Shelf.ofHousehold(backend, owner, service.name);
  return follow(keyed({ type, rows: shelf.all(type.name), single: false }, first), rest, { shelf, options, read });
}

/** What the function returns is expanded like any set of accounts, and never split into pages. */
function foundAccounts(backend: Backend, { service, query }: Read, options: RawOptions): Found {
  const type = typeNamed(service, 'Account');
  const shape = shapeOption(options, type, service);
  return { kind: 'set', type, shape, count: null, next: null, ...searchAccounts(backend, service, query) };
}

/** The owner of a read with what was ordered and ended since. */
function bookedOwner(backend: Backend, read: Read): Household | undefined {
  const owner = ownerOf(backend.world, read);
  return owner && withBookings(owner, backend);
}

function numbersGiven(
  type: EntityType,
  [first, second]: readonly Segment[],
  options: RawOptions,
  service: ServiceModel,
): ReadonlyMap<string, string> {
  if (first?.keys) return namedKeys(type, first.keys);
  const filter = options.get('$filter');
  const isFiltered = filter !== undefined && (second === undefined || second.name === '$count');
  return isFiltered ? filterOf(filter, type, service).demanded : new Map();
}

function householdAmong(world: World, given: ReadonlyMap<string, string>): Household | undefined {
  for (const [property, value] of given) {
    const household = householdWith(world, property, value);
    if (household !== undefined) return household;
  }
  return undefined;
}

/** The technical user has no customers of its own: without a customer's number SAP's provider has nothing to select. */
function customerMissing({ set }: EntityType, { name }: ServiceModel): SapError {
  const code = name.startsWith('CRM') ? 'CRM_IU_UMC_ODATA/081' : 'EL/355';
  return new SapError(400, code, `Für ${set} fehlt die Angabe eines Kunden, Vertrags oder Vertragskontos`);
}

interface Reach {
  readonly shelf: Shelf;
  readonly options: RawOptions;
  readonly read: Read;
}

function follow(place: Place, segments: readonly Segment[], reach: Reach): Found {
  const [next, ...rest] = segments;
  if (next === undefined) return present(place, reach);
  if (!place.single) {
    if (next.name === '$count' && rest.length === 0) return countOf(place, reach);
    throw unknownSegment(next.name);
  }
  const row = onlyRow(place);
  const navigation = place.type.navigations.get(next.name);
  if (navigation !== undefined) {
    const rows = reach.shelf.related(row, navigation);
    const there = { type: typeNamed(reach.read.service, navigation.to), rows, single: !navigation.many };
    return follow(keyed(there, next), rest, reach);
  }
  if (next.name === '$value' && rest.length === 0 && place.type.hasStream) return media(row);
  const property = place.type.properties.get(next.name);
  if (property === undefined || next.keys !== null) throw unknownSegment(next.name);
  return propertyOf(property, cellOf(property, row), rest, reach);
}

function keyed(place: Place, segment: Segment): Place {
  if (segment.keys === null) return place;
  if (place.single) throw badRequest(`Schlüsselprädikat für '${segment.name}' nicht erlaubt`);
  const keys = namedKeys(place.type, segment.keys);
  return {
    ...place,
    rows: place.rows.filter((row) => [...keys].every(([name, value]) => row[name] === value)),
    single: true,
  };
}

function onlyRow(place: Place): Row {
  const row = place.rows[0];
  if (row === undefined) throw notFound(place.type.name);
  return row;
}

function present(place: Place, { shelf, options, read }: Reach): Found {
  const { type } = place;
  const { service } = read;
  const shape = shapeOption(options, type, service);
  if (place.single) {
    refuseSetOptions(options);
    return { kind: 'entity', type, row: onlyRow(place), shape, shelf };
  }
  const wanted = setOptions(options, type, service);
  const matching = filtered(place.rows, wanted);
  const { rows, nextToken } = pageOf(ordered(matching, wanted, type), wanted);
  const next = nextToken === null ? null : `${read.path}?${withSkipToken(read.query, nextToken)}`;
  return { kind: 'set', type, rows, shape, count: wanted.withCount ? matching.length : null, next, shelf };
}

function countOf({ type, rows }: Place, { options, read: { service } }: Reach): Found {
  const count = filtered(rows, setOptions(options, type, service)).length;
  return { kind: 'bytes', contentType: 'text/plain', bytes: String(count) };
}

function propertyOf(property: Property, cell: Cell, rest: readonly Segment[], reach: Reach): Found {
  const [next, ...more] = rest;
  if (next === undefined) {
    refuseSetOptions(reach.options);
    return { kind: 'property', property, cell };
  }
  if (typeof property.type !== 'string') {
    const inner = typeNamed(reach.read.service, property.type.complex).properties.get(next.name);
    if (inner === undefined) throw unknownSegment(next.name);
    return propertyOf(inner, cellOf(inner, cell as Row), more, reach);
  }
  if (next.name !== '$value' || more.length > 0) throw unknownSegment(next.name);
  if (cell === null) throw notFound(property.name);
  return { kind: 'bytes', contentType: 'text/plain', bytes: String(cell) };
}

function media(row: Row): Found {
  const invoiceId = String(row['InvoiceID']);
  return {
    kind: 'bytes',
    contentType: 'application/pdf',
    bytes: invoicePdf([`Rechnung ${invoiceId}`, 'Stadtwerke Energie, Saalstraße 8a, 07743 Jena']),
    headers: { 'content-disposition': `inline; filename="${invoiceId}.pdf"` },
  };
}
