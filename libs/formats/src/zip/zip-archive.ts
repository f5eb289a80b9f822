import { crc32, inflateRawSync } from 'node:zlib';
import { malformed } from '../wire/wire-object.js';

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
/** Text packs about 10 : 1, deflate at best 1032 : 1; what is packed tighter than this is a bomb. */
const HIGHEST_RATIO = 200;

const END_SIGNATURE = 0x06054b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** Whether the bytes begin like an archive, empty ones included. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * Lists a ZIP archive by its central directory, without unpacking anything. At most 10,000 entries; no ZIP64, no
 * archives in parts.
 * @throws AppError UPSTREAM_MALFORMED for a broken archive and for one with a name that leads out of a folder
 */
export function listZip(archive: Buffer): readonly ZipEntry[] {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  const size = archive.readUInt32LE(end + 12);
  const start = archive.readUInt32LE(end + 16);
  if (archive.readUInt16LE(end + 4) !== 0 || archive.readUInt16LE(end + 8) !== count)
    throw broken('is one part of many');
  if (count > MOST_ENTRIES) throw broken(`has more than ${MOST_ENTRIES} entries`);
  if (start + size > end) throw broken('has a directory beyond its end');
  return readDirectory(archive, count, start, end);
}

/**
 * Unpacks one entry and checks its length and CRC-32.
 * @param mostBytes largest unpacked size
 * @throws AppError UPSTREAM_MALFORMED when it is larger, packed tighter than 200 : 1, encrypted or damaged
 */
export function unzip(archive: Buffer, entry: ZipEntry, mostBytes: number): Buffer {
  if (entry.encrypted) throw broken('is encrypted');
  if (entry.sizeBytes > mostBytes) throw broken(`unpacks to more than ${mostBytes} bytes`);
  if (entry.sizeBytes > entry.compressedBytes * HIGHEST_RATIO) throw broken('is packed tighter than any real file');
  const content = unpack(packedBytes(archive, entry), entry);
  if (content.length !== entry.sizeBytes || crc32(content) !== entry.crc) throw broken('has a damaged entry');
  return content;
}

function findEnd(archive: Buffer): number {
  const earliest = Math.max(0, archive.length - END_BYTES - LONGEST_COMMENT);
  for (let at = archive.length - END_BYTES; at >= earliest; at -= 1) {
    const found = archive.readUInt32LE(at) === END_SIGNATURE;
    if (found && at + END_BYTES + archive.readUInt16LE(at + 20) === archive.length) return at;
  }
  throw broken('has no directory');
}

function readDirectory(archive: Buffer, count: number, start: number, end: number): readonly ZipEntry[] {
  const entries = new Map<string, ZipEntry>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + DIRECTORY_BYTES > end || archive.readUInt32LE(at) !== DIRECTORY_SIGNATURE)
      throw broken('has a damaged directory');
    const next =
      at +
      DIRECTORY_BYTES +
      archive.readUInt16LE(at + 28) +
      archive.readUInt16LE(at + 30) +
      archive.readUInt16LE(at + 32);
    if (next > end) throw broken('has a damaged directory');
    const entry = readEntry(archive, at);
    if (entries.has(entry.name)) throw broken('has two entries of one name');
    entries.set(entry.name, entry);
    at = next;
  }
  return [...entries.values()];
}

function readEntry(archive: Buffer, at: number): ZipEntry {
  const nameStart = at + DIRECTORY_BYTES;
  const name = archive.toString('utf8', nameStart, nameStart + archive.readUInt16LE(at + 28));
  if (!isSafeName(name)) throw broken('has an entry whose name leads out of its folder');
  return {
    name,
    encrypted: (archive.readUInt16LE(at + 8) & 1) === 1,
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    compressedBytes: archive.readUInt32LE(at + 20),
    sizeBytes: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  };
}

/** Refuses absolute paths, drives, backslashes, NUL and `..`, although nothing is ever written to disk. */
function isSafeName(name: string): boolean {
  if (name === '' || name.startsWith('/') || /[\\\0]|^[A-Za-z]:/.test(name)) return false;
  return !name.split('/').includes('..');
}

function packedBytes(archive: Buffer, { offset, compressedBytes }: ZipEntry): Buffer {
  if (offset + LOCAL_BYTES > archive.length || archive.readUInt32LE(offset) !== LOCAL_SIGNATURE)
    throw broken('has a damaged entry');
  const start = offset + LOCAL_BYTES + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  if (start + compressedBytes > archive.length) throw broken('has an entry beyond its end');
  return archive.subarray(start, start + compressedBytes);
}

function unpack(packed: Buffer, { method, sizeBytes }: ZipEntry): Buffer {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw broken('is packed in an unknown way');
  try {
    // The limit holds while inflating: what the directory says of the size need not be true.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, sizeBytes) });
  } catch {
    throw broken('has a damaged entry');
  }
}

function broken(reason: string): Error {
  return malformed('zip', reason);
}
