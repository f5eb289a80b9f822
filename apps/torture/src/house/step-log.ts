import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import type { ProcessStep } from '#lib/processes';
import type { StepEntry } from '../compare/takeovers.js';

const CHUNK_BYTES = 1_000_000;

/** The steps of all instances, as their hooks write them into one file. */
export class StepLog {
  readonly entries: StepEntry[] = [];
  private readonly handle: number;
  private readonly chunk = Buffer.alloc(CHUNK_BYTES);
  private rest = '';

  constructor(readonly file: string) {
    writeFileSync(file, '');
    this.handle = openSync(file, 'r');
  }

  /** Reads what has been written since. */
  refresh(): readonly StepEntry[] {
    for (;;) {
      const length = readSync(this.handle, this.chunk, 0, CHUNK_BYTES, null);
      if (length === 0) return this.entries;
      const lines = (this.rest + this.chunk.toString('latin1', 0, length)).split('\n');
      this.rest = lines.pop() ?? '';
      for (const line of lines) this.entries.push(parse(line));
    }
  }

  close(): void {
    closeSync(this.handle);
  }
}

function parse(line: string): StepEntry {
  const [at, pid, step, processId, kind] = line.split(' ');
  return { at: Number(at), pid: Number(pid), step: step as ProcessStep, processId: processId!, kind: kind! };
}
