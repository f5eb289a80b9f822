import { parentPort, workerData } from 'node:worker_threads';
import { AppError, systemClock } from '#lib/kernel';
import { readHours } from '../backend/read-hours.js';
import type { HoursAnswer, HoursQuestion } from './expand-aside.js';
import { buffersOf, packHours } from './packed-hours.js';

/** Reads one calendar and ends. */
async function answer(): Promise<void> {
  try {
    const { bytes, first, count } = workerData as HoursQuestion;
    const packed = packHours(await readHours(bytes, first, count, systemClock));
    parentPort?.postMessage(packed satisfies HoursAnswer, buffersOf(packed));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details } = error;
    parentPort?.postMessage({ failure: { code, message, details } } satisfies HoursAnswer, []);
  }
}

await answer();
