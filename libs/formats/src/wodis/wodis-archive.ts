import { malformed } from '../wire/wire-object.js';
import type { ByteSource } from '../zip/byte-source.js';
import { listZip, unzip } from '../zip/zip-archive.js';
import { isZip, type ZipEntry } from '../zip/zip-directory.js';
import { listZipFile, unzipFile } from '../zip/zip-file.js';

/** Name of the list of objects inside an export; some installations give it another one. */
const OBJECTS = /(?:^|\/)objects\.csv$/i;
const ANY_LIST = /\.csv$/i;
const MOST_CSV_BYTES = 16 * 1024 * 1024;
const SIGNATURE_BYTES = 4;

/**
 * The bytes of `objects.csv`, from an export as it is delivered (ZIP with images) or from the bare file. Images stay
 * packed.
 * @throws AppError UPSTREAM_MALFORMED for a broken or dangerous archive, and when it is not clear which file is meant
 */
export function wodisObjectsCsv(bytes: Buffer): Buffer {
  return isZip(bytes) ? unzip(bytes, objectsIn(listZip(bytes)), MOST_CSV_BYTES) : bytes;
}

/**
 * As {@link wodisObjectsCsv}, from an export that is too large for memory: of the archive only its directory and the list
 * are fetched, piece by piece.
 * @throws AppError UPSTREAM_MALFORMED likewise, and for a bare file larger than 16 MiB; what the source throws
 */
export async function wodisObjectsCsvFrom(source: ByteSource): Promise<Buffer> {
  if (isZip(await source.read(0, SIGNATURE_BYTES))) {
    const entry = objectsIn(await listZipFile(source));
    return collected(unzipFile(source, entry, MOST_CSV_BYTES), entry.sizeBytes);
  }
  if (source.size > MOST_CSV_BYTES) throw malformed('objects.csv', 'is larger than 16 MiB');
  return source.read(0, source.size);
}

function objectsIn(entries: readonly ZipEntry[]): ZipEntry {
  const lists = entries.filter(({ name }) => ANY_LIST.test(name));
  const named = lists.filter(({ name }) => OBJECTS.test(name));
  const [entry, ...others] = named.length > 0 ? named : lists;
  if (entry === undefined || others.length > 0) throw malformed('zip', 'has not exactly one list of objects');
  return entry;
}

/** The chunks are known to be `size` bytes in the end. */
async function collected(chunks: AsyncIterable<Buffer>, size: number): Promise<Buffer> {
  let content: Buffer | undefined;
  let filled = 0;
  for await (const chunk of chunks) {
    content ??= Buffer.alloc(size);
    filled += chunk.copy(content, filled);
  }
  return content ?? Buffer.alloc(0);
}
