import { malformed } from '../../wire/wire-object.js';
import { kindOfAnswer } from '../answer-kind.js';
import { readGatewayError } from '../gateway-error.js';
import { readODataDocument, type PlainDocument } from '../plain-document.js';
import { readBatch, type BatchResponse } from './read-batch.js';

/** One answer of a batch as plain data; the answers of a changeset are a list in its place. */
export interface PlainResponse {
  readonly status: number;
  readonly contentId: string | null;
  /** Null for an empty body and for files. */
  readonly document: PlainDocument | null;
}

/**
 * Reads the answer to a `$batch` that was kept without its headers: its first line is a delimiter.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readBatchFile(bytes: Buffer): readonly (PlainResponse | readonly PlainResponse[])[] {
  const boundary = /^\s*--([^\s"\\]{1,70})[ \t]*\r?\n/.exec(bytes.toString('latin1', 0, 1_000))?.[1];
  if (boundary === undefined) throw malformed('$', 'does not begin with a delimiter');
  return readBatch(`multipart/mixed; boundary="${boundary}"`, bytes).map((answer) =>
    answer.kind === 'changeset' ? answer.responses.map(plainResponse) : plainResponse(answer),
  );
}

function plainResponse({ status, contentId, headers, body }: BatchResponse): PlainResponse {
  const kind = kindOfAnswer(headers.get('content-type'), body);
  if (kind === 'json') return { status, contentId, document: readODataDocument(body) };
  const error = readGatewayError(kind, body);
  return { status, contentId, document: error === undefined ? null : { kind: 'error', error } };
}
