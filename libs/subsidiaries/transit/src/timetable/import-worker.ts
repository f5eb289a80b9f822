import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '#lib/kernel';
import type { ImportAnswer } from './import-aside.js';
import { importTimetable } from './import-timetable.js';
import { buffersOf, packTimetable } from './packed-timetable.js';

/** Imports one feed and ends. */
function answer(): void {
  try {
    const { timetable, ...report } = importTimetable(Buffer.from(workerData as Uint8Array));
    const packed = packTimetable(timetable);
    parentPort?.postMessage({ ...report, packed } satisfies ImportAnswer, buffersOf(packed));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details } = error;
    parentPort?.postMessage({ failure: { code, message, details } } satisfies ImportAnswer, []);
  }
}

answer();
