import { malformed } from '../wire/wire-object.js';

/** Standard alphabet with padding (RFC 4648 §4); line breaks are gone before it is checked. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Checks text that should be base64 and joins its lines.
 * @param mostBytes largest decoded size
 * @throws AppError UPSTREAM_MALFORMED when it is empty, too large or no base64
 */
export function checkedBase64(text: string, path: string, mostBytes: number): string {
  // Lines of 76 characters are the common way to break it; half as much again leaves room for indentation.
  if (text.length > mostBytes * 2) throw malformed(path, `is larger than ${mostBytes} bytes`);
  const joined = text.replace(/\s+/g, '');
  if (joined === '') throw malformed(path, 'is empty');
  if (joined.length % 4 !== 0 || !BASE64.test(joined)) throw malformed(path, 'is not base64');
  if (decodedLength(joined) > mostBytes) throw malformed(path, `is larger than ${mostBytes} bytes`);
  return joined;
}

function decodedLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : Number(base64.endsWith('='));
  return (base64.length / 4) * 3 - padding;
}
