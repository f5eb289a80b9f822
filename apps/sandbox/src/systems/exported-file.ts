import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { zipSync, type Zippable } from 'fflate';
import { send } from './http.js';

/** A file that a web server hands out. */
export interface ExportedFile {
  /** Strong entity tag of the content, with its quotes. */
  readonly etag: string;
  /** When this content was written, milliseconds since 1970. */
  readonly writtenAt: number;
  readonly bytes: Uint8Array;
}

/** DOS times in a ZIP begin in 1980; a day more keeps clear of time zones. */
const EARLIEST_ENTRY = Date.UTC(1980, 0, 2);

/**
 * Writes a file at `now`, or gives `last` back while its content is still the same.
 * @param content what the file tells; decides whether it is the same
 * @param pack makes the bytes
 */
export function keepFile(
  last: ExportedFile | null,
  content: string | Uint8Array,
  now: number,
  pack: () => Uint8Array,
): ExportedFile {
  const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`;
  return last?.etag === etag ? last : { etag, writtenAt: now, bytes: pack() };
}

/** A ZIP whose entries all carry the time `now`. */
export function zipAt(now: number, entries: Zippable): Uint8Array {
  return zipSync(entries, { mtime: Math.max(now, EARLIEST_ENTRY) });
}

/** Sends the file with its validators, or 304 to a client that has it. */
export function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  contentType: string,
  file: ExportedFile,
): void {
  const validators = { ETag: file.etag, 'Last-Modified': new Date(file.writtenAt).toUTCString() };
  if (isKnown(request.headers['if-none-match'], file.etag)) {
    response.writeHead(304, validators).end();
    return;
  }
  send(response, 200, contentType, file.bytes, validators);
}

/** If-None-Match compares weakly (RFC 9110): a `W/` before a tag does not count. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes('*') || tags.includes(etag);
}
