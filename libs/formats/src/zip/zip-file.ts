import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { piecesOf, readSource, type ByteSource } from './byte-source.js';
import { ContentCheck, DAMAGED } from './zip-content.js';
import { broken, findContent, readDirectory, type ZipEntry } from './zip-directory.js';

/**
 * Lists a ZIP archive that lies elsewhere; only its directory is fetched.
 * @throws AppError UPSTREAM_MALFORMED as `listZip`; what the source throws
 */
export function listZipFile(source: ByteSource): Promise<readonly ZipEntry[]> {
  return readSource(source, readDirectory(source.size));
}

/**
 * Unpacks one entry of an archive that lies elsewhere, in chunks of at most 64 KiB. Only that entry is fetched, piece by
 * piece. Its CRC-32 is known at the end: until then nothing may be made of the chunks that lasts.
 * @param mostBytes largest unpacked size
 * @throws AppError UPSTREAM_MALFORMED as `unzip`; what the source throws
 */
export async function* unzipFile(source: ByteSource, entry: ZipEntry, mostBytes: number): AsyncGenerator<Buffer> {
  const check = new ContentCheck(entry, mostBytes);
  const pieces = piecesOf(source, await readSource(source, findContent(source.size, entry)));
  for await (const chunk of check.isPacked ? inflated(pieces) : pieces) yield check.take(chunk);
  check.finish();
}

const CHUNK_BYTES = 64 * 1024;

async function* inflated(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  // What goes wrong comes out of the loop below.
  pipeline(Readable.from(pieces, { highWaterMark: 1 }), inflate, () => undefined);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    throw isOfZlib(error) ? broken(DAMAGED) : error;
  }
}

function isOfZlib(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException | null)?.code).startsWith('Z_');
}
