import { malformed } from '../wire/wire-object.js';

/** Bytes that are fetched piece by piece, e.g. those of a file. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  /** Up to `length` bytes from `at` on; fewer only at the end. */
  read(at: number, length: number): Promise<Buffer>;
}

export interface ByteRange {
  readonly at: number;
  readonly length: number;
}

/**
 * A reader that does not fetch its bytes itself: each range that it yields comes back as a buffer of that length. So one
 * reader serves memory, at once, and files, piece by piece.
 */
export type ByteReader<T> = Generator<ByteRange, T, Buffer>;

export function readMemory<T>(bytes: Buffer, reader: ByteReader<T>): T {
  let step = reader.next();
  while (!step.done) {
    const { at, length } = step.value;
    step = reader.next(bytes.subarray(at, at + length));
  }
  return step.value;
}

/** @throws AppError UPSTREAM_MALFORMED when the source has fewer bytes than it said; what the source throws */
export async function readSource<T>(source: ByteSource, reader: ByteReader<T>): Promise<T> {
  let step = reader.next();
  while (!step.done) step = reader.next(await piece(source, step.value));
  return step.value;
}

/** The bytes of a range in pieces of at most 64 KiB. @throws as {@link readSource} */
export async function* piecesOf(source: ByteSource, { at, length }: ByteRange): AsyncGenerator<Buffer> {
  const end = at + length;
  for (let start = at; start < end; start += PIECE_BYTES)
    yield await piece(source, { at: start, length: Math.min(PIECE_BYTES, end - start) });
}

const PIECE_BYTES = 64 * 1024;

async function piece(source: ByteSource, { at, length }: ByteRange): Promise<Buffer> {
  const bytes = await source.read(at, length);
  if (bytes.length !== length) throw malformed('$', 'ends too early');
  return bytes;
}
