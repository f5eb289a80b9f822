/** What people see of a mail. */
export interface MailText {
  readonly subject: string;
  /** The first plain text in it; the HTML where there is none; empty when there is neither. */
  readonly text: string;
}

interface Entity {
  /** By name in small letters; of a name given twice the first counts. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const DEEPEST = 5;
const MOST_PARTS = 50;

/** Reads header and text (RFC 5322, MIME). Whatever is broken is shown as it is: this is for looking at. */
export function readMail(bytes: Buffer): MailText {
  const mail = readEntity(bytes);
  const part = findPart(mail, 'text/plain', 0) ?? findPart(mail, 'text/html', 0);
  return {
    subject: decodeWords(mail.headers.get('subject') ?? ''),
    text: part === undefined ? '' : textOf(part).replaceAll('\r\n', '\n').trimEnd(),
  };
}

function readEntity(bytes: Buffer): Entity {
  const end = bytes.indexOf('\r\n\r\n');
  const startsWithBody = bytes.indexOf('\r\n') === 0;
  const head = startsWithBody ? '' : bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8');
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  if (startsWithBody) return { headers, body: bytes.subarray(2) };
  return { headers, body: end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 4) };
}

function findPart(entity: Entity, wanted: string, depth: number): Entity | undefined {
  const type = mediaTypeOf(entity);
  if (type === wanted) return entity;
  const boundary = parameterOf(entity, 'boundary');
  if (!type.startsWith('multipart/') || boundary === '' || depth >= DEEPEST) return undefined;
  for (const part of partsOf(entity.body, boundary)) {
    const found = findPart(readEntity(part), wanted, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** What stands between the delimiters; text before the first and after the last one is for nobody. */
function partsOf(body: Buffer, boundary: string): readonly Buffer[] {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'utf8');
  const framed = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Buffer[] = [];
  let start = framed.indexOf(delimiter);
  while (start !== -1 && parts.length < MOST_PARTS) {
    const from = start + delimiter.length;
    if (framed.subarray(from, from + 2).toString('latin1') === '--') break;
    const next = framed.indexOf(delimiter, from);
    const lineEnd = framed.indexOf('\r\n', from);
    if (lineEnd === -1) break;
    parts.push(
      framed.subarray(Math.min(lineEnd + 2, next === -1 ? framed.length : next), next === -1 ? undefined : next),
    );
    start = next;
  }
  return parts;
}

function textOf(entity: Entity): string {
  return decodeCharset(transferDecoded(entity), parameterOf(entity, 'charset') || 'utf-8');
}

function transferDecoded({ headers, body }: Entity): Buffer {
  switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return quotedBytes(
        body
          .toString('latin1')
          .replace(/[ \t]{0,100}\r\n/g, '\r\n')
          .replaceAll('=\r\n', ''),
      );
    default:
      return body;
  }
}

function mediaTypeOf({ headers }: Entity): string {
  return (headers.get('content-type') ?? 'text/plain').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** A parameter of Content-Type, quoted or not. */
function parameterOf({ headers }: Entity, name: string): string {
  for (const parameter of (headers.get('content-type') ?? '').split(';').slice(1)) {
    const equals = parameter.indexOf('=');
    if (parameter.slice(0, equals).trim().toLowerCase() === name) {
      return parameter
        .slice(equals + 1)
        .trim()
        .replace(/^"|"$/g, '');
    }
  }
  return '';
}

/** Encoded words of a header (RFC 2047); blanks between two of them do not count. */
function decodeWords(text: string): string {
  const joined = text.replace(/(\?=)[ \t]{1,100}(?==\?)/g, '$1');
  return joined.replace(
    /=\?([^?\s]{1,40})\?([BbQq])\?([^?\s]{0,200})\?=/g,
    (_, charset: string, kind: string, content: string) => {
      const bytes =
        kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedBytes(content.replaceAll('_', ' '));
      return decodeCharset(bytes, charset);
    },
  );
}

function quotedBytes(text: string): Buffer {
  const decoded = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}

function decodeCharset(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
