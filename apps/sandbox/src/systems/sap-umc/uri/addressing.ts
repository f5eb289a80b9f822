import type { EntityType } from '../model/service-model.js';
import { badRequest } from '../sap-error.js';
import { type Literal, literalOf, literalTypeFor } from './literal.js';
import { TokenReader } from './tokens.js';

/** One step of a resource path, such as `RegistersToRead(DeviceID='1',RegisterID='001')`. */
export interface Segment {
  readonly name: string;
  /** Values by key; the only key of a single predicate has the empty name. Null without parentheses. */
  readonly keys: ReadonlyMap<string, Literal> | null;
}

const MOST_SEGMENTS = 10;

/**
 * Reads the path below the service root as it was sent, percent-encoded. Empty for the service document.
 * @throws SapError 400
 */
export function segmentsOf(encodedPath: string): Segment[] {
  const reader = new TokenReader(decoded(encodedPath));
  const segments: Segment[] = [];
  while (!reader.atEnd) {
    segments.push({ name: reader.name(), keys: reader.takeIf('(') ? keyPredicate(reader) : null });
    if (segments.length > MOST_SEGMENTS) throw badRequest('Der Ressourcenpfad hat zu viele Segmente');
    if (!reader.atEnd) reader.expect('/');
  }
  return segments;
}

/**
 * Key values under their names in the order of the type's keys.
 * @throws SapError 400 when names, number, types or lengths do not fit the type
 */
export function namedKeys(type: EntityType, keys: ReadonlyMap<string, Literal>): ReadonlyMap<string, string> {
  const isAlone = keys.size === 1 && type.keys.length === 1;
  const named = isAlone && keys.has('') ? new Map([[type.keys[0], keys.get('')]]) : keys;
  if (named.size !== type.keys.length) throw badRequest(`Ungültiges Schlüsselprädikat für Typ '${type.name}'`);
  return new Map(type.keys.map((key) => [key, keyValue(type, key, named.get(key))]));
}

function keyValue(type: EntityType, key: string, literal: Literal | undefined): string {
  const property = type.properties.get(key);
  if (property === undefined || literal === undefined || literal.type !== literalTypeFor(property)) {
    throw badRequest(`Ungültiges Schlüsselprädikat für Typ '${type.name}'`);
  }
  const value = String(literal.value);
  if (value.length > (property.maxLength ?? Infinity)) throw badRequest(`Property '${key}' hat einen ungültigen Wert`);
  return value;
}

function keyPredicate(reader: TokenReader): ReadonlyMap<string, Literal> {
  const keys = new Map<string, Literal>();
  do {
    const token = reader.take();
    const alone = literalOf(token);
    if (alone === undefined && token.kind === 'name') reader.expect('=');
    const value = alone ?? literalOf(reader.take());
    const name = alone === undefined ? token.text : '';
    if (value === undefined || keys.has(name))
      throw badRequest(`Ungültiges Schlüsselprädikat an Position ${token.position}`);
    keys.set(name, value);
  } while (reader.takeIf(','));
  reader.expect(')');
  return keys;
}

function decoded(encodedPath: string): string {
  try {
    return decodeURIComponent(encodedPath);
  } catch {
    throw badRequest('Die URI ist nicht richtig kodiert');
  }
}
