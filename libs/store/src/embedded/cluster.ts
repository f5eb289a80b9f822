import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreStartError } from '../store-start-error.js';
import { isAlive } from './processes.js';
import { moveUnlessThere, type Programs } from './programs.js';
import { runProgram, type Account } from './run-program.js';

/** The only role of the embedded server. */
export const SERVER_USER = 'saaltor';
const INITDB_MS = 120_000;
/** Inside the data directory, so that the two can never be of different origin. */
const PASSWORD_FILE = 'saaltor.password';

/**
 * Makes the data directory of a new server below `folder` unless it is there.
 * @returns its path
 * @throws StoreStartError when it cannot be made, or was made by another major version of PostgreSQL
 */
export async function ensureCluster(folder: string, programs: Programs, account: Account | undefined): Promise<string> {
  const data = join(folder, 'data');
  if (!existsSync(data)) await makeCluster(folder, data, programs, account);
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const [major] = programs.version.split('.');
  if (made !== major) {
    const cure = 'Cure: dump it with that version, or remove the folder, or set DATABASE_URL.';
    throw new StoreStartError(`The data in ${data} are of PostgreSQL ${made}, the programs of ${major}. ${cure}`);
  }
  return data;
}

/** The password that was drawn for the data directory; only its owner (and root) can read it. */
export function readPassword(data: string): string {
  return readFileSync(join(data, PASSWORD_FILE), 'utf8');
}

async function makeCluster(
  folder: string,
  data: string,
  programs: Programs,
  account: Account | undefined,
): Promise<void> {
  await removeLeftovers(folder);
  const half = `${data}.${process.pid}`;
  const password = `${half}.password`;
  await mkdir(half, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600 });
  for (const path of account === undefined ? [] : [half, password]) await chown(path, account!.uid, account!.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${SERVER_USER}`, '--auth=scram-sha-256', `--pwfile=${password}`];
  const { code, output } = await runProgram(
    join(programs.bin, 'initdb'),
    [`--pgdata=${half}`, ...access, ...locale, '--no-instructions'],
    { account, folder, deadlineMs: INITDB_MS },
  );
  if (code !== 0) {
    const reason = output.trim().split('\n').at(-1) ?? '';
    throw new StoreStartError(`initdb of the embedded PostgreSQL failed: ${reason}. Cure: set DATABASE_URL.`);
  }
  await rename(password, join(half, PASSWORD_FILE));
  await moveUnlessThere(half, data);
}

/** What processes left behind that died while making a data directory. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const pid = /^data\.(\d+)(\.password)?$/.exec(name)?.[1];
    const ours = Number(pid) === process.pid;
    if (pid !== undefined && (ours || !isAlive(Number(pid))))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}
