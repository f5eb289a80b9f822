import { open, stat } from 'node:fs/promises';

/** Largest file that is read; a whole timetable of a region is smaller. */
const LARGEST_FILE = 256 * 1024 * 1024;

/** A file or folder that cannot be used, whatever its content. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** @throws FileError when it is no regular file, cannot be opened or is larger than `largest` bytes */
export async function readBounded(path: string, largest = LARGEST_FILE): Promise<Buffer> {
  try {
    // Asked before it is opened: opening a pipe would wait for a writer.
    if (!(await stat(path)).isFile()) throw new FileError('is not a file');
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > largest) throw new FileError(`is larger than ${largest} bytes`);
      const buffer = Buffer.alloc(size);
      const { bytesRead } = await file.read(buffer, 0, size, 0);
      if (bytesRead < size) throw new FileError('could not be read to its end');
      return buffer;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error);
  }
}

/** What the system says about a path, without the path: callers name it themselves. */
export function fileError(error: unknown): FileError {
  if (error instanceof FileError) return error;
  return new FileError(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
}
