import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Answer } from './answer.js';
import { badRequest } from './sap-error.js';

/** One operation of a batch: a GET of its own, or writes that are carried out together. */
export type BatchPart =
  | { readonly kind: 'get'; readonly target: string; readonly accept: string }
  | { readonly kind: 'changeset'; readonly writes: readonly BatchWrite[] };

/** A request of a changeset. */
export interface BatchWrite {
  readonly method: string;
  readonly target: string;
  readonly accept: string;
  readonly contentType: string;
  /** As the answer repeats it; empty without one. */
  readonly contentId: string;
  readonly body: string;
}

const MOST_PARTS = 100;
const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;

/**
 * Splits the body of a `$batch`.
 * @throws SapError 400 when it is not multipart/mixed, has more than 100 parts, a part that is neither GET nor changeset,
 * or a GET in a changeset
 */
export function batchParts(contentType: string, body: Buffer): BatchPart[] {
  return piecesOf(contentType, body.toString('utf8').split(/\r?\n/)).map(partOf);
}

function piecesOf(contentType: string, lines: readonly string[]): string[][] {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || !/^multipart\/mixed\b/i.test(contentType)) {
    throw badRequest('Der Inhaltstyp von $batch muss multipart/mixed mit boundary sein');
  }
  const pieces = piecesBetween(`--${boundary}`, lines);
  if (pieces.length > MOST_PARTS) throw badRequest(`Ein Batch darf höchstens ${MOST_PARTS} Teile haben`);
  return pieces;
}

/** The lines of each part; what stands before the first and after the last delimiter belongs to none. */
function piecesBetween(delimiter: string, lines: readonly string[]): string[][] {
  const pieces: string[][] = [];
  for (const line of lines) {
    if (line.trimEnd() === `${delimiter}--`) return pieces;
    if (line.trimEnd() === delimiter) pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  throw badRequest('Die Abgrenzung des Batch fehlt');
}

/** An answer inside of a batch, with the Content-ID of the request where it has one. */
export interface PartAnswer {
  readonly answer: Answer;
  readonly contentId: string;
}

/** The body of the answer and its content type: one part for each answer, one of parts for each changeset done. */
export function batchAnswer(parts: readonly (PartAnswer | readonly PartAnswer[])[]): {
  readonly contentType: string;
  readonly body: Buffer;
} {
  return multipart(
    parts.map((part) => {
      if ('answer' in part) return httpPart(part);
      const { contentType, body } = multipart(part.map(httpPart));
      return piece(`Content-Type: ${contentType}\r\nContent-Length: ${body.length}`, body);
    }),
  );
}

function multipart(pieces: readonly Buffer[]): { readonly contentType: string; readonly body: Buffer } {
  const boundary = `${randomBytes(16).toString('hex').toUpperCase()}0`;
  const lines = pieces.flatMap((one) => [Buffer.from(`--${boundary}\r\n`), one, Buffer.from('\r\n')]);
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: Buffer.concat([...lines, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function httpPart({ answer, contentId }: PartAnswer): Buffer {
  const inner = innerResponse(answer);
  const id = contentId === '' ? '' : `\r\nContent-ID: ${contentId}`;
  return piece(
    `Content-Type: application/http\r\nContent-Length: ${inner.length}\r\ncontent-transfer-encoding: binary${id}`,
    inner,
  );
}

function piece(head: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
}

function partOf(lines: readonly string[]): BatchPart {
  const blank = lines.indexOf('');
  const type = headerNamed('content-type', lines.slice(0, Math.max(blank, 0)));
  if (/^multipart\/mixed\b/i.test(type)) {
    return { kind: 'changeset', writes: piecesOf(type, lines.slice(blank + 1)).map(writeOf) };
  }
  const { method, target, accept } = requestOf(lines);
  if (method !== 'GET') throw badRequest(`${method} ist im Batch nur in einem Changeset erlaubt`);
  return { kind: 'get', target, accept };
}

function writeOf(lines: readonly string[]): BatchWrite {
  const request = requestOf(lines);
  if (request.method === 'GET') throw badRequest('GET ist in einem Changeset nicht erlaubt');
  return request;
}

/** The part's own headers, a blank line, the request line and its headers, a blank line, the body. */
function requestOf(lines: readonly string[]): BatchWrite {
  const blank = lines.indexOf('');
  const outer = lines.slice(0, Math.max(blank, 0));
  const start = lines.findIndex((line, index) => index > blank && line !== '');
  const [, method, target] = /^(\w+) (\S+)(?: HTTP\/1\.\d)?[ \t]*$/.exec(lines[start] ?? '') ?? [];
  if (!/^application\/http\b/i.test(headerNamed('content-type', outer)) || method === undefined || !target)
    throw badRequest('Ein Teil des Batch ist nicht lesbar');
  const end = lines.indexOf('', start);
  const inner = lines.slice(start + 1, end === -1 ? undefined : end);
  return {
    method: method === 'POST' ? headerNamed('x-http-method', inner).toUpperCase() || method : method,
    target,
    accept: headerNamed('accept', inner),
    contentType: headerNamed('content-type', inner),
    contentId: headerNamed('content-id', outer) || headerNamed('content-id', inner),
    body: end === -1 ? '' : lines.slice(end + 1).join('\n'),
  };
}

function headerNamed(name: string, lines: readonly string[]): string {
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}

function innerResponse({ status, contentType, body, headers }: Answer): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...(contentType === '' ? [] : [`Content-Type: ${contentType}`]),
    `Content-Length: ${bytes.length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}
