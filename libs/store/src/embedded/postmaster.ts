import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, isAlive } from './processes.js';

/** The server process of a data directory, as its lock file `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** True when it takes connections; otherwise it starts or stops. */
  readonly ready: boolean;
}

/** Larger than any process number: Linux ends at 4194303, macOS at 99998. */
const NOBODYS_PID = 4_194_304;

/**
 * The server that runs on this data directory, if any.
 *
 * After a crash of the machine or a restart of the container, the number in the lock file may belong to any other
 * process, and PostgreSQL would then refuse to start. Such a lock is made out to nobody instead of being deleted:
 * its last lines let PostgreSQL see that processes of the old server still write.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid');
  const lines = readLines(file);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return undefined;
  if (!serves(pid, data)) {
    if (readLines(file)[0] === lines[0]) writeFileSync(file, [NOBODYS_PID, ...lines.slice(1)].join('\n'));
    return undefined;
  }
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

function serves(pid: number, data: string): boolean {
  const command = commandLine(pid);
  return command === undefined || (command.includes('postgres') && command.includes(data));
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
