import type { Omission } from '#lib/kernel';
import { malformed, readRows, WireObject } from '../wire/wire-object.js';
import { readJsonError, type GatewayError } from './gateway-error.js';
import { describeODataDate, parseODataDate } from './odata-date.js';
import { parseODataJson } from './odata-json.js';
import { readPageBody } from './odata-page.js';

/** An entity without its wire dress: `@type` is its type; navigations the answer leaves out are left out. */
type PlainEntity = Readonly<Record<string, unknown>>;

/** Any OData v2 JSON document as plain data. */
export type PlainDocument =
  | {
      readonly kind: 'set';
      readonly entities: readonly PlainEntity[];
      readonly omissions: readonly Omission[];
      readonly count: number | null;
      readonly hasMore: boolean;
    }
  | { readonly kind: 'entity'; readonly entity: PlainEntity }
  | { readonly kind: 'batch'; readonly responses: readonly PlainDocument[] }
  | { readonly kind: 'error'; readonly error: GatewayError };

const DEEPEST = 32;

/**
 * Reads an answer whose service is not known: entity set, single entity, function result, error body, and the list of
 * answers that SAP's client library makes of a batch. Dates are decoded, since their spelling tells them. All other
 * text stays as it was sent: without the service's metadata a decimal cannot be told from an identifier.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readODataDocument(bytes: Uint8Array): PlainDocument {
  const document = parseODataJson(bytes);
  const root = new WireObject(document, '');
  if (root.has('error')) return { kind: 'error', error: readJsonError(document) };
  // A single entity may have been stored without its envelope.
  if (root.has('__metadata')) return { kind: 'entity', entity: plainEntity(document, '', 0) };
  if (!root.has('d')) throw malformed('d', 'is missing');
  return readBody(root.value('d'), 'd');
}

function readBody(body: unknown, path: string): PlainDocument {
  if (Array.isArray(body)) return plainSet(body, path);
  const wire = new WireObject(body, path);
  if (wire.has('__batchResponses')) {
    const responses = wire.list('__batchResponses');
    return {
      kind: 'batch',
      responses: responses.map((each, index) => readResponse(each, `${path}.__batchResponses[${index}]`)),
    };
  }
  if (wire.has('results') && !wire.has('__metadata')) return plainSet(body, path);
  return { kind: 'entity', entity: plainEntity(body, path, 0) };
}

/** Batches do not nest. */
function readResponse(response: unknown, path: string): PlainDocument {
  const wire = new WireObject(response, path);
  if (wire.has('__batchResponses')) throw malformed(path, 'is a batch within a batch');
  if (wire.has('error')) return { kind: 'error', error: readJsonError(response) };
  return wire.has('data') ? readBody(wire.value('data'), wire.at('data')) : readBody(response, path);
}

function plainSet(body: unknown, at: string): PlainDocument {
  const page = readPageBody(body, at);
  const { value, omissions } = readRows(page.rows, page.path, (row, path) => plainEntity(row, path, 0));
  return { kind: 'set', entities: value, omissions, count: page.count, hasMore: page.skipToken !== null };
}

function plainEntity(value: unknown, path: string, depth: number): PlainEntity {
  const wire = new WireObject(value, path);
  const type = wire.optionalObject('__metadata')?.optionalText('type') ?? null;
  const fields = Object.keys(value as object)
    .filter((name) => !name.startsWith('__') && !isLeftOut(wire.value(name)))
    .map((name) => [name, plainValue(wire.value(name), wire.at(name), depth + 1)] as const);
  return Object.fromEntries(type === null ? fields : [['@type', type], ...fields]);
}

/** Unexpanded navigations and streams are only addresses. */
function isLeftOut(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__deferred') || Object.hasOwn(value, '__mediaresource');
}

function plainValue(value: unknown, path: string, depth: number): unknown {
  if (depth > DEEPEST) throw malformed(path, `is nested deeper than ${DEEPEST} levels`);
  if (typeof value === 'string') return plainText(value, path);
  if (Array.isArray(value)) return value.map((item, index) => plainValue(item, `${path}[${index}]`, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const wire = new WireObject(value, path);
  if (Array.isArray(wire.value('results'))) return plainValue(wire.value('results'), wire.at('results'), depth + 1);
  return plainEntity(value, path, depth);
}

function plainText(text: string, path: string): unknown {
  if (!/^\\?\/Date\(/.test(text)) return text;
  const date = parseODataDate(text);
  if (date === undefined) throw malformed(path, 'is not a date of OData v2');
  return describeODataDate(date);
}
