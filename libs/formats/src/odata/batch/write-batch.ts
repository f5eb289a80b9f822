import { createHash } from 'node:crypto';
import { AppError } from '#lib/kernel';

/** One part of a `$batch` request. Writes stand in changesets, each of which succeeds or fails as a whole. */
export type BatchRequest = BatchRead | BatchChangeset;

export interface BatchRead {
  readonly kind: 'read';
  /** Address relative to the service, percent-encoded, e.g. `Contracts('0000104711')?$expand=Premise`. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface BatchChangeset {
  readonly kind: 'changeset';
  readonly writes: readonly BatchWrite[];
}

export interface BatchWrite {
  /** OData 2 knows MERGE for partial updates; newer gateways also take PATCH. */
  readonly method: 'POST' | 'PUT' | 'MERGE' | 'PATCH' | 'DELETE';
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/json` unless the headers name another type. */
  readonly body?: string;
  /** Names the write in the answer. Leave it out where it is not needed: some SAP Gateways refuse it. */
  readonly contentId?: string;
}

/** What to POST to `$batch`. */
export interface BatchMessage {
  readonly contentType: string;
  readonly body: Buffer;
}

const MOST_PARTS = 100;
const CRLF = '\r\n';
const TARGET = /^[\x21-\x7e]{1,8000}$/;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const HEADER_VALUE = /^[\x20-\x7e]{0,8000}$/;
/** They say where a message ends, so nobody else may. */
const FRAMING: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'content-id']);
const CONTENT_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Writes the body of a `$batch`. Equal requests give equal bytes: the boundary is a digest of the parts, so it cannot
 * occur in them.
 * @throws AppError INVALID_INPUT, with the place, for anything that would end a line, a header or a part
 */
export function writeBatch(requests: readonly BatchRequest[]): BatchMessage {
  const count = requests.reduce((sum, part) => sum + (part.kind === 'read' ? 1 : part.writes.length), 0);
  if (requests.length === 0) throw invalid('requests', 'are empty');
  if (count > MOST_PARTS) throw invalid('requests', `are more than ${MOST_PARTS}`);
  const parts = requests.map((request, index) => writePart(request, `requests[${index}]`));
  const boundary = boundaryOf('batch', parts);
  return { contentType: `multipart/mixed; boundary=${boundary}`, body: Buffer.from(enclose(boundary, parts)) };
}

function writePart(request: BatchRequest, path: string): string {
  if (request.kind === 'read') {
    return httpPart(`GET ${targetOf(request.target, path)}`, request.headers ?? {}, '', path);
  }
  if (request.writes.length === 0) throw invalid(`${path}.writes`, 'are empty');
  const writes = request.writes.map((write, index) => writeWrite(write, `${path}.writes[${index}]`));
  const boundary = boundaryOf('changeset', writes);
  return `Content-Type: multipart/mixed; boundary=${boundary}${CRLF}${CRLF}${enclose(boundary, writes)}`;
}

function writeWrite(write: BatchWrite, path: string): string {
  const { method, target, body = '', contentId } = write;
  if (contentId !== undefined && !CONTENT_ID.test(contentId)) throw invalid(`${path}.contentId`, 'is no plain name');
  return httpPart(`${method} ${targetOf(target, path)}`, write.headers ?? {}, body, path, contentId);
}

function httpPart(
  request: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  path: string,
  contentId?: string,
): string {
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `${request} HTTP/1.1`,
    ...defaultHeaders(headers, body),
    ...headerLines(headers, `${path}.headers`),
    '',
    body,
  ].join(CRLF);
}

/** JSON, unless the request says otherwise. */
function defaultHeaders(given: Readonly<Record<string, string>>, body: string): readonly string[] {
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  return [
    ...(names.has('accept') ? [] : ['Accept: application/json']),
    ...(body === '' || names.has('content-type') ? [] : ['Content-Type: application/json']),
    ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
}

function headerLines(headers: Readonly<Record<string, string>>, path: string): readonly string[] {
  return Object.entries(headers).map(([name, value]) => {
    if (!HEADER_NAME.test(name)) throw invalid(path, 'have a name that is none');
    if (FRAMING.has(name.toLowerCase())) throw invalid(`${path}.${name}`, 'is written by the batch itself');
    if (!HEADER_VALUE.test(value)) throw invalid(`${path}.${name}`, 'has a character that headers do not allow');
    return `${name}: ${value}`;
  });
}

function targetOf(target: string, path: string): string {
  if (!TARGET.test(target)) throw invalid(`${path}.target`, 'is not a percent-encoded address');
  return target;
}

function enclose(boundary: string, parts: readonly string[]): string {
  return [...parts.map((part) => `--${boundary}${CRLF}${part}${CRLF}`), `--${boundary}--${CRLF}`].join('');
}

function boundaryOf(kind: string, parts: readonly string[]): string {
  return `${kind}_${createHash('sha256').update(parts.join(CRLF)).digest('hex').slice(0, 32)}`;
}

function invalid(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `${path}: ${reason}`, { path, reason });
}
