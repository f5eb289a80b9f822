import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

const LONGEST_BODY = 1_048_576;

/** The request's body is longer than its reader takes. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * The whole body; empty for a request without one.
 * @param longest in bytes; 1 MB unless given
 * @throws BodyTooLarge past `longest` (the rest is not kept), or an error when the client leaves midway
 */
export async function readBody(request: IncomingMessage, longest = LONGEST_BODY): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) throw new BodyTooLarge(`the body is longer than ${longest} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A finished answer, before it is on the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly bytes: Uint8Array;
}

/** What becomes of an answer whose work is done: a fault may keep or spoil it. */
type Spoiler = (answer: WireAnswer) => void;

const spoilers = new WeakMap<ServerResponse, Spoiler>();

/** From now on the answer of `response` is not sent but handed to `spoil`, once. The work behind it is done as ever. */
export function spoilAnswer(response: ServerResponse, spoil: Spoiler): void {
  spoilers.set(response, spoil);
}

/** Sends a finished answer with its length. Does nothing when an answer is already under way. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: OutgoingHttpHeaders = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  finish(response, {
    status,
    headers: { 'Content-Type': contentType, 'Content-Length': bytes.byteLength, ...headers },
    bytes,
  });
}

/** Sends 204: done, and nothing to say. */
export function sendNoContent(response: ServerResponse, headers: OutgoingHttpHeaders = {}): void {
  finish(response, { status: 204, headers, bytes: Buffer.alloc(0) });
}

function finish(response: ServerResponse, answer: WireAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const spoil = spoilers.get(response);
  spoilers.delete(response);
  if (spoil !== undefined) return spoil(answer);
  response.writeHead(answer.status, answer.headers);
  response.end(answer.bytes);
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
