import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreStartError } from '../store-start-error.js';
import type { Account } from './run-program.js';

/** The account without rights ("nobody") on every Unix; it needs no entry in the list of users. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/** PostgreSQL refuses to run as root; then it runs as nobody. Otherwise as ourselves: undefined. */
export function serverAccount(): Account | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined;
}

/**
 * Makes the folder of the embedded server: `wanted`, or one below /var/tmp when the server's account could not enter
 * that one (a checkout below root's closed home); this is reported in one line when it happens first.
 * @returns the folder's one true path
 * @throws StoreStartError when the folder belongs to someone else or others may write to it
 */
export function makeFolder(wanted: string, account: Account | undefined, report: (line: string) => void): string {
  const path = resolve(wanted);
  if (account === undefined || isOpen(nearestExisting(dirname(path)))) {
    const folder = make(path, account);
    if (account === undefined || isOpen(folder)) return folder;
  }
  const elsewhere = join('/var/tmp', `saaltor-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`);
  const isNew = !existsSync(elsewhere);
  const other = make(elsewhere, account);
  if (isNew) report(`The embedded PostgreSQL keeps its data in ${other}: its account cannot reach ${path}.`);
  return other;
}

function make(path: string, account: Account | undefined): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    requireOwn(path);
    if (process.platform !== 'win32') chmodSync(path, account === undefined ? 0o700 : 0o711);
    return realpathSync(path);
  } catch (error) {
    if (error instanceof StoreStartError) throw error;
    throw new StoreStartError(`The folder ${path} cannot be made. Cure: set SAALTOR_DATA or DATABASE_URL.`, error);
  }
}

/** Whoever owns the folder, or may write to it, owns the database. */
function requireOwn(path: string): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(path);
  if (found.isSymbolicLink() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    const cure = 'Cure: remove it, or set SAALTOR_DATA to a folder of your own, or set DATABASE_URL.';
    throw new StoreStartError(`The folder ${path} belongs to another user or others may write to it. ${cure}`);
  }
}

function nearestExisting(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? nearestExisting(dirname(path)) : realpathSync(path);
}

/** Whether anyone may pass through the folder and all above it. */
function isOpen(folder: string): boolean {
  const passable = (statSync(folder).mode & 0o001) !== 0;
  return passable && (dirname(folder) === folder || isOpen(dirname(folder)));
}
