import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/kernel';

/** A file of our own, for what is too large for memory. */
export class TemporaryFile {
  private written = 0;

  private constructor(
    private readonly handle: FileHandle,
    private readonly folder: string,
  ) {}

  /** @throws AppError INTERNAL when the system has no room or no right for it */
  static async create(within: string): Promise<TemporaryFile> {
    const folder = await own(mkdtemp(join(within, 'saaltor-')));
    try {
      return new TemporaryFile(await own(open(join(folder, 'body'), 'wx+', 0o600)), folder);
    } finally {
      // Where the system allows it the name goes at once: such a file vanishes with the process, however that ends.
      await remove(folder);
    }
  }

  /** Bytes written so far. */
  get size(): number {
    return this.written;
  }

  /** @throws AppError INTERNAL when the disk is full or fails */
  async append(chunk: Uint8Array): Promise<void> {
    await own(this.handle.appendFile(chunk));
    this.written += chunk.length;
  }

  /** Up to `length` bytes from `at` on; fewer only at the end of the file. @throws AppError INTERNAL when the disk fails */
  async read(at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, this.written - at)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await own(this.handle.read(bytes, filled, bytes.length - filled, at + filled));
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  /** Gives the room back. */
  async close(): Promise<void> {
    await this.handle.close();
    await remove(this.folder);
  }
}

async function remove(folder: string): Promise<void> {
  // Windows keeps the name of an open file; then closing it is followed by another try.
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

async function own<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new AppError('INTERNAL', `a temporary file fails (${code})`, {}, error);
  }
}
