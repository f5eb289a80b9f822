import { AppError } from '#lib/kernel';

/** One document as a front end's build lists it. */
export interface ManifestDocument {
  readonly id: string;
  readonly body: string;
}

const MOST_DOCUMENTS = 5_000;
const ID = /^[\w:.-]{8,128}$/;

/**
 * Reads a manifest: GraphQL Code Generator's client preset (`{"<hash>": "<document>"}`) or Apollo's persisted query
 * manifest (`{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "body"}]}`).
 * @throws AppError INVALID_INPUT with path and reason
 */
export function readManifest(text: string): readonly ManifestDocument[] {
  const manifest = parse(text);
  const documents = 'format' in manifest ? readApollo(manifest) : readClientPreset(manifest);
  if (documents.length === 0) throw refused('$', 'lists no document');
  if (documents.length > MOST_DOCUMENTS) throw refused('$', `lists more than ${MOST_DOCUMENTS} documents`);
  return documents;
}

function parse(text: string): Record<string, unknown> {
  try {
    const manifest: unknown = JSON.parse(text);
    if (isRecord(manifest)) return manifest;
  } catch {
    // Said below, without quoting the file.
  }
  throw refused('$', 'is no JSON object');
}

function readClientPreset(manifest: Record<string, unknown>): ManifestDocument[] {
  return Object.entries(manifest).map(([id, body]) => toDocument(id, body, id));
}

function readApollo({ format, version, operations }: Record<string, unknown>): ManifestDocument[] {
  if (format !== 'apollo-persisted-query-manifest' || version !== 1) {
    throw refused('format', 'is not apollo-persisted-query-manifest, version 1');
  }
  if (!Array.isArray(operations)) throw refused('operations', 'is no list');
  return operations.map((operation: unknown, index) => {
    const path = `operations.${index}`;
    if (!isRecord(operation)) throw refused(path, 'is no object');
    return toDocument(operation['id'], operation['body'], path);
  });
}

function toDocument(id: unknown, body: unknown, path: string): ManifestDocument {
  if (typeof id !== 'string' || !ID.test(id)) throw refused(`${path}.id`, 'is no hash');
  if (typeof body !== 'string' || body.trim() === '') throw refused(`${path}.body`, 'is no document');
  return { id, body };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `the manifest is refused: ${path} ${reason}`, { path, reason });
}
