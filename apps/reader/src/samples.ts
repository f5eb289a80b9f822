import 'reflect-metadata';
import { readers } from './readers.js';
import { ReadingWorker } from './reading-worker.js';
import { runSamples } from './samples-command.js';
import { processTerminal } from './terminal.js';

const LIMITS = { milliseconds: 60_000, megabytes: 2_048 };

const worker = new ReadingWorker(new URL('./samples-worker.js', import.meta.url), LIMITS);
try {
  process.exitCode = await runSamples(process.argv.slice(2), readers, processTerminal(), (format, file, path) =>
    worker.read({ format, file, path }),
  );
} finally {
  await worker.stop();
}
