import { malformed } from '../wire/wire-object.js';

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Parses the bytes of an OData JSON answer of at most 16 MiB.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function parseODataJson(bytes: Uint8Array): unknown {
  const text = decodeJson(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message would quote the document.
    throw malformed('$', 'is not JSON');
  }
}

/**
 * The text of a JSON document. JSON is UTF-8; bytes that are not come from non-Unicode systems and proxies and are
 * read as Windows-1252, the code page of Western Europe.
 * @throws AppError UPSTREAM_MALFORMED beyond 16 MiB
 */
export function decodeJson(bytes: Uint8Array): string {
  if (bytes.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 16 MiB');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
