import { malformed } from '../wire/wire-object.js';
import type { ByteRange, ByteReader } from './byte-source.js';

/** One file of an archive, as its directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly offset: number;
}

const MOST_ENTRIES = 10_000;
const LONGEST_NAME = 1_024;

const END_SIGNATURE = 0x06054b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
/** Room for the longest entry there can be, and for some thousand usual ones: the work of a millisecond. */
const WINDOW_BYTES = 256 * 1024;

/** Whether the bytes begin like an archive, empty ones included. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * Lists an archive of `size` bytes by its central directory, from its end, without unpacking anything. At most 10,000
 * entries; no ZIP64, no archives in parts.
 * @throws AppError UPSTREAM_MALFORMED for a broken archive and for one with a name that leads out of a folder
 */
export function* readDirectory(size: number): ByteReader<readonly ZipEntry[]> {
  const { count, start, end } = yield* readEnd(size);
  const entries = new Map<string, ZipEntry>();
  let at = start;
  let window: Buffer = Buffer.alloc(0);
  let windowAt = start;
  for (let index = 0; index < count; index += 1) {
    if (at + LONGEST_ENTRY > windowAt + window.length && windowAt + window.length < end) {
      window = yield { at, length: Math.min(WINDOW_BYTES, end - at) };
      windowAt = at;
    }
    const bytes = entryAt(window, at - windowAt);
    const entry = readEntry(bytes);
    if (entries.has(entry.name)) throw broken('has two entries of one name');
    entries.set(entry.name, entry);
    at += bytes.length;
  }
  return [...entries.values()];
}

/** Where the packed content of an entry lies. @throws AppError UPSTREAM_MALFORMED when it is not in the archive */
export function* findContent(size: number, { offset, compressedBytes }: ZipEntry): ByteReader<ByteRange> {
  if (offset + LOCAL_BYTES > size) throw broken('has a damaged entry');
  const header = yield { at: offset, length: LOCAL_BYTES };
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw broken('has a damaged entry');
  const at = offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (at + compressedBytes > size) throw broken('has an entry beyond its end');
  return { at, length: compressedBytes };
}

export function broken(reason: string): Error {
  return malformed('zip', reason);
}

const LONGEST_ENTRY = DIRECTORY_BYTES + 3 * 0xffff;

interface Directory {
  readonly count: number;
  readonly start: number;
  /** Where the record behind the directory begins. */
  readonly end: number;
}

function* readEnd(size: number): ByteReader<Directory> {
  const length = Math.min(size, END_BYTES + LONGEST_COMMENT);
  const tail = yield { at: size - length, length };
  const at = findEnd(tail);
  const end = size - length + at;
  const count = tail.readUInt16LE(at + 10);
  const start = tail.readUInt32LE(at + 16);
  if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 8) !== count) throw broken('is one part of many');
  if (count > MOST_ENTRIES) throw broken(`has more than ${MOST_ENTRIES} entries`);
  if (start + tail.readUInt32LE(at + 12) > end) throw broken('has a directory beyond its end');
  return { count, start, end };
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    const found = tail.readUInt32LE(at) === END_SIGNATURE;
    if (found && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  throw broken('has no directory');
}

function entryAt(window: Buffer, at: number): Buffer {
  if (at + DIRECTORY_BYTES > window.length || window.readUInt32LE(at) !== DIRECTORY_SIGNATURE)
    throw broken('has a damaged directory');
  const lengths = [28, 30, 32].map((place) => window.readUInt16LE(at + place));
  const end = lengths.reduce((sum, length) => sum + length, at + DIRECTORY_BYTES);
  if (end > window.length) throw broken('has a damaged directory');
  return window.subarray(at, end);
}

function readEntry(bytes: Buffer): ZipEntry {
  const length = bytes.readUInt16LE(28);
  if (length > LONGEST_NAME) throw broken(`has an entry whose name is longer than ${LONGEST_NAME} bytes`);
  const name = bytes.toString('utf8', DIRECTORY_BYTES, DIRECTORY_BYTES + length);
  if (!isSafeName(name)) throw broken('has an entry whose name leads out of its folder');
  return {
    name,
    encrypted: (bytes.readUInt16LE(8) & 1) === 1,
    method: bytes.readUInt16LE(10),
    crc: bytes.readUInt32LE(16),
    compressedBytes: bytes.readUInt32LE(20),
    sizeBytes: bytes.readUInt32LE(24),
    offset: bytes.readUInt32LE(42),
  };
}

/** Refuses absolute paths, drives, backslashes, NUL and `..`, although nothing is ever written to disk. */
function isSafeName(name: string): boolean {
  if (name === '' || name.startsWith('/') || /[\\\0]|^[A-Za-z]:/.test(name)) return false;
  return !name.split('/').includes('..');
}
