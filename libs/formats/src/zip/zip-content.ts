import { crc32 } from 'node:zlib';
import { broken, type ZipEntry } from './zip-directory.js';

/** Text packs about 10 : 1, deflate at best 1032 : 1; what is packed tighter than this is a bomb. */
const HIGHEST_RATIO = 200;
const STORED = 0;
const DEFLATED = 8;

/** Watches over the content of one entry while it is unpacked: what the directory says of it need not be true. */
export class ContentCheck {
  /** Bytes that are still to come. */
  private left: number;
  private crc = 0;

  /**
   * @param mostBytes largest unpacked size
   * @throws AppError UPSTREAM_MALFORMED when it is larger, packed tighter than 200 : 1, encrypted or packed in another way
   */
  constructor(
    private readonly entry: ZipEntry,
    mostBytes: number,
  ) {
    const { encrypted, sizeBytes, compressedBytes, method } = entry;
    if (encrypted) throw broken('is encrypted');
    if (sizeBytes > mostBytes) throw broken(`unpacks to more than ${mostBytes} bytes`);
    if (sizeBytes > compressedBytes * HIGHEST_RATIO) throw broken('is packed tighter than any real file');
    if (method !== STORED && method !== DEFLATED) throw broken('is packed in an unknown way');
    this.left = sizeBytes;
  }

  get isPacked(): boolean {
    return this.entry.method === DEFLATED;
  }

  /** @throws AppError UPSTREAM_MALFORMED when more has come than the directory says */
  take(chunk: Buffer): Buffer {
    this.left -= chunk.length;
    if (this.left < 0) throw broken(DAMAGED);
    this.crc = crc32(chunk, this.crc);
    return chunk;
  }

  /** @throws AppError UPSTREAM_MALFORMED when less has come than the directory says, or something else */
  finish(): void {
    if (this.left !== 0 || this.crc !== this.entry.crc) throw broken(DAMAGED);
  }
}

export const DAMAGED = 'has a damaged entry';
