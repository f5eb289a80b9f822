// What all commands share: is the project installed, is it built? Plain Node without dependencies, so that it runs
// on a fresh clone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LEAST_NODE = [20, 19];

/** Ends the command with one line on what to do. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a step and shows what it is and how long it took; its own output only when it fails. */
function step(title, command, args) {
  const begun = Date.now();
  process.stderr.write(`${title} …`);
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) fail(` failed.\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  process.stderr.write(` ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** Installs exactly what the lock file names, unless that has been done. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    fail(`Saaltor needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  }
  // npm writes its own record of what it installed when it has finished.
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return;
  step('Installing packages (once, about half a minute besides the download)', 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
  ]);
}

/** Milliseconds since 1970; 0 when there is no such file. */
function changedAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestChange(folder) {
  let newest = 0;
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
  }
  return newest;
}

/** Builds when a source is newer than the build. `clean` also removes what no longer has a source. */
export function ensureBuilt({ clean = false } = {}) {
  const built = Number(read('dist/.built') ?? 0);
  const changed = Math.max(newestChange('apps'), newestChange('libs'), changedAt('.swcrc'));
  if (built >= changed) return;
  if (clean) rmSync(join(root, 'dist'), { recursive: true, force: true });
  step('Building', process.execPath, ['node_modules/@swc/cli/bin/swc.js', 'apps', 'libs', '-d', 'dist', '--quiet']);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/.built'), String(changed));
}
