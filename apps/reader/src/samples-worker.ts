import 'reflect-metadata';
import { parentPort } from 'node:worker_threads';
import { attemptRead, failure } from './attempt.js';
import { readers } from './readers.js';
import type { ReadOrder } from './reading-worker.js';

parentPort?.on('message', async ({ format, file, path }: ReadOrder) => {
  const reader = readers.find((each) => each.format === format);
  parentPort?.postMessage(reader ? await attemptRead(reader, file, path) : failure('there is no such reader'), []);
});
