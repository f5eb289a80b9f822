import { execFile } from 'node:child_process';
import { StoreStartError } from '../store-start-error.js';

/** Whom the server runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface RunOptions {
  /** The account to run as; the own one when undefined. */
  readonly account: Account | undefined;
  /** A folder that the account can enter. */
  readonly folder: string;
  readonly deadlineMs: number;
}

/**
 * Runs one of PostgreSQL's programs to its end, with an empty environment: none of ours is its business.
 * @returns its exit code and what it printed
 * @throws StoreStartError when it cannot run on this machine or does not end in time
 */
export function runProgram(
  path: string,
  args: readonly string[],
  { account, folder, deadlineMs }: RunOptions,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const options = { ...account, cwd: folder, env: {}, timeout: deadlineMs, killSignal: 'SIGKILL' as const };
    execFile(path, [...args], options, (error, stdout, stderr) => {
      const output = stdout + stderr;
      if (error === null) resolve({ code: 0, output });
      else if (typeof error.code === 'number') resolve({ code: error.code, output });
      else {
        const reason = error.killed ? `was not done after ${deadlineMs} ms` : `cannot run here (${error.code})`;
        reject(new StoreStartError(`The embedded PostgreSQL's ${path} ${reason}. Cure: set DATABASE_URL.`, error));
      }
    });
  });
}
