import { inflateRawSync } from 'node:zlib';
import { readMemory } from './byte-source.js';
import { ContentCheck, DAMAGED } from './zip-content.js';
import { broken, findContent, readDirectory, type ZipEntry } from './zip-directory.js';

/**
 * Lists a ZIP archive in memory.
 * @throws AppError UPSTREAM_MALFORMED for a broken archive and for one with a name that leads out of a folder
 */
export function listZip(archive: Buffer): readonly ZipEntry[] {
  return readMemory(archive, readDirectory(archive.length));
}

/**
 * Unpacks one entry of an archive in memory and checks its length and CRC-32.
 * @param mostBytes largest unpacked size
 * @throws AppError UPSTREAM_MALFORMED when it is larger, packed tighter than 200 : 1, encrypted or damaged
 */
export function unzip(archive: Buffer, entry: ZipEntry, mostBytes: number): Buffer {
  const check = new ContentCheck(entry, mostBytes);
  const { at, length } = readMemory(archive, findContent(archive.length, entry));
  const packed = archive.subarray(at, at + length);
  const content = check.take(check.isPacked ? inflate(packed, entry.sizeBytes) : packed);
  check.finish();
  return content;
}

function inflate(packed: Buffer, sizeBytes: number): Buffer {
  try {
    // The limit holds while inflating.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, sizeBytes) });
  } catch {
    throw broken(DAMAGED);
  }
}
