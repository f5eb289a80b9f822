import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

const LONGEST_BODY = 1_048_576;

/** The request's body is longer than 1 MB. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * The whole body; empty for a request without one.
 * @throws BodyTooLarge past 1 MB (the rest is not kept), or an error when the client leaves midway
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new BodyTooLarge('the body is longer than 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Sends a finished answer with its length. Does nothing when an answer is already under way. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: OutgoingHttpHeaders = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': bytes.byteLength, ...headers });
  response.end(bytes);
}

/** Sends `value` as JSON in UTF-8. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value), headers);
}

/** The path and query as they were asked for. Host and port are made up: only `pathname` and `searchParams` count. */
export function urlOf(request: IncomingMessage): URL {
  return new URL(`http://sandbox${request.url?.startsWith('/') ? request.url : '/'}`);
}

/** What a broken server says: a bare HTML page without any hint. */
export function sendBare500(response: ServerResponse): void {
  send(
    response,
    500,
    'text/html; charset=utf-8',
    '<html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>',
  );
}
