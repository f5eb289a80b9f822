import { Worker } from 'node:worker_threads';
import { AppError } from '#lib/kernel';
import { malformed } from '#lib/formats';
import { importTimetable, type ImportedTimetable } from './import-timetable.js';
import { unpackTimetable, type PackedTimetable } from './packed-timetable.js';

/** What the thread says at its end. */
export type ImportAnswer =
  | (Omit<ImportedTimetable, 'timetable'> & { readonly packed: PackedTimetable })
  | { readonly failure: Pick<AppError, 'code' | 'message' | 'details'> };

/** Heap of the thread; the columns of the timetable lie outside it. */
const MOST_MEGABYTES = 1_024;
const IS_COMPILED = import.meta.url.endsWith('.js');

/**
 * As {@link importTimetable}, in a thread of its own: an import takes a quarter of a second for a city and more for
 * a state, in which no question would be answered. A thread can only run what is compiled; run from source,
 * as tests are, the import happens here.
 * @param signal ends the thread
 * @throws AppError UPSTREAM_MALFORMED as the import says, and when the feed takes more memory than there is
 */
export async function importAside(archive: Buffer, signal: AbortSignal): Promise<ImportedTimetable> {
  signal.throwIfAborted();
  if (!IS_COMPILED) return importTimetable(archive);
  const answer = await askThread(archive, signal);
  if ('failure' in answer) {
    const { code, message, details } = answer.failure;
    throw new AppError(code, message, details);
  }
  const { packed, ...report } = answer;
  return { ...report, timetable: unpackTimetable(packed) };
}

async function askThread(archive: Buffer, signal: AbortSignal): Promise<ImportAnswer> {
  const worker = new Worker(new URL('./import-worker.js', import.meta.url), {
    workerData: archive,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  try {
    return await new Promise<ImportAnswer>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? malformed('$', 'takes too much memory') : error),
      );
      worker.once('exit', () => reject(new AppError('INTERNAL', 'the import ended without an answer')));
    });
  } finally {
    await worker.terminate();
  }
}
