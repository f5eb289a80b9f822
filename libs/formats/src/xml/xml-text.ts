import iconv from 'iconv-lite';
import { malformed } from '../wire/wire-object.js';

/** Encodings that XML is met with; an XML declaration that names another one is refused. */
const UNICODE = new Set(['utf-8', 'utf8', 'utf-16', 'us-ascii']);
/** Node's own TextDecoder reads windows-1252 as ISO-8859-1, so iconv-lite reads these. */
const SINGLE_BYTE = new Set(['iso-8859-1', 'iso-8859-15', 'windows-1252']);
/** A declaration stands at the very start and is ASCII in all of these encodings but UTF-16, which has a BOM. */
const DECLARATION = /^<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;
const LONGEST_DECLARATION = 250;

/**
 * Decodes an XML document by its byte order mark, else by the encoding its declaration names, else as UTF-8.
 * @throws AppError UPSTREAM_MALFORMED for other encodings and for bytes that the encoding does not have
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (SINGLE_BYTE.has(encoding)) return iconv.decode(Buffer.from(bytes), encoding);
  if (!UNICODE.has(encoding)) throw malformed('$', 'names an unknown encoding');
  try {
    // What claims to be ASCII and is not, is UTF-8 in practice.
    return new TextDecoder(encoding === 'us-ascii' ? 'utf-8' : encoding, { fatal: true }).decode(bytes);
  } catch {
    throw malformed('$', 'is not valid text in its encoding');
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16';
  if (first === 0xef && second === 0xbb) return 'utf-8';
  const start = Buffer.from(bytes.subarray(0, LONGEST_DECLARATION)).toString('latin1');
  return DECLARATION.exec(start)?.[1]?.toLowerCase() ?? 'utf-8';
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const REFERENCE = /&([^&;]{0,12})(;?)/g;

/**
 * Replaces the five predefined entities and character references, once. There are no other entities: a document that
 * declares any is refused before it is parsed.
 * @throws AppError UPSTREAM_MALFORMED for any other reference
 */
export function decodeReferences(text: string, path: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_reference, name: string, end: string) => {
    const character = end === ';' ? (PREDEFINED[name] ?? numbered(name)) : undefined;
    if (character === undefined) throw malformed(path, 'has an entity that is not predefined');
    return character;
  });
}

function numbered(name: string): string | undefined {
  const digits = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(name);
  if (digits === null) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  if (code > 0x10ffff) return undefined;
  const character = String.fromCodePoint(code);
  return isXmlText(character) ? character : undefined;
}

// Tab, line ends and everything from the blank on, without surrogates and the two non-characters (XML 1.0 §2.2).
const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** Whether XML 1.0 can carry this text at all; escaping does not help the other characters. */
export function isXmlText(text: string): boolean {
  return ALLOWED.test(text);
}
