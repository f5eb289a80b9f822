import { malformed } from '../../wire/wire-object.js';
import { boundaryIn, splitHead, splitParts, type Headers } from './multipart.js';

/** The answer to one part of a `$batch`, in the order of the request. */
export type BatchAnswer = BatchResponse | BatchChangesetAnswer;

export interface BatchResponse {
  readonly kind: 'response';
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Headers;
  readonly body: Buffer;
  /** The name the request gave it; null without one. */
  readonly contentId: string | null;
}

/** A changeset that went through. One that failed is answered by a single error response in its place. */
export interface BatchChangesetAnswer {
  readonly kind: 'changeset';
  readonly responses: readonly BatchResponse[];
}

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_PARTS = 1_000;
const CR = 0x0d;
const LF = 0x0a;
const STATUS = /^HTTP\/1\.[01] ([1-5]\d\d)(?: .{0,500})?$/;

/**
 * Reads the answer to a `$batch` (OData 2, SAP Gateway) of at most 32 MiB.
 * @param contentType of the answer, with its boundary
 * @throws AppError UPSTREAM_MALFORMED with the part as path; one broken part spoils the batch, because answers belong
 *   to requests by their place only
 */
export function readBatch(contentType: string, body: Buffer): readonly BatchAnswer[] {
  if (body.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 32 MiB');
  const boundary = boundaryIn(contentType);
  if (boundary === undefined) throw malformed('$', 'is not multipart/mixed with a boundary');
  return splitParts(body, boundary, '$', MOST_PARTS).map((part, index) => readPart(part, `parts[${index}]`));
}

function readPart(part: Buffer, path: string): BatchAnswer {
  const { headers, rest } = splitHead(part, path);
  const boundary = boundaryIn(headers.get('content-type') ?? '');
  if (boundary === undefined) return readResponse(headers, rest, path);
  const responses = splitParts(rest, boundary, path, MOST_PARTS).map((inner, index) => {
    const at = `${path}[${index}]`;
    const split = splitHead(inner, at);
    return readResponse(split.headers, split.rest, at);
  });
  return { kind: 'changeset', responses };
}

function readResponse(outer: Headers, message: Buffer, path: string): BatchResponse {
  const type = outer.get('content-type') ?? 'application/http';
  if (!/^application\/http(?:[ ;]|$)/i.test(type)) throw malformed(path, 'is neither a response nor a changeset');
  const start = message.findIndex((byte) => byte !== CR && byte !== LF);
  const end = message.indexOf(LF, Math.max(start, 0));
  const stop = end === -1 ? message.length : end;
  const line = message.toString('latin1', Math.max(start, 0), Math.min(stop, start + 1_000));
  const status = STATUS.exec(line.trimEnd())?.[1];
  if (status === undefined) throw malformed(path, 'has no status line');
  const { headers, rest } = splitHead(message.subarray(stop + 1), path);
  return {
    kind: 'response',
    status: Number(status),
    headers,
    body: bodyOf(headers, rest),
    // The standard puts it beside the part's type, SAP Gateway into the response.
    contentId: outer.get('content-id') ?? headers.get('content-id') ?? null,
  };
}

/**
 * The declared length counts only where it cuts off nothing but line ends: gateways count characters for bytes, or
 * forget what a proxy added.
 */
function bodyOf(headers: Headers, rest: Buffer): Buffer {
  const declared = headers.get('content-length') ?? '';
  if (!/^\d{1,9}$/.test(declared) || Number(declared) > rest.length) return rest;
  const beyond = rest.subarray(Number(declared));
  return beyond.every((byte) => byte === CR || byte === LF) ? rest.subarray(0, Number(declared)) : rest;
}
