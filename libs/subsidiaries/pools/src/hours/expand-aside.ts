import { Worker } from 'node:worker_threads';
import { malformed } from '#lib/formats';
import { AppError, type CalendarDate, type Clock, type Loaded } from '#lib/kernel';
import { readHours } from '../backend/read-hours.js';
import type { PoolHours } from '../model/opening-day.js';
import { packHours, unpackHours, type PackedHours } from './packed-hours.js';

/** What the thread is asked. */
export interface HoursQuestion {
  readonly bytes: Uint8Array;
  readonly first: CalendarDate;
  readonly count: number;
}

/** What the thread says at its end. */
export type HoursAnswer = PackedHours | { readonly failure: Pick<AppError, 'code' | 'message' | 'details'> };

/** Heap of the thread; a real calendar takes a tenth of it. */
const MOST_MEGABYTES = 256;
const IS_COMPILED = import.meta.url.endsWith('.js');

/**
 * As {@link readHours}, in a thread of its own: a calendar takes some fifty milliseconds, and one made to do harm two
 * seconds, in which no question would be answered. A thread can only run what is compiled; run from source, as tests
 * are, the calendar is read here.
 * @param signal ends the thread
 * @throws AppError UPSTREAM_MALFORMED as reading does, and when it takes more memory than there is
 */
export async function readHoursAside(
  question: HoursQuestion,
  clock: Clock,
  signal: AbortSignal,
): Promise<Loaded<PoolHours>> {
  signal.throwIfAborted();
  const answer = IS_COMPILED ? await askThread(question, signal) : await readHere(question, clock);
  signal.throwIfAborted();
  if ('failure' in answer) {
    const { code, message, details } = answer.failure;
    throw new AppError(code, message, details);
  }
  return unpackHours(answer);
}

async function readHere({ bytes, first, count }: HoursQuestion, clock: Clock): Promise<HoursAnswer> {
  return packHours(await readHours(bytes, first, count, clock));
}

async function askThread(question: HoursQuestion, signal: AbortSignal): Promise<HoursAnswer> {
  const worker = new Worker(new URL('./expand-worker.js', import.meta.url), {
    workerData: question,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  try {
    return await new Promise<HoursAnswer>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? malformed('$', 'takes too much memory') : error),
      );
      worker.once('exit', () => reject(new AppError('INTERNAL', 'the calendar was given up without an answer')));
    });
  } finally {
    await worker.terminate();
  }
}
