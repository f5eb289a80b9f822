import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Attempt } from './attempt.js';
import { ReadingWorker } from './reading-worker.js';

/** Does what the format says. */
const SCRIPT = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ format }) => {
  if (format === 'hang') for (;;);
  if (format === 'throw') throw new RangeError('secret');
  if (format === 'leave') process.exit(0);
  if (format === 'eat') for (const all = []; ; ) all.push(new Array(100_000).fill(format));
  parentPort.postMessage({ kind: 'read' });
});
`;

describe('a reading worker', () => {
  let folder: string;
  let script: URL;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'worker-'));
    script = pathToFileURL(join(folder, 'worker.mjs'));
    await writeFile(script, SCRIPT);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const readAll = async (milliseconds: number, ...formats: string[]): Promise<Attempt[]> => {
    const worker = new ReadingWorker(script, { milliseconds, megabytes: 32 });
    const attempts: Attempt[] = [];
    for (const format of formats) attempts.push(await worker.read({ format, file: 'f', path: 'p' }));
    await worker.stop();
    return attempts;
  };

  it('ends a reader that takes too long', async () => {
    const attempts = await readAll(200, 'hang');
    expect(attempts).toEqual([{ kind: 'failed', place: '-', reason: 'took longer than 200 ms' }]);
  });

  it.each([
    ['throws', 'throw', "the reader's thread ended (RangeError)"],
    ['leaves', 'leave', "the reader's thread ended"],
    ['eats its memory', 'eat', "the reader's thread ended (ERR_WORKER_OUT_OF_MEMORY)"],
  ])('goes on with the next file when a reader %s', async (_, format, reason) => {
    const attempts = await readAll(30_000, 'fine', format, 'fine');
    expect(attempts).toEqual([{ kind: 'read' }, { kind: 'failed', place: '-', reason }, { kind: 'read' }]);
  });
});
