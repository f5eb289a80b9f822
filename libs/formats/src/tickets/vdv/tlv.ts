import { malformed } from '../../wire/wire-object.js';

/** A field of BER: tag, length, content. */
export interface Tlv {
  readonly tag: number;
  readonly content: Buffer;
  /** Where the next field begins. */
  readonly end: number;
}

/**
 * Reads the field at that place, which must have that tag.
 * @throws AppError UPSTREAM_MALFORMED when it has another one or is cut off
 */
export function readTlv(bytes: Buffer, at: number, tag: number, path: string): Tlv {
  const tagBytes = tag > 0xff ? 2 : 1;
  if (at + tagBytes >= bytes.length || bytes.readUIntBE(at, tagBytes) !== tag) throw malformed(path, 'is missing');
  const first = bytes[at + tagBytes] ?? 0;
  // Above 127 the lower bits tell how many bytes the length has.
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + tagBytes + 1 + lengthBytes;
  if (lengthBytes > 2 || first === 0x80 || start > bytes.length) throw malformed(path, 'has no length');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(start - lengthBytes, lengthBytes);
  if (start + length > bytes.length) throw malformed(path, 'is cut off');
  return { tag, content: bytes.subarray(start, start + length), end: start + length };
}

/** As {@link readTlv}, but null when there is another field. */
export function findTlv(bytes: Buffer, at: number, tag: number, path: string): Tlv | null {
  const tagBytes = tag > 0xff ? 2 : 1;
  const there = at + tagBytes < bytes.length && bytes.readUIntBE(at, tagBytes) === tag;
  return there ? readTlv(bytes, at, tag, path) : null;
}
