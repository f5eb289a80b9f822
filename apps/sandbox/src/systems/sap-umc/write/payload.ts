import type { EntityType, Navigation, Property, ServiceModel } from '../model/service-model.js';
import { typeNamed } from '../model/service-model.js';
import { badRequest, SapError, unknownProperty } from '../sap-error.js';

/** An entity as a client sent it: only the properties that were sent, dates as `YYYY-MM-DDTHH:MM:SS` in UTC. */
export interface Payload {
  readonly values: ReadonlyMap<string, string | boolean | null>;
  /** Entities below navigations to many, for a deep insert. */
  readonly inside: ReadonlyMap<string, readonly Payload[]>;
}

const MOST_INSIDE = 50;
/** How many levels lie below the first that an insert reaches: an order has details, and these have readings. */
const DEEPEST: Readonly<Record<string, number>> = { CRM_UTILITIES_UMC: 1 };
const GUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;
const DECIMAL = /^-?\d{1,31}(\.\d{1,31})?$/;
const EPOCH = /^\/Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\/$/;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/**
 * Reads the JSON body of a write, with or without `d` around it.
 * @throws SapError 400 for what the type does not have or hold, 415 for anything but JSON
 */
export function payloadOf(contentType: string, body: string, type: EntityType, service: ServiceModel): Payload {
  if (!/^application\/json\b/i.test(contentType)) {
    throw new SapError(415, '/IWFND/CM_COS/415', 'Der Inhaltstyp der Anfrage wird nicht unterstützt');
  }
  const sent = objectIn(body);
  const keys = Object.keys(sent);
  return entity(keys.length === 1 && keys[0] === 'd' ? sent['d'] : sent, type, service, 0);
}

function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch {
    // Falls through to the same refusal.
  }
  throw badRequest('Fehler beim Parsen des JSON-Datenstroms');
}

function entity(sent: unknown, type: EntityType, service: ServiceModel, depth: number): Payload {
  if (!isObject(sent)) throw badRequest(`Entität vom Typ '${type.name}' erwartet`);
  const values = new Map<string, string | boolean | null>();
  const inside = new Map<string, readonly Payload[]>();
  for (const [name, value] of Object.entries(sent)) {
    const property = type.properties.get(name);
    const navigation = type.navigations.get(name);
    if (property !== undefined) values.set(name, valueOf(property, value));
    else if (navigation !== undefined) inside.set(name, entitiesOf(navigation, value, service, depth));
    else if (name !== '__metadata') throw unknownProperty(name, type.name);
  }
  return { values, inside };
}

/** The links of an entity that was read before may come back unexpanded. */
function entitiesOf(navigation: Navigation, value: unknown, service: ServiceModel, depth: number): readonly Payload[] {
  if (value === null || (isObject(value) && isObject(value['__deferred']))) return [];
  const list = listIn(navigation, value);
  if (list === undefined || depth > (DEEPEST[service.name] ?? 0) || list.length > MOST_INSIDE) {
    throw badRequest(`Deep Insert über '${navigation.name}' ist nicht erlaubt`);
  }
  return list.map((one) => entity(one, typeNamed(service, navigation.to), service, depth + 1));
}

/** One entity counts as a list of one. */
function listIn({ many }: Navigation, value: unknown): readonly unknown[] | undefined {
  if (!many) return isObject(value) ? [value] : undefined;
  const list = isObject(value) ? value['results'] : value;
  return Array.isArray(list) ? (list as unknown[]) : undefined;
}

function valueOf(property: Property, value: unknown): string | boolean | null {
  const read = value === null ? (property.nullable ? null : undefined) : READERS[String(property.type)]?.(value);
  if (read === undefined || (typeof read === 'string' && read.length > (property.maxLength ?? Infinity))) {
    throw badRequest(`Property '${property.name}' hat einen ungültigen Wert`);
  }
  return read;
}

/** Undefined: not of that type. Decimals are text, as OData v2 has them; a JSON number is none. */
const READERS: Readonly<Record<string, (value: unknown) => string | boolean | undefined>> = {
  'Edm.String': (value) => (typeof value === 'string' ? value : undefined),
  'Edm.Boolean': (value) => (typeof value === 'boolean' ? value : undefined),
  'Edm.Decimal': (value) => (typeof value === 'string' && DECIMAL.test(value) ? value : undefined),
  'Edm.DateTime': dateTime,
  'Edm.Guid': (value) => (typeof value === 'string' && GUID.test(value) ? value.toUpperCase() : undefined),
};

function dateTime(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, epoch] = EPOCH.exec(value) ?? [];
  const instant = epoch === undefined ? (ISO.test(value) ? Date.parse(`${value}Z`) : Number.NaN) : Number(epoch);
  const text = Number.isNaN(new Date(instant).getTime()) ? '' : new Date(instant).toISOString().slice(0, 19);
  return ISO.test(text) ? text : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
