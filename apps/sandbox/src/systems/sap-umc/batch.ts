import { randomBytes } from 'node:crypto';
import type { Answer } from './answer.js';
import { badRequest } from './sap-error.js';

/** One operation of a batch: a GET of its own, or a changeset, whose writes are not looked into. */
export type BatchPart =
  { readonly kind: 'get'; readonly target: string; readonly accept: string } | { readonly kind: 'changeset' };

const MOST_PARTS = 100;
const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;

/**
 * Splits the body of a `$batch`.
 * @throws SapError 400 when it is not multipart/mixed, has more than 100 parts or a part that is neither GET nor changeset
 */
export function batchParts(contentType: string, body: Buffer): BatchPart[] {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || !/^multipart\/mixed\b/i.test(contentType)) {
    throw badRequest('Der Inhaltstyp von $batch muss multipart/mixed mit boundary sein');
  }
  const pieces = piecesBetween(`--${boundary}`, body.toString('utf8').split(/\r?\n/));
  if (pieces.length > MOST_PARTS) throw badRequest(`Ein Batch darf höchstens ${MOST_PARTS} Teile haben`);
  return pieces.map(partOf);
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

/** The body of the answer and its content type, one part for each answer. */
export function batchAnswer(answers: readonly Answer[]): { readonly contentType: string; readonly body: Buffer } {
  const boundary = `${randomBytes(16).toString('hex').toUpperCase()}0`;
  const parts = answers.flatMap((answer) => {
    const inner = innerResponse(answer);
    const head = `--${boundary}\r\nContent-Type: application/http\r\nContent-Length: ${inner.length}\r\ncontent-transfer-encoding: binary\r\n\r\n`;
    return [Buffer.from(head), inner, Buffer.from('\r\n')];
  });
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function partOf(lines: readonly string[]): BatchPart {
  const blank = lines.indexOf('');
  const head = lines.slice(0, Math.max(blank, 0));
  const request = lines.slice(blank + 1).filter((line) => line !== '');
  const type = headerNamed('content-type', head);
  if (/^multipart\/mixed\b/i.test(type)) return { kind: 'changeset' };
  const [, method, target] = /^(\w+) (\S+)(?: HTTP\/1\.\d)?[ \t]*$/.exec(request[0] ?? '') ?? [];
  if (!/^application\/http\b/i.test(type) || target === undefined)
    throw badRequest('Ein Teil des Batch ist nicht lesbar');
  if (method !== 'GET') throw badRequest(`${method} ist im Batch nur in einem Changeset erlaubt`);
  return { kind: 'get', target, accept: headerNamed('accept', request) };
}

function headerNamed(name: string, lines: readonly string[]): string {
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  501: 'Not Implemented',
};

function innerResponse({ status, contentType, body, headers }: Answer): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const lines = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${bytes.length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}
