import { AppError } from '#lib/kernel';
import type { FormatReader } from '#lib/subsidiary-kit';
import { FileError, readBounded } from './read-bounded.js';

/** Why a file did not read. A refusal is the reader's decision, with the place; anything else is a failure. */
interface Failure {
  readonly kind: 'refused' | 'failed';
  readonly place: string;
  readonly reason: string;
}

export type Attempt = { readonly kind: 'read' } | Failure;

/** Used where a failure concerns no place inside the file. */
const NOWHERE = '-';

/** @throws AppError when the reader refuses, FileError when the file is unusable, anything when the reader crashes */
export async function readWith(reader: FormatReader, file: string, path: string): Promise<unknown> {
  return await reader.read(await readBounded(file), path);
}

/** As {@link readWith}, without the model and without throwing. */
export async function attemptRead(reader: FormatReader, file: string, path: string): Promise<Attempt> {
  try {
    await readWith(reader, file, path);
    return { kind: 'read' };
  } catch (error) {
    return explain(error);
  }
}

/** The message of a crash is not shown: it may quote the file. */
export function explain(error: unknown): Failure {
  if (error instanceof AppError) {
    const { path, reason } = error.details;
    return { kind: 'refused', place: path || NOWHERE, reason: reason ?? error.message };
  }
  if (error instanceof FileError) return failure(error.message);
  return failure(`the reader crashed (${error instanceof Error ? error.name : typeof error})`);
}

export function failure(reason: string): Failure {
  return { kind: 'failed', place: NOWHERE, reason };
}
